"""Extensions are found by name; a misspelt one is told the nearest."""

from __future__ import annotations

import pytest

from book import registry
from book.errors import BookError


def bind(composition: object, desk: object, *, line_length: int = 60, paper: str = "white") -> None: ...


def test_options_take_hyphens_or_underscores() -> None:
    given = {"line-length": 80, "paper": "cream"}
    assert registry.options(bind, given, where="[editions.x]") == {"line_length": 80, "paper": "cream"}


def test_a_misspelt_option_is_told_the_nearest() -> None:
    with pytest.raises(BookError) as caught:
        registry.options(bind, {"line-lenght": 80}, where="[editions.x]")
    assert caught.value.notices[0].message == "unknown key `line-lenght` in [editions.x]"
    assert caught.value.notices[0].hint == "did you mean `line-length`?"


def test_an_option_like_none_is_told_all() -> None:
    with pytest.raises(BookError) as caught:
        registry.options(bind, {"zzz": 1}, where="[editions.x]")
    assert caught.value.notices[0].hint == "there are: `line-length`, `paper`"


def test_positional_parameters_are_no_options() -> None:
    with pytest.raises(BookError):
        registry.options(bind, {"desk": 1}, where="[editions.x]")


@pytest.mark.parametrize("name", ["epubb", "__init__", "os", "../epub", ""])
def test_a_name_that_is_no_edition(name: str) -> None:
    with pytest.raises(BookError, match="there is no edition named"):
        registry.find("editions", name)


def test_editions_and_sources_are_found_by_file_name() -> None:
    assert {"epub", "pdf"} <= set(registry.names("editions"))
    assert {"text", "markdown"} <= set(registry.names("sources"))
    assert registry.find("editions", "epub").SUFFIX == ".epub"
