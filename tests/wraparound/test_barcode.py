from __future__ import annotations

import pytest

from book.errors import BookError
from book.wraparound.barcode import MODULES, bars, digits, modules


@pytest.mark.parametrize("isbn", ["978-0-306-40615-7", "ISBN 0-306-40615-2", "9780306406157", "0306406152"])
def test_an_isbn_is_thirteen_digits_however_it_is_written(isbn: str) -> None:
    assert digits(isbn) == "9780306406157"


def test_the_modules_are_those_of_the_standard() -> None:
    # 5 901234 123457, as GS1 and many textbooks draw it
    assert modules("5901234123457") == (
        "101"
        + "0001011" + "0100111" + "0110011" + "0010011" + "0111101" + "0011101"  # 9 0 1 2 3 4: LGGLLG
        + "01010"
        + "1100110" + "1101100" + "1000010" + "1011100" + "1001110" + "1000100"
        + "101"
    )  # fmt: skip


@pytest.mark.parametrize("code", ["9780306406157", "9791034567893", "5901234123457"])
def test_the_bars_are_the_modules(code: str) -> None:
    drawn = ["0"] * MODULES
    for at, width, _ in bars(code):
        drawn[at : at + width] = "1" * width
    assert "".join(drawn) == modules(code)
    assert [at for at, _, guard in bars(code) if guard] == [0, 2, 46, 48, 92, 94]


@pytest.mark.parametrize("wrong", ["978-0-306-40615-8", "0-306-40615-3", "12345", "978030640615X"])
def test_a_wrong_isbn_is_refused(wrong: str) -> None:
    with pytest.raises(BookError, match="is not an ISBN"):
        digits(wrong)
