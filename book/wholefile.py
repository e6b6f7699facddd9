"""Write a file so that it is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from book.errors import BookError


def write_whole(path: Path, data: bytes) -> None:
    """Write beside `path`, bring it to the disk, and rename; what was there stays if anything fails."""
    part: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:50]}.", delete=False) as file:
            part = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        hint = "check that there is room on the disk, and that you may write there"
        said = (error.strerror or str(error)).lower()
        raise BookError(f"this file cannot be written: {said}", path=path, hint=hint) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
