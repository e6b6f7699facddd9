"""The command line: parse, call, print, exit code."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from book import terminal
from book.errors import BookError
from book.options import SOURCE, asking, named_options, picturing, reporting

atexit.register(gc.freeze)  # nothing is looked through for garbage by a process that ends
PATH = click.Path(path_type=Path)


class _Octavo(click.Group):
    """The commands. They exit with 1 for the book or its input, 2 for the command line, 130 for Ctrl-C."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a BookError or Ctrl-C ends it with a message and a code, never a traceback."""
        terminal.prepare()
        gc.set_threshold(200_000, 20, 20)  # nearly all that a command makes lives as long as it does
        try:
            return super().invoke(ctx)
        except BookError as error:
            terminal.complain(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            terminal.say("stopped; what was made before is as it was")
            ctx.exit(130)


@click.group(
    cls=_Octavo,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  book new my-book --from export.xml      make a project of a blog's export
  book build my-book                      make its EPUB and its PDF, in my-book/out/
  book build my-book --edition ebook      make the EPUB alone
  book gather newer-export.xml --into my-book
  book check my-book/out/my-book.epub     look a finished edition over
  book preview my-book                    see it in a browser while it is made

`book COMMAND --help` says more about each.""",
)
@click.version_option(package_name="octavo", message="%(package)s %(version)s")
def main() -> None:
    """Octavo: your blog, as a book.

    Gathers a blog's posts as Markdown, arranges them, and makes an EPUB and a PDF for print.
    """


@main.command(short_help="Make a project, of an export or to begin with.")
@click.argument("folder", metavar="DIR", type=PATH)
@click.option(
    "--from", "source", metavar="SOURCE", type=SOURCE, help="Gather the posts of this export or folder."
)
@click.option("--as", "kind", metavar="KIND", help="What SOURCE is, if it is not found out.")
@click.option(
    "--option", "options", metavar="NAME=VALUE", multiple=True, help="An option of that kind of source."
)
@asking
@picturing
@click.option("--title", metavar="T", help="The book's title.")
@click.option("--author", metavar="A", help="Its author.")
@click.option("--language", metavar="TAG", help="The language it is written in, like en-GB.")
def new(
    folder: Path,
    source: Path | str | None,
    kind: str | None,
    options: tuple[str, ...],
    **given: Any,
) -> None:
    """Make a project in DIR: book.toml, and the posts of a source or one to change.

    \b
    Examples:
      book new my-book
      book new my-book --from blog.txt --title "Small Corrections" --author "A. Writer"
    """
    from book.new import new

    with terminal.progress() as tell:
        tell("making the project")
        made = new(folder, source, kind=kind, options=named_options(options), tell=tell, **given)
    if made.gathered is not None:
        terminal.gathered(made.gathered)
    click.echo(f"made {terminal.shorter(made.file)}")
    terminal.say(f"next: book build {terminal.typed(folder)}")


@main.command(short_help="Bring posts into a project; again to refresh them.")
@click.argument("sources", metavar="SOURCE...", type=SOURCE, nargs=-1, required=True)
@click.option(
    "--into",
    "folder",
    metavar="DIR",
    type=PATH,
    default=Path(),
    help="The project; the current folder by default.",
)
@click.option("--as", "kind", metavar="KIND", help="What the sources are, if it is not found out.")
@click.option(
    "--option", "options", metavar="NAME=VALUE", multiple=True, help="An option of that kind of source."
)
@asking
@picturing
@reporting
def gather(
    sources: tuple[Path | str, ...],
    folder: Path,
    kind: str | None,
    options: tuple[str, ...],
    asked: tuple[str, ...],
    quiet: bool,
    **pictures: Any,
) -> Mapping[str, Any]:
    """Bring the posts of each SOURCE into a project's chapters/; again to refresh them.

    \b
    Examples:
      book gather export.xml
      book gather posts/ --as markdown --into my-book
      book gather https://blog.example/feed --fetch
    """
    from book.gather import gather

    with terminal.progress() as tell:
        tell("gathering posts")
        chapters = _chapters(folder)
        options_read = named_options(options)
        wishes: dict[str, Any] = {
            "kind": kind,
            "options": options_read,
            "asked": asked,
            "language": _language(chapters.parent),
        }
        report = gather(sources, chapters, tell=tell, **wishes, **pictures)
    terminal.gathered(report)
    return report.json()


@main.command(short_help="Make the editions of a project.")
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@click.option(
    "--edition", "editions", metavar="NAME", multiple=True, help="Make this edition; all by default."
)
@click.option("--out", metavar="FOLDER", type=PATH, help="Where editions go; out/ in the project by default.")
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=1), help="Processes at once; all cores by default."
)
@click.option("--fresh", is_flag=True, help="Forget what earlier builds remembered.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--omit", metavar="BLOCK", multiple=True, help="Leave out this block, as an error named it.")
@reporting
def build(
    folder: Path,
    editions: tuple[str, ...],
    out: Path | None,
    jobs: int | None,
    fresh: bool,
    strict: bool,
    omit: tuple[str, ...],
    quiet: bool,
) -> Mapping[str, Any]:
    """Make the editions of the project in DIR, the current folder by default.

    \b
    Examples:
      book build
      book build my-book --edition paperback --strict
    """
    from book.build import build

    with terminal.progress() as tell:
        wishes: Mapping[str, Any] = {"jobs": jobs, "fresh": fresh, "strict": strict, "omit": omit}
        report = build(folder, editions=editions, out=out, tell=tell, **wishes)
    terminal.built(report, quiet=quiet)
    return report.json()


@main.command(short_help="Look over a project or a finished edition.")
@click.argument("paths", metavar="[DIR | FILE.epub | FILE.pdf]...", type=PATH, nargs=-1)
@click.option("--profile", metavar="NAME", help="Hold a PDF or EPUB against a printer's or a shop's rules.")
@click.option("--pages", is_flag=True, help="Read the pages of a PDF as a typesetter does, too.")
@reporting
def check(paths: tuple[Path, ...], profile: str | None, pages: bool, quiet: bool) -> Mapping[str, Any]:
    """Look over a project before building, or finished editions.

    \b
    Examples:
      book check
      book check out/my-book.epub out/my-book-paperback.pdf
      book check out/my-book-paperback.pdf --profile kdp-paperback
      book check out/my-book-paperback.pdf --pages
    """
    from book.check import check

    with terminal.progress() as tell:
        tell("checking")
        report = check(paths or (Path(),), profile, pages=pages)
    terminal.checked(report, quiet=quiet)
    return report.json()


@main.command(short_help="See the book in a browser while it is made.")
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(1024, 65535),
    default=None,
    help="The port; any free one by default.",
)
@click.option("--open", "show", is_flag=True, help="Open it in a browser too.")
def preview(folder: Path, port: int | None, show: bool) -> None:
    """Open the studio: a page in your browser that shows the book in DIR as it changes.

    Only this machine can see it, and only by the address that is printed. Ctrl-C ends it.

    \b
    Examples:
      book preview
      book preview my-book --open
    """
    from book.studio.preview import preview

    def say(address: str) -> None:
        terminal.say("the studio is at the address below; Ctrl-C ends it")
        click.echo(address)

    preview(folder, port=port or 0, show=show, say=say)


@main.command(short_help="Propose volumes for a long book.")
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@click.option("--edition", metavar="NAME", help="The PDF edition to plan; the first by default.")
@click.option("--pages", "most", metavar="N", type=click.IntRange(min=16), help="At most so many a volume.")
@click.option("--volumes", "count", metavar="N", type=click.IntRange(min=1), help="So many volumes.")
@click.option("--exact", is_flag=True, help="Set the whole book, where a part of it is judged by.")
@click.option("--write", "writes", is_flag=True, help="Write the volumes into book.toml.")
@reporting
def plan(folder: Path, writes: bool, quiet: bool, **wishes: Any) -> Mapping[str, Any]:
    """Tell how many pages the book in DIR has, and where it would be divided into volumes.

    With `[[volumes]]` in book.toml it tells of those, unless --pages or --volumes ask for others.

    \b
    Examples:
      book plan
      book plan my-book --pages 400 --write
    """
    from book.volumes.command import planned
    from book.volumes.telling import told, write

    with terminal.progress() as tell:
        tell("weighing the book")
        made = planned(folder, **wishes)
    for line in () if quiet else told(made):
        click.echo(line)
    if writes:
        write(made, folder / "book.toml")
        terminal.say(f"wrote {terminal.shorter(folder / 'book.toml')}")
    return made.json()


@main.command(short_help="List what the index holds, or propose terms for it.")
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@click.option("--propose", is_flag=True, help="Write names and terms that recur into chapters/index.toml.")
def index(folder: Path, propose: bool) -> None:
    """List the headings of the index of the project in DIR, each with the number of its places.

    Proposals are comments in the file until you take the sign before them away.

    \b
    Examples:
      book index
      book index my-book --propose
    """
    from book.index.command import described, proposed

    if not propose:
        click.echo(described(folder))
        return
    file, found = proposed(folder)
    click.echo(f"{len(found)} proposals are new in {terminal.shorter(file)}")


@main.command(short_help="List the themes and their settings.")
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@reporting
def themes(folder: Path, quiet: bool) -> Mapping[str, Any]:
    """List the themes, and the settings and the picture of each, that the project in DIR can use."""
    from book.themes import document, worded

    described = document(folder)
    if not quiet:
        click.echo(worded(described))
    return described


@main.command(short_help="Copy a theme or template into the project, to change it.")
@click.argument("name", metavar="THEME|TEMPLATE")
@click.option(
    "--into",
    "folder",
    metavar="DIR",
    type=PATH,
    default=Path(),
    help="The project; the current folder by default.",
)
def eject(name: str, folder: Path) -> None:
    """Copy a built-in theme, style sheet or template into the project, to change it there.

    \b
    Examples:
      book eject octavo                the theme's style sheet and settings
      book eject chapter.xhtml         the template of a chapter
    """
    from book.eject import eject

    for path in eject(name, folder):
        click.echo(f"copied {terminal.shorter(path)}")


@main.command(short_help="Say which style sheet dresses an element.")
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@click.option(
    "--explain",
    nargs=2,
    metavar="CHAPTER SELECTOR",
    required=True,
    help="A chapter or leaf by its name, and what to look for in it.",
)
@click.option("--medium", type=click.Choice(["print", "screen"]), default="print", help="For which editions.")
def styles(folder: Path, explain: tuple[str, str], medium: str) -> None:
    """Show every rule that dresses an element, and the style sheet and line it comes from.

    What loses against another is marked with a cross.

    \b
    Examples:
      book styles --explain titlepage h1
      book styles my-book --explain 2017-08-30-closing-gaps "blockquote p" --medium screen
    """
    from book.build import composed
    from book.explaining import explained

    click.echo(explained(composed(folder, medium), *explain))


def _chapters(folder: Path) -> Path:
    """Return the folder of a project's posts, also where it is named itself."""
    is_it = folder.name == "chapters" and (folder.parent / "book.toml").is_file()
    return folder if is_it else folder / "chapters"


def _language(folder: Path) -> str | None:
    """Return the language of the project that posts are gathered into, where it can be read."""
    from book import config

    try:
        return config.load(folder).config.language if (folder / config.FILE).is_file() else None
    except BookError:  # building says so
        return None


if __name__ == "__main__":
    main(prog_name="book")
