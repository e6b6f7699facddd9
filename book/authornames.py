"""What people are called in a book: by their names alone, never by where they can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MAIL = re.compile(r"[^\s<>()|,;:@]{1,64}@[^\s<>()|,;:@]{1,253}\.[^\s<>()|,;:@.]{2,}")
_ENCLOSED = re.compile(rf"\s*[<(\[]\s*(?:mailto:)?{_MAIL.pattern}\s*[>)\]]")


def is_mail(text: str) -> bool:
    """Tell whether a text is a mail address and nothing else."""
    return _MAIL.fullmatch(text.strip()) is not None


def shown(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without mail addresses, and without what a program adds to them: `Name|login|mail`.

    Who is known by a mail address alone has no name.
    """
    return tuple(dict.fromkeys(found for name in names if (found := _shown(name))))


def _shown(name: str) -> str:
    parts = [part.strip() for part in name.split("|")]
    first = next((part for part in parts if part and not is_mail(part)), "")
    return " ".join(_MAIL.sub("", _ENCLOSED.sub("", first)).split()).strip(" ,;<>()")
