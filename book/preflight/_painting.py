"""Follow a page's content as a viewer would, and note every mark it makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from book.preflight import _fonts
from book.preflight._colours import FIRST, family, has_profile, of_picture, painted_under
from book.preflight._marks import EVERYWHERE, Box, Colour, Mark, around
from book.preflight._operators import OPERATORS
from book.preflight._state import IDENTITY, Matrix, State, times

if TYPE_CHECKING:
    from pikepdf import Object

_DEPTH = 12  # forms within forms; a file that nests them deeper, or in a circle, is followed no further
_MOST = 300_000  # instructions of a page; a map of a country has fewer
_KINDS = 100  # of things in the tile of a pattern
_ASCENT, _DESCENT = 0.72, 0.22  # of the size: what letters usually cover


def painted(
    page: Any, fonts: dict[tuple[int, int], _fonts.Font], turn: Matrix, sheet: Box
) -> tuple[tuple[Mark, ...], bool]:
    """Return what a page paints, turned as it is looked at, and whether that is all of it.

    `fonts` remembers those that were read before. What is painted beside the `sheet` is not there.
    """
    painter = _Painter(fonts)
    painter.run(page, page.obj.get("/Resources") or page.resources, State(ctm=turn, clip=sheet), _DEPTH)
    return tuple(painter.marks), painter.left > 0


def _numbers(operands: Any) -> list[float]:
    return [float(one) for one in operands]


class _Painter:
    """Runs content streams; what they paint gathers in `marks`."""

    def __init__(self, fonts: dict[tuple[int, int], _fonts.Font]) -> None:
        self.marks: list[Mark] = []
        self.left = _MOST
        self._fonts = fonts
        self._state = State()
        self._resources: Any = None
        self._depth = 0
        self._points: list[tuple[float, float]] = []
        self._pieces = 0
        self._clips = False
        self._tm = self._lm = IDENTITY
        self._within: list[tuple[int, int]] = []
        self._base = IDENTITY
        self._patterns: dict[tuple[Any, Matrix], tuple[Mark, ...]] = {}
        self._tiled: set[tuple[Any, ...]] = set()

    def run(self, content: Any, resources: Any, state: State, depth: int) -> None:
        """Follow a content stream, from the state it begins in."""
        import pikepdf

        outer = self._state, self._resources, self._depth, self._base
        self._state, self._resources, self._depth, self._base = state, resources, depth, state.ctm
        kept: list[State] = []
        try:
            instructions = pikepdf.parse_content_stream(content)
        except (pikepdf.PdfError, TypeError):  # it says so of an instruction with impossible operands
            instructions = []
        ready = instructions[: max(0, self.left)]
        self.left -= len(instructions) + 20  # for the stream, which may be empty and run by the million
        for instruction in ready:
            name = str(instruction.operator)
            if name == "q":
                kept.append(self._state)
            elif name == "Q":
                self._state = kept.pop() if kept else self._state
            else:
                self._do(name, instruction)
        self._state, self._resources, self._depth, self._base = outer

    def _do(self, name: str, instruction: Any) -> None:
        """Follow an instruction; one that is malformed is passed over, as viewers do."""
        import pikepdf

        try:
            if name == "INLINE IMAGE":
                self._inline(instruction.iimage)
            elif (does := OPERATORS.get(name)) is not None:
                method, *given = does
                getattr(self, method)(*given, instruction.operands)
        except (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, pikepdf.PdfError):
            return

    def _set(self, **values: Any) -> None:
        self._state = replace(self._state, **values)

    def _named(self, kind: str, name: Any) -> Any:
        return (self._resources or {}).get(kind, {}).get(str(name))

    @property
    def _spaces(self) -> Any:
        return (self._resources or {}).get("/ColorSpace")

    def _place(self, x: float, y: float, by: Matrix | None = None) -> tuple[float, float]:
        a, b, c, d, e, f = by or self._state.ctm
        return a * x + c * y + e, b * x + d * y + f

    def _mark(self, kind: Any, box: Box, colour: Colour, **more: Any) -> None:
        seen = box.within(self._state.clip)
        if seen.empty:
            return
        clear = self._state.clear(kind)
        self.marks.append(Mark(kind, seen, colour, clear=clear, **more))
        if colour.tile and colour.tile not in self._tiled:  # where its tiles stand is where the whole does
            self._tiled.add(colour.tile)
            x, y = (seen.left + seen.right) / 2, (seen.bottom + seen.top) / 2
            self.marks += [replace(one, box=Box(x, y, x, y), clear=one.clear or clear) for one in colour.tile]

    def put(self, name: str, given: Any) -> None:
        self._set(**{name: float(given[0])})

    def space_out(self, at: int, scale: float, given: Any) -> None:
        spacing = list(self._state.spacing)
        spacing[at] = float(given[0]) * scale
        self._set(spacing=tuple(spacing))

    def concatenate(self, given: Any) -> None:
        a, b, c, d, e, f = _numbers(given)
        self._set(ctm=times((a, b, c, d, e, f), self._state.ctm))

    def graphics(self, given: Any) -> None:
        values = self._named("/ExtGState", given[0]) or {}
        if "/LW" in values:
            self._set(line=float(values["/LW"]))
        self._set(veil=self._state.veil.changed(values))

    def point(self, given: Any) -> None:
        values = _numbers(given)
        self._points += [self._place(values[at], values[at + 1]) for at in range(0, len(values), 2)]

    def move(self, given: Any) -> None:
        self._pieces += 1
        self.point(given)

    def rectangle(self, given: Any) -> None:
        x, y, w, h = _numbers(given)
        self._pieces += 1
        self._points += [self._place(x + i * w, y + j * h) for i in (0, 1) for j in (0, 1)]

    def paint(self, fills: bool, strokes: bool, given: Any) -> None:
        if self._points:
            box = around(self._points)
            if fills:
                thin = min(box.width, box.height) if self._pieces == 1 and len(self._points) < 6 else None
                self._mark("area", box, self._state.fill, size=thin)
            if strokes:
                wide = self._state.line * self._state.scale
                reach = wide / 2
                self._mark("line", box.grown(reach, reach, reach, reach), self._state.stroke, size=wide)
            if self._clips:
                self._set(clip=self._state.clip.within(box))
        self._points, self._pieces, self._clips = [], 0, False

    def clip(self, given: Any) -> None:
        self._clips = True

    def colour(self, where: str, space: str, given: Any) -> None:
        import pikepdf

        values = tuple(float(one) for one in given if not isinstance(one, pikepdf.Name))
        was = getattr(self._state, where)
        if not space and len(given) and isinstance(given[-1], pikepdf.Name):
            new = self._pattern(self._named("/Pattern", given[-1]), was.under, values)
        else:
            new = Colour(space, values) if space else was._replace(values=values)
        self._set(**{where: new})

    def space(self, where: str, given: Any) -> None:
        kind = family(given[0], self._spaces)
        own = has_profile(given[0], self._spaces)
        under = painted_under(given[0], self._spaces) if kind == "pattern" else ""
        self._set(**{where: Colour(kind, FIRST.get(kind, ()), own, under)})

    def _pattern(self, pattern: Any, under: str, values: tuple[float, ...]) -> Colour:
        """Return the colour that a pattern gives: its shading's, the one it is painted in, or its tile."""
        if pattern is None or not self._depth:
            return Colour("pattern", under=under)
        if "/Shading" in pattern:
            space = pattern.Shading.get("/ColorSpace")
            return Colour(family(space, self._spaces), (), has_profile(space, self._spaces), under)
        if pattern.get("/PaintType") != 1:  # it is painted in the colour of the moment
            return Colour(under or "pattern", values, under=under)
        return Colour("pattern", under=under, tile=self._tile(pattern))

    def _tile(self, pattern: Any) -> tuple[Mark, ...]:
        """Return what one tile of a pattern paints, each kind of thing once."""
        a, b, c, d, e, f = _numbers(pattern.get("/Matrix", IDENTITY))
        ctm = times((a, b, c, d, e, f), self._base)
        key = pattern.objgen, ctm
        if key not in self._patterns:
            self._patterns[key] = ()  # where it is painted with itself
            tile = _Painter(self._fonts)
            tile.left, tile._patterns = self.left, self._patterns
            tile.run(pattern, pattern.get("/Resources", self._resources), State(ctm), self._depth - 1)
            self.left = tile.left
            alike = {
                (one.kind, one.colour, one.size, one.name, one.ppi, one.clear): one for one in tile.marks
            }
            self._patterns[key] = tuple(alike.values())[:_KINDS]
        return self._patterns[key]

    def font(self, given: Any) -> None:
        found = self._named("/Font", given[0])
        if found is None:
            self._set(font=None)
            return
        key = found.objgen
        font = self._fonts.get(key) if key != (0, 0) else None
        if font is None:
            font = self._fonts[key] = _fonts.read(found)
        self._set(font=font, size=float(given[1]))

    def begin(self, given: Any) -> None:
        self._tm = self._lm = IDENTITY

    def matrix(self, given: Any) -> None:
        a, b, c, d, e, f = _numbers(given)
        self._tm = self._lm = (a, b, c, d, e, f)

    def offset(self, given: Any) -> None:
        x, y = _numbers(given)
        self._tm = self._lm = times((1, 0, 0, 1, x, y), self._lm)

    def next_line(self, given: Any) -> None:
        self.offset((0, -self._state.leading))

    def offset_leading(self, given: Any) -> None:
        self._set(leading=-float(given[1]))
        self.offset(given)

    def show(self, given: Any) -> None:
        import pikepdf

        state, font = self._state, self._state.font
        if font is None:
            return
        strings = given[0] if isinstance(given[0], pikepdf.Array) else given
        start, end, length = state.extent(font, strings)
        whole = times(self._tm, state.ctm)
        low, high = (state.rise + part * state.size for part in (-_DESCENT, _ASCENT))
        if state.mode not in (3, 7) and start != end:
            box = around(self._place(x, y, whole) for x in (start, end) for y in (low, high))
            size = None if font.drawn else abs(state.size) * (whole[2] ** 2 + whole[3] ** 2) ** 0.5
            self._mark("text", box, self._inked(), size=size, name=font.name)
        self._tm = times((1, 0, 0, 1, length, 0), self._tm)

    def _inked(self) -> Colour:
        return self._state.stroke if self._state.mode in (1, 5) else self._state.fill

    def next_show(self, given: Any) -> None:
        self.next_line(given)
        self.show(given[-1:])

    def do(self, given: Any) -> None:
        thing = self._named("/XObject", given[0])
        if thing is None or not self._depth or thing.objgen in self._within:
            return
        if thing.get("/Subtype") == "/Image":
            self._picture(thing, str(given[0]).lstrip("/"))
        elif thing.get("/Subtype") == "/Form":
            a, b, c, d, e, f = _numbers(thing.get("/Matrix", IDENTITY))
            ctm = times((a, b, c, d, e, f), self._state.ctm)
            x, y, z, w = _numbers(thing.get("/BBox", EVERYWHERE))
            box = around(self._place(i, j, ctm) for i in (x, z) for j in (y, w))
            veil = self._state.veil.within("/Group" in thing)
            inside = replace(self._state, ctm=ctm, clip=self._state.clip.within(box), veil=veil)
            text = self._tm, self._lm
            self._within.append(thing.objgen)
            self.run(thing, thing.get("/Resources", self._resources), inside, self._depth - 1)
            self._within.pop()
            self._tm, self._lm = text

    def _picture(self, image: Object, name: str) -> None:
        size = float(image.get("/Width", 0)), float(image.get("/Height", 0))
        own = has_profile(image.get("/ColorSpace"), self._spaces)
        colour = Colour(of_picture(image, self._spaces), own=own)
        if image.get("/ImageMask", False):
            colour = self._state.fill
        kept = self._state
        self._set(veil=replace(kept.veil, masked=kept.veil.masked or "/SMask" in image))
        self._placed(size, colour, name, image)
        self._state = kept

    def _inline(self, image: Any) -> None:
        space = image.obj.get("/ColorSpace")
        own = has_profile(space, self._spaces)
        colour = self._state.fill if image.image_mask else Colour(family(space, self._spaces), own=own)
        self._placed((image.width, image.height), colour, "inline image", image)

    def _placed(self, size: tuple[float, float], colour: Colour, name: str, image: Any = None) -> None:
        box = around(self._place(x, y) for x in (0, 1) for y in (0, 1))
        self._mark("image", box, colour, name=name, ppi=self._state.ppi(size), image=image)

    def shade(self, given: Any) -> None:
        shading = self._named("/Shading", given[0]) or {}
        space = shading.get("/ColorSpace")
        colour = Colour(family(space, self._spaces), own=has_profile(space, self._spaces))
        self._mark("shading", self._state.clip, colour)
