"""Texts in UTF-8 that something once read as if they were in a Western encoding: `Ã©` for `é`."""

from __future__ import annotations

import re

_WESTERN = "".join(bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0x100))
_RUN = re.compile(f"[{re.escape(_WESTERN)}\x80-\x9f]{{2,12}}")
"""Signs that follow one another in Windows-1252, in which no language writes many."""
_ALONE = re.compile("[ÂÃÄÅ]|[âð][^\xa0]")
"""How one letter, quotation mark or emoji of a Western text begins when it was read so. What begins like
a letter of another script (`Úž`, `é –`) is written in many languages: such letters come several at once."""


def is_garbled(text: str) -> bool:
    """Tell whether signs in a text are, byte for byte, others in UTF-8; those that a language has are not."""
    return any(_is_utf8(match[0]) for match in _RUN.finditer(text))


def _is_utf8(run: str) -> bool:
    try:
        meant = b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return False
    return len(meant) < len(run) and (len(meant) > 1 or _ALONE.match(run) is not None)


def _byte(sign: str) -> bytes:
    """Return the byte that a sign was; some have no sign in Windows-1252, and stayed controls."""
    return bytes([ord(sign)]) if ord(sign) < 0x100 else sign.encode("cp1252")
