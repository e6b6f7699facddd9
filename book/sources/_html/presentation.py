"""Make elements of what an editor or a word processor wrote as style, and drop what is no text."""

from __future__ import annotations

import re

from lxml import etree

from book.clean import Say
from book.sources._html.parsing import classes, remove, text_of, unwrap

_MEANING = {
    "b": "strong", "i": "em", "strike": "del", "s": "del", "tt": "code", "acronym": "abbr", "dir": "ul",
    "menu": "ul", "listing": "pre", "xmp": "pre", "textarea": "pre", "legend": "p", "summary": "p",
}  # fmt: skip
_BOLD = re.compile(r"font-weight:\s*(?:bold|bolder|[6-9]00)")
_PLAIN = re.compile(r"font-weight:\s*(?:normal|[1-4]00)")
_ITALIC = re.compile(r"font-style:\s*(?:italic|oblique)")
_UPRIGHT = re.compile(r"font-style:\s*normal")
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_MONO = re.compile(r"font-family:[^;]*(?:courier|monospace|consolas|menlo)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align:\s*(super|sub)\b")
_STYLED = ("span", "font", "p", "div", "td", "li", "a")
_CONTROLS = ("select", "button", "option", "label", "fieldset", "form", "input")
_WIDGETS = re.compile(
    r"""(?:^|\s)(?:sharedaddy|jp-relatedposts|sd-sharing\S*|addtoany\S*|addthis\S*|subscription-widget\S*|subscribe-widget
      |wp-block-jetpack-subscriptions\S*|post-views|pvc_stats|feedflare|blogger-post-footer|zemanta-pixie\S*
      |wp-block-buttons-share|jetpack-likes-widget\S*|image-link-expand|pencraft|header-anchor-parent)(?=\s|$)""",
    re.VERBOSE,
)


def settle_presentation(root: etree._Element, say: Say) -> None:
    """Give every element of the tree the name that says what it means."""
    _drop_widgets(root, say)
    for gallery in [one for one in root.iter("ul") if "gallery" in (one.get("class") or "")]:
        for item in [one for one in gallery if one.tag == "li"]:
            item.tag = "div"
        gallery.tag = "div"
    for element in list(root.iter()):
        style = (element.get("style") or "").lower()
        if style:
            _emphasise(element, style)
    for element in list(root.iter()):
        if isinstance(element.tag, str):
            element.tag = _MEANING.get(element.tag, element.tag)
            if element.tag == "summary":
                element.tag = "p"


def _drop_widgets(root: etree._Element, say: Say) -> None:
    for element in list(root.iter()):
        if element.getparent() is None or element is root:
            continue
        if _WIDGETS.search(element.get("class") or ""):
            say(_left_out("the page's furniture", element))
            remove(element)
    for form in list(root.iter("form", "select", "button")):
        if form.getparent() is not None and form.find(".//textarea") is None:
            say(_left_out(f"a {form.tag!s}", form))
            remove(form)
    for field in list(root.iter("input")):
        if field.get("type", "").lower() != "checkbox":
            remove(field)
    for element in list(root.iter("label", "fieldset", "form", "map", "noscript", "slot")):
        _settle_holder(element, say)


def _settle_holder(element: etree._Element, say: Say) -> None:
    """Unwrap an element; of a fallback keep nothing where the page shows a picture instead of it."""
    text = text_of(element) if element.tag == "noscript" else ""
    if "javascript" in text.lower() and element.find(".//img") is None:
        say("a request to turn scripts on was left out")
        remove(element)
        return
    if element.tag == "noscript" and not text:
        before = element.getprevious()
        if before is not None and (before.tag == "img" or before.find(".//img") is not None):
            remove(element)
            return
    if element.tag in ("fieldset", "form"):
        element.tag = "div"
    else:
        unwrap(element)


def _left_out(what: str, element: etree._Element) -> str:
    text = text_of(element)
    return f"{what} was left out: “{text[:80]}”" if text else f"{what} was left out"


def _emphasise(element: etree._Element, style: str) -> None:
    """Wrap what an element holds in the elements that its style stands for."""
    bold, italic = _BOLD.search(style), _ITALIC.search(style)
    undone = {"b": _PLAIN, "strong": _PLAIN, "i": _UPRIGHT, "em": _UPRIGHT}.get(str(element.tag))
    if undone and undone.search(style):
        element.tag = "span"
    if element.tag not in _STYLED and element.tag not in ("b", "i", "strong", "em"):
        return
    raised = _RAISED.search(style) if element.tag in ("span", "font") else None
    wanted = [
        name
        for name, found in (
            ("strong", bold and element.tag not in ("b", "strong")),
            ("em", italic and element.tag not in ("i", "em")),
            ("del", _STRUCK.search(style)),
            (raised[1] if raised else "", raised),
            (
                "code",
                _MONO.search(style) and element.tag in ("span", "font") and "pre" not in _above(element),
            ),
        )
        if found
    ]
    for name in wanted:
        _wrap(element, name.replace("super", "sup"))


def _above(element: etree._Element) -> set[str]:
    return {str(one.tag) for one in element.iterancestors()}


def _wrap(element: etree._Element, name: str) -> None:
    inner = etree.Element(name)
    inner.text, element.text = element.text, None
    for child in list(element):
        inner.append(child)
    element.append(inner)


def language_of(pre: etree._Element) -> str:
    """Return the language that code says it is in; empty where it says none."""
    for element in (pre, *pre.iter("code"), *_holders(pre)):
        for name in ("lang", "data-language", "data-lang", "data-enlighter-language", "data-code-language"):
            if (value := element.get(name, "").strip()) and name != "lang":
                return _known(value)
        if found := re.search(
            r"(?:^|\s|;)(?:language-|lang-|brush:\s*|highlight-source-|src-|sourceCode\s+|prettyprint\s+lang-|lang:)([\w+#.-]+)",
            element.get("class") or "",
        ):
            return _known(found[1])
    return _known(pre.get("lang", ""))


def _holders(pre: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for holder in pre.iterancestors():
        if len(found) == 2 or not {
            "code",
            "highlight",
            "highlighter-rouge",
            "codehilite",
            "sourceCode",
        } & set(classes(holder)):
            break
        found.append(holder)
    return found


def _known(name: str) -> str:
    name = name.strip().lower()
    if name in (
        "text",
        "plain",
        "plaintext",
        "none",
        "nohighlight",
        "generic",
        "raw",
        "txt",
        "en",
        "xml:lang",
    ):
        return ""
    return name if re.fullmatch(r"[a-z][\w+#.-]{0,30}", name) else ""
