"""ISBNs (ISO 2108): whether a number's last digit follows from the others, and its thirteen digits."""

from __future__ import annotations

import re


def bare(text: str) -> str:
    """Return what is left of an ISBN as people write it, without its name, hyphens and spaces."""
    return re.sub(r"[\s‐-―-]", "", text).upper().removeprefix("ISBN").lstrip(":")


def sound(digits: str) -> bool:
    """Tell whether ten or thirteen bare digits are an ISBN whose check digit is right."""
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        weighed = zip(range(10, 0, -1), digits, strict=True)
        return sum(weight * (10 if digit == "X" else int(digit)) for weight, digit in weighed) % 11 == 0
    return bool(re.fullmatch(r"97[89][0-9]{10}", digits)) and digits[-1] == check_digit(digits[:12])


def thirteen(digits: str) -> str:
    """Return the thirteen digits of a sound ISBN, which may have ten."""
    if len(digits) == 13:
        return digits
    return f"978{digits[:9]}{check_digit(f'978{digits[:9]}')}"


def check_digit(twelve: str) -> str:
    """Return the thirteenth digit, which follows from the twelve before it."""
    return str(-sum((1, 3)[place % 2] * int(digit) for place, digit in enumerate(twelve)) % 10)
