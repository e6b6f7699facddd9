"""Posts of a static website: a folder of files, or one, in Markdown mostly, with headers or none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from book.almanac.words import fold
from book.dates import HINT as DATE_HINT
from book.errors import BookError
from book.header import Header
from book.model import Draft, Gathered, Notice, Origin, Skipped, When
from book.pictures import rewritten
from book.sources._authors import Authors
from book.sources._catalogue import Catalogue
from book.sources._featured import StandingPictures
from book.sources._headerkeys import Meant, understood
from book.sources._headers import read_header
from book.sources._headings import first_heading, plain
from book.sources._html.pictures import held_in
from book.sources._included import with_included
from book.sources._localpictures import (
    MISSING_HINT,
    find,
    home_of,
    is_text,
    local_path,
    named,
    pictures_of,
    tags_in,
)
from book.sources._markups import HTML, READERS
from book.sources._pathdates import day_of, name_of
from book.sources._picturesbyname import PicturesByName
from book.sources._postsigns import has_header, looks_like_post
from book.sources._refusals import by_header, by_place, unless_asked
from book.sources._scriptheaders import PostLists
from book.sources._sidecars import beside
from book.sources._siteconfig import Site, site
from book.sources._sitetags.cells import SUFFIXES, settle_cells
from book.sources._sitetags.settling import settle
from book.sources._sitetags.untold import UnknownTags
from book.sources._translations import ALL, Tongue, Tongues, chosen, placed, tongue_of
from book.sources._treefiles import (
    MARKDOWN,
    closed_in,
    is_page_of_html,
    posts_in,
    unread_in,
)
from book.sources._treeplaces import Places
from book.sources._unknown import read

_FIELDS = ("updated", "authors", "url", "tags", "draft", "language", "summary", "order", "kind")


def recognises(source: Path) -> bool:
    """Tell whether a source is a file of Markdown or its kind, or a folder with posts in them."""
    if source.is_file():
        suffix = source.suffix.lower()
        return suffix in MARKDOWN or (suffix in READERS and suffix not in HTML) or has_header(source)
    return source.is_dir() and any(looks_like_post(file) for file in posts_in(source))


def gather(
    source: Path,
    *,
    drafts: bool = False,
    private: bool = False,
    pages: bool = False,
    encoding: str | None = None,
    recover: bool = False,
    best_language: str | None = None,
    in_language: str | None = None,
) -> Gathered:
    """Gather the posts of a Markdown file, or of a folder and those in it.

    `drafts` brings in drafts too, `private` what was private or had a password, `pages` pages.
    `encoding` says how files are written that are not UTF-8, where that is guessed wrongly; `recover`
    mends headers that are not YAML. Of posts that are there in several languages the version in the site's
    own comes in, or that in `best_language`; with `in_language` nothing in another, or with `all` every one.
    """
    folder = source if source.is_dir() else source.parent
    wanted = frozenset(
        name for name, asked in (("drafts", drafts), ("private", private), ("pages", pages)) if asked
    )
    tongue = tongue_of(best_language, in_language, source)
    files = list(posts_in(source)) if source.is_dir() else [source]
    found = _Found(folder, wanted, encoding, recover, tongue, files if source.is_dir() else [])
    for file in files:
        try:
            found.take(file)
        except BookError as error:
            if source.is_file():
                raise
            notice = error.notices[0]
            found.skipped.append(Skipped(file, notice.message, notice.line))
    if source.is_dir():
        unread = [*unread_in(source)]
        found.skipped += unread
        found.warnings += closed_in(source)
        return replace(found.gathered(), files=len(files) + len(unread))
    return found.gathered()


def _refuse(reason: str | None, file: Path) -> None:
    if reason:
        hint = "as a post it begins with a header: its `title` and its `date` between two lines of `---`"
        raise BookError(reason, path=file, hint=hint)


class _Found:
    """What was found so far in a folder: posts, their pictures, and what to say."""

    def __init__(
        self,
        folder: Path,
        wanted: frozenset[str],
        encoding: str | None,
        recover: bool,
        tongue: Tongue,
        files: list[Path],
    ) -> None:
        self.folder = folder
        self.tongue = tongue
        self.site = site(folder) if files else Site()
        apart = (self.site.language or "") if tongue.only == ALL else None
        self.tongues = Tongues(folder, files, self.site.languages, apart=apart)
        self.wanted = wanted
        self.encoding = encoding
        self.recover = recover
        self.drafts: list[Draft] = []
        self.media: dict[str, Path | bytes | None] = {}
        self.warnings: list[Notice] = []
        self.skipped: list[Skipped] = []
        self.catalogue = Catalogue(folder, self.tongues.name)
        self.places = Places(folder)
        self.by_name = PicturesByName(folder if files else None, self.site.url)
        self.standing = StandingPictures(folder, self.by_name.find)
        self.tags = UnknownTags()
        self.lists = PostLists(folder if files else None)
        self.authors = Authors(folder if files else None)

    def take(self, file: Path) -> None:
        """Read one file; raise BookError if it is at fault."""
        _refuse(by_place(file, self.folder), file)
        text, told = read(file, self.encoding)
        header, mends = read_header(text, file, recover=self.recover)
        if not header.values:
            name = name_of(self.tongues.plain(file))
            header = replace(header, values=beside(file) or dict(self.lists.about(name)))
        _refuse(by_header(file, header), file)
        meant = understood(header.values)
        if "authors" in meant.fields:
            meant.fields["authors"] = self.authors.named(meant.fields["authors"])
        meant.fields["draft"] |= "_drafts" in file.relative_to(self.folder).parts
        if (kind := self._kind(meant, file)) == "page" and not meant.fields.get("title"):
            self._refuse_template(file)
        if kind:
            meant.fields["kind"] = kind
        _refuse(unless_asked(meant, self.wanted), file)
        self.warnings += (*mends, *told)
        header = self._without_tags(header, file)
        title, body = self._title(header, meant, file)
        self.drafts.append(
            Draft(
                title=title,
                date=self._date(header, meant, file),
                body=self._with_pictures(header, body, file),
                origin=Origin(file, header.body_line),
                slug=meant.fields.get("slug") or self.tongues.name(file),
                extra=meant.extra,
                **{name: meant.fields[name] for name in _FIELDS if name in meant.fields},
            )
        )
        self.standing.look(header.values, file)

    def _kind(self, meant: Meant, file: Path) -> str | None:
        """Return what a file is by its place and its markup, where these say more than its header."""
        dated = meant.date is not None
        page = is_page_of_html(file, dated=dated or day_of(self.tongues.plain(file), self.folder) is not None)
        return "page" if page else self.places.kind_of(file, dated=dated)

    def _refuse_template(self, file: Path) -> None:
        if file.suffix.lower() in HTML:
            raise BookError("it is a page without a title, as templates of a website are", path=file)

    def _without_tags(self, header: Header, file: Path) -> Header:
        """Put what they mean in the place of a generator's tags, and tell of those that mean nothing."""
        header = self._without_cells(header, file)
        settled = settle(
            with_included(header.body, file, self.folder),
            page=header.values,
            mdx=file.suffix.lower() == ".mdx",
            wiki=self.catalogue.settle_wiki,
        )
        for place, tag in settled.unknown:
            there = header.body.find(tag)
            lines = header.body.count("\n", 0, there) if there >= 0 else settled.text.count("\n", 0, place)
            self.tags.add(tag, file, header.body_line + lines)
        return replace(header, body=settled.text)

    def _without_cells(self, header: Header, file: Path) -> Header:
        """Make listings of cells of code, and tell of those whose code nobody was to see."""
        if file.suffix.lower() not in SUFFIXES:
            return header
        cells = settle_cells(header.body, header.values)
        if cells.hidden:
            message = f"cells of code left out, which show only what they make: {cells.hidden}"
            hint = "what a program made is not in the file: put it in as a picture, or as text"
            self.warnings.append(Notice(message, file, header.body_line, hint))
        return replace(header, body=cells.text)

    def _title(self, header: Header, meant: Meant, file: Path) -> tuple[str, str]:
        """Find the title: the header's, else the first heading (it leaves the body), else the file's name."""
        title: str = meant.fields.get("title", "")
        heading, rest = first_heading(header.body)
        if heading and (not title or fold(heading) == fold(plain(title))):
            return title or heading, rest
        if not title and (
            title := name_of(self.tongues.plain(file)).replace("-", " ").replace("_", " ").strip()
        ):
            title = title[0].upper() + title[1:]
            self.warnings.append(Notice(f"no title was found; `{title}` is made of the file's name", file, 1))
        return title, header.body

    def _date(self, header: Header, meant: Meant, file: Path) -> When | None:
        """Find a post's date: its header's, else that of its file's name or folders."""
        when = meant.date or day_of(self.tongues.plain(file), self.folder)
        if meant.date is None and meant.undated:
            line = next(
                (header.lines[key] for key in header.lines if header.values.get(key) == meant.undated[0]), 1
            )
            instead = f"; {when} is taken from the file's name" if when else ""
            message = f"`{meant.undated[0]}` is not a date{instead}"
            self.warnings.append(Notice(message, file, line, DATE_HINT))
        return when

    def _with_pictures(self, header: Header, body: str, file: Path) -> str:
        """Note a body's pictures, and name each as no other post would: by its path in the folder."""
        names: dict[str, str] = {}
        line, home = header.body_line + header.body.count("\n") - body.count("\n"), home_of(header.values)
        for address, offset, shown in pictures_of(body):
            if shown and (held := held_in(address)):
                names[address] = held[0]
                self.media[held[0]] = held[1]
            elif is_text(address):
                names[address] = self.catalogue.linked(address, file) or address
            elif path := find(address, file, self.folder, home) or (shown and self.by_name.find(address)):
                names[address] = named(path, self.folder)
                self.media[names[address]] = path
            elif shown:
                self.media.setdefault(address, None)
                if local_path(address) is not None:
                    message = f"there is no picture `{address}` in this folder"
                    self.warnings.append(Notice(message, file, line + offset, MISSING_HINT))
        made = rewritten(body, names)
        for tag in {tag for address in names for tag in tags_in(address)}:
            if tag not in made:
                self.tags.forget(tag, file)
        return made

    def gathered(self) -> Gathered:
        """Return it all, each post with an identity that moving the folder does not change."""
        drafts = [placed(draft, self.tongues) for draft in self.standing.placed(self.drafts)]
        kept, left_out, told = chosen(drafts, self.tongues, self.site.language, self.tongue)
        names = Counter(name_of(draft.origin.path) for draft in kept if draft.origin.path)
        spoken = self.tongue.chosen or self.site.language
        return Gathered(
            tuple(replace(draft, source=self._identity(draft, names)) for draft in kept),
            media={**self.standing.media, **self.media},
            warnings=(*self.warnings, *self.tags.told(), *self.standing.warnings, *told),
            skipped=(*self.skipped, *left_out),
            title=dict(self.site.titles).get(spoken or "") or self.site.title,
            language=spoken,
            url=self.site.url,
            author=self.site.author,
        )

    def _identity(self, draft: Draft, names: Counter[str]) -> str:
        assert draft.origin.path is not None
        name = name_of(draft.origin.path)
        if names[name] == 1:
            return f"markdown:{name}"
        path = draft.origin.path.relative_to(self.folder).with_suffix("").as_posix()
        return f"markdown:{path.encode(errors='replace').decode()}"
