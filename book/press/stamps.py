"""Keys of gatherings: everything that shapes their pages, but for the rest of the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from book.model import Media, Sheet
from book.press import libraries
from book.press.bench import Setup
from book.press.faces import Fount, lettering
from book.press.gatherings import Gathering
from book.press.store import key


@dataclass(frozen=True, slots=True)
class Stamper:
    """Makes keys. `sheets` are the style sheets but for the faces', `machine` the versions of libraries."""

    setup: Setup
    sheets: Sequence[Sheet]
    fount: Fount
    machine: str

    def setting(self) -> str:
        """Return a key of all that shapes pages, but for text, pictures and stand-by fonts."""
        families = list(dict.fromkeys(cut.family for cut in self.fount.cuts))
        return key(
            libraries.code(),
            self.machine,
            [sheet.text for sheet in self.sheets],
            [family for family in families if family not in self.fount.strays.values()],
            self.setup.language,
            self.setup.foot,
            self.setup.tagged,
            self.setup.fit,
        )

    def stamps(self, gatherings: Sequence[Gathering], media: Sequence[Media]) -> tuple[str, ...]:
        """Return a key for each gathering of a book that has these pictures."""
        setting = self.setting()
        pictures = {one.name: (one.digest, one.media_type) for one in media}
        words = {one.name: lettering(one) for one in media}
        return tuple(
            key(
                setting,
                number == 0,
                "\0".join(galley.body for galley in gathering.galleys).encode("utf-8", "surrogatepass"),
                gathering.before,
                gathering.after,
                sorted(gathering.dead),
                sorted(gathering.omitted),
                [(name, pictures.get(name)) for name in gathering.media()],
                self.fount.shaping(
                    "".join(
                        (
                            *(galley.body for galley in gathering.galleys),
                            *(words.get(name, "") for name in gathering.media()),
                        )
                    )
                ),
            )
            for number, gathering in enumerate(gatherings)
        )
