"""A blog of five years whose posts all link to each other, for tests of volumes."""

from __future__ import annotations

YEARS = (2010, 2011, 2012, 2013, 2014)
WORDS = ("otter", "heron", "reeds", "sluice")
PROSE = "The bank was white that morning and nobody had been along it before us, so we went slowly. "


def post(year: int, month: int) -> str:
    """Write a post that links to all others, earlier and later, and names a term on some of its pages."""
    others = [(y, m) for y in YEARS for m in (2, 9) if (y, m) != (year, month)]
    links = "\n\n".join(f"What [we saw](winter-{y}-{m}.md) then. {PROSE * 4}" for y, m in others)
    word = WORDS[(year + month) % len(WORDS)]
    return (
        f"---\ntitle: Winter {year} {month}\ndate: {year}-{month:02}-10\ntags: [ice {month}]\n---\n\n"
        f"{PROSE * 12}\n\n{links}\n\nThere was the {word} again. {PROSE * 3}\n\n"
        f"## The [way](winter-{others[-1][0]}-{others[-1][1]}.md) back\n\n{PROSE}"
    )


POSTS = {f"winter-{year}-{month}.md": post(year, month) for year in YEARS for month in (2, 9)}
