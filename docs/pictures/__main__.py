"""Make the sample book's pictures: `python docs/pictures [--into FOLDER]`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import diagrams
from ampersand import ampersand
from forme import forme
from halftone import halftone
from PIL import Image

MEDIA = Path(__file__).resolve().parents[2] / "chapters" / "media"
TONES: dict[str, Callable[[], Image.Image]] = {
    "forme.png": forme,
    "halftone.png": halftone,
    "ampersand.jpg": ampersand,
}


def main() -> None:
    """Write every picture into the folder, the same bytes each time."""
    parser = argparse.ArgumentParser(description="Make the sample book's pictures.")
    parser.add_argument("--into", type=Path, default=MEDIA, help="the folder to write to")
    into = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    for name, draw in diagrams.DIAGRAMS.items():
        (into / name).write_text(draw().svg(), encoding="utf-8")
    for name, make in TONES.items():
        save(make(), into / name)


def save(picture: Image.Image, to: Path) -> None:
    """Write a picture for 300 pixels to the inch; line work keeps sixteen greys, which is plenty."""
    if to.suffix == ".jpg":
        picture.save(to, dpi=(300, 300), quality=84, optimize=True)
    else:
        picture.point([value // 17 * 17 for value in range(256)]).save(to, dpi=(300, 300), optimize=True)


if __name__ == "__main__":
    main()
