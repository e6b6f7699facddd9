"""Formulas in HTML that a script would have set come in as formulas; money and paths stay what they are."""

from __future__ import annotations

from time import process_time

import pytest

from book.sources._html_to_markdown import to_markdown

SCRIPT = '<script src="https://cdn.example.org/MathJax.js"></script>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (r"<p>Soit \(1/3\).</p><p>$$ a = \frac{b}{c} $$</p>", "Soit $1/3$.\n\n$$\na = \\frac{b}{c}\n$$"),
        (r"<p>A \[ \int_0^1 x \] b</p>", "A\n\n$$\n\\int_0^1 x\n$$\n\nb"),
        (r"<p>\(\alpha\)<br><b>\(\beta_1\)</b></p>", "$\\alpha$  \n**$\\beta_1$**"),
        (
            "<p>$$<br>\\begin{align}<br>a &amp; b\\\\<br>\\end{align}<br>$$<br>c</p>",
            "$$\n\\begin{align} a & b\\\\ \\end{align}\n$$\n\nc",
        ),
        (SCRIPT + "<p>$x_1$, $n$, $a+b$; $5 and $6, $20-$30</p>", None),
        (r"<p>a <code>\(\frac{a}{b}\)</code> b</p>", r"a `\(\frac{a}{b}\)` b"),
    ],
)
def test_tex_between_signs_is_a_formula(html: str, expected: str | None) -> None:
    expected = expected or "$x_1$, $n$, $a+b$; &#36;5 and &#36;6, &#36;20-&#36;30"
    assert to_markdown(html).markdown == expected


@pytest.mark.parametrize(
    "text", [r"It costs $5, or $6 with \(x\).", r"grep \(foo\|bar\) C:\dir\[x\]", "$$$ and $$", "$x_1$"]
)
def test_what_may_be_something_else_stays(text: str) -> None:
    made = to_markdown(f"<p>{text}</p>").markdown
    assert "$x" not in made
    assert made.replace("&#36;", "$").replace("\\\\", "\\").replace("\\_", "_") == text


SET = (
    "<math><semantics><mrow><mi>E</mi></mrow>"
    '<annotation encoding="application/x-tex">E=mc^2</annotation></semantics></math>'
)


@pytest.mark.parametrize(
    "html",
    [
        f'<span class="katex"><span class="katex-mathml">{SET}</span><span>Emc2</span></span>',
        '<span class="MathJax_Preview">E</span><span class="MathJax">Emc2</span>'
        '<script type="math/tex">E=mc^2</script>',
        SET,
        '<math alttext="E=mc^2"><mi>E</mi></math>',
    ],
)
def test_of_a_formula_that_was_set_the_tex_comes_in(html: str) -> None:
    assert to_markdown(f"<p>a {html} b</p>").markdown == "a $E=mc^2$ b"


def test_a_formula_without_tex_is_told() -> None:
    made = to_markdown("<p>a <math><mfrac><mi>b</mi><mi>c</mi></mfrac></math></p>")
    assert "a formula was left as its letters, without its form" in made.losses


@pytest.mark.parametrize("sign", [r"\(", r"\[", "$$", r"\begin{align}"])
def test_signs_without_end_cost_little(sign: str) -> None:
    began = process_time()
    assert to_markdown(f"<p>{SCRIPT}{sign * 3000}</p>").markdown
    assert process_time() - began < 2
