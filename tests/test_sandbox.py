from __future__ import annotations

import pytest
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError

from book.sandbox import Sandbox


def rendered(text: str, **values: object) -> str:
    made = Sandbox(undefined=StrictUndefined, autoescape=True)
    made.begin()
    return made.from_string(text).render(**values)


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{{ 'a' * 999999999 }}", "{{ [1] * 999999999 }}", "{{ 9 ** 99999 }}", "{{ '%999999999d' % 1 }}",
        "{{ ('a' * 100000).replace('a', 'b' * 100000) }}", "{{ ('a' * 100000)|replace('a', 'b' * 100000) }}",
        "{{ 'a'.center(2000000000) }}", "{{ 'a'|center(2000000000) }}", "{{ 'a'.ljust(2000000000) }}",
        "{{ 'a\na'|indent(2000000000) }}", "{{ '{:999999999}'.format(1) }}", "{{ lipsum(99999) }}",
        "{{ [1]|batch(2000000000, 'x')|list }}", "{{ ('b' * 100000).join('a' * 100000) }}",
        "{% set n = namespace(x='a' * 9) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x='aaaa') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='aaaa') %}{% for i in range(99) %}{% set y %}{{ n.x }}{{ n.x }}{% endset %}"
        "{% set n.x = y %}{% endfor %}",
        "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}",
    ],
)  # fmt: skip
def test_work_without_end_and_texts_without_measure_are_refused(text: str) -> None:
    with pytest.raises((TemplateError, RecursionError)):
        rendered(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}", "{{ cycler.__init__.__globals__ }}", "{{ x|attr('__class__') }}",
        "{{ '{0.__class__.__init__.__globals__}'.format(x) }}", "{{ x.append(1) }}", "{{ x.clear() }}",
    ],
)  # fmt: skip
def test_nothing_private_is_reached_and_nothing_changed(text: str) -> None:
    with pytest.raises((SecurityError, TemplateError)):
        rendered(text, x=[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% for i in range(3) %}{{ loop.index }}{{ i * 2 + 1 }}{% endfor %}", "112335"),
        ("{{ 'ab'|replace('a', 'c')|upper }}{{ 'x'|center(5) }}{{ '-' * 3 }}", "CB  x  ---"),
        ("{{ '<b>'|e }}{{ 'a'.join(['b', 'c']) }}{{ 20000|string }}", "&lt;b&gt;bac20000"),
    ],
)
def test_what_templates_do_every_day_works(text: str, expected: str) -> None:
    assert rendered(text) == expected
