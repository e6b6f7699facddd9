"""Content streams with other inks: every colour that is set, and the gradients that are used.

Where nothing may shine through (PDF/X-1a), a colour with alpha is mixed with the paper's white.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from book.finishing.inks import Components, Inks, of_lab
from book.press.binding.resources import NOTHING

_SETTING = {"rg": ("rgb", False), "RG": ("rgb", True), "g": ("grey", False), "G": ("grey", True),
            "k": ("cmyk", False), "K": ("cmyk", True)}  # fmt: skip
_DEVICE = {
    "/DeviceRGB": "rgb",
    "/CalRGB": "rgb",
    "/DeviceGray": "grey",
    "/CalGray": "grey",
    "/DeviceCMYK": "cmyk",
}
_BY_COUNT = {1: "grey", 3: "rgb", 4: "cmyk"}
_OPERATORS = {(1, False): "g", (1, True): "G", (4, False): "k", (4, True): "K"}
_FIRST: Mapping[str, Components] = {"rgb": (0, 0, 0), "grey": (0,), "cmyk": (0, 0, 0, 1), "lab": (0, 0, 0)}


@dataclass(frozen=True, slots=True)
class _State:
    """What is in force: the kind of colour, its components and its alpha, for filling and for stroking."""

    kinds: tuple[str, str] = ("grey", "grey")
    colours: tuple[Components | None, Components | None] = ((0.0,), (0.0,))
    alphas: tuple[float, float] = (1.0, 1.0)


class Repainter:
    """Rewrites the streams of one file."""

    def __init__(self, pdf: pikepdf.Pdf, inks: Inks, *, opaque: bool) -> None:
        self._pdf, self._inks, self._opaque = pdf, inks, opaque
        self._alphas: dict[Any, tuple[float | None, float | None]] = {}
        self._number = 0

    def repaint(self) -> None:
        """Rewrite every page, form and pattern."""
        for page in self._pdf.pages:
            resources = page.obj.get("/Resources", Dictionary())
            if "/Contents" in page.obj:
                page.obj.Contents = self._pdf.make_stream(self._stream(page, resources))
                self._gradients(resources)
        for one in list(self._pdf.objects):
            if isinstance(one, pikepdf.Stream) and (
                one.get("/Subtype") == Name.Form or one.get("/PatternType") == 1
            ):
                resources = one.get("/Resources", Dictionary())
                one.write(self._stream(one, resources))
                self._gradients(resources)

    def _stream(self, source: Any, resources: Any) -> bytes:
        self._number += 1
        instructions = list(self._instructions(source, resources))
        return pikepdf.unparse_content_stream(instructions) or NOTHING

    def _instructions(self, source: Any, resources: Any) -> Iterator[Any]:
        state, kept = _State(), list[_State]()
        spaces = resources.get("/ColorSpace", Dictionary())
        for instruction in pikepdf.parse_content_stream(source):
            name = str(instruction.operator)
            operands = list(instruction.operands)
            if name == "q":
                kept.append(state)
            elif name == "Q":
                state = kept.pop() if kept else state
            elif name in _SETTING:
                kind, stroke = _SETTING[name]
                state = _with(state, stroke, kind, tuple(map(float, operands)))
                yield from self._set(state, stroke)
                continue
            elif name in ("cs", "CS"):
                kind = _kind(spaces.get(operands[0], operands[0]))
                state = _with(state, name == "CS", kind, _FIRST.get(kind))
                if kind in _FIRST:
                    yield from self._set(state, name == "CS")
                    continue
            elif name in ("sc", "scn", "SC", "SCN"):
                stroke = name.isupper()
                kind = state.kinds[stroke]
                if kind in _FIRST:
                    state = _with(state, stroke, kind, tuple(map(float, operands)))
                    yield from self._set(state, stroke)
                    continue
            elif name == "gs" and self._opaque:
                before, state = state, self._under(state, resources, operands[0])
                yield instruction
                for stroke in (False, True):
                    if state.alphas[stroke] != before.alphas[stroke] and state.colours[stroke]:
                        yield from self._set(state, stroke)
                continue
            yield instruction

    def _set(self, state: _State, stroke: bool) -> Iterator[Any]:
        """Give the instruction that sets the colour in force."""
        colour = state.colours[stroke]
        if colour is None:
            return
        inks = self._inked(state.kinds[stroke], colour)
        if self._opaque and (alpha := state.alphas[stroke]) < 1:
            inks = (1 - (1 - inks[0]) * alpha,) if len(inks) == 1 else tuple(ink * alpha for ink in inks)
        operator = _OPERATORS[len(inks), stroke]
        yield pikepdf.ContentStreamInstruction([round(ink, 5) for ink in inks], Operator(operator))

    def _inked(self, kind: str, colour: Components) -> Components:
        if kind == "grey":
            return self._inks.of_grey(*colour)
        if kind == "cmyk":
            return self._inks.of_cmyk(*colour)
        red, green, blue = of_lab(*colour) if kind == "lab" else colour
        return self._inks.of_rgb(red, green, blue)

    def _under(self, state: _State, resources: Any, name: Any) -> _State:
        """Return the state with the alphas of a graphics state dictionary, which loses them."""
        states = resources.get("/ExtGState", Dictionary())
        if name not in states:
            return state
        given = states[name]
        within = resources.objgen if resources.is_indirect else self._number
        key = given.objgen if given.is_indirect else (within, str(name))
        if key not in self._alphas:
            alphas = tuple(float(given[one]) if one in given else None for one in ("/ca", "/CA"))
            self._alphas[key] = alphas[0], alphas[1]
        fill, stroke = self._alphas[key]
        for one in ("/ca", "/CA", "/SMask", "/BM", "/AIS"):
            if one in given:
                del given[one]
        return replace(
            state,
            alphas=(
                state.alphas[0] if fill is None else fill,
                state.alphas[1] if stroke is None else stroke,
            ),
        )

    def _gradients(self, resources: Any) -> None:
        """Put the gradients that a stream may use into these inks; its named spaces go."""
        for pattern in resources.get("/Pattern", Dictionary()).values():
            if pattern.get("/PatternType") == 2:
                self._gradient(pattern.Shading)
        for shading in resources.get("/Shading", Dictionary()).values():
            self._gradient(shading)
        spaces = resources.get("/ColorSpace", Dictionary())
        for name in list(spaces.keys()):
            if _kind(spaces[name]) in _FIRST:
                del spaces[name]
        if "/ColorSpace" in resources and not len(spaces):
            del resources["/ColorSpace"]

    def _gradient(self, shading: Any) -> None:
        kind = _kind(shading.ColorSpace)
        if kind not in ("rgb", "lab") and not (kind == "cmyk" and self._inks.space == "grey"):
            return
        function = shading.get("/Function")
        if function is None or isinstance(function, Array):
            return
        self._function(function, kind)
        shading.ColorSpace = Name.DeviceGray if self._inks.space == "grey" else Name.DeviceCMYK
        if "/Background" in shading:
            shading.Background = Array(self._inked(kind, tuple(map(float, shading.Background))))

    def _function(self, function: Any, kind: str) -> None:
        """Put the ends of a function of type 2 into these inks, and of all that one of type 3 joins."""
        if function.FunctionType == 3:
            for one in function.Functions:
                self._function(one, kind)
        elif function.FunctionType == 2:
            for end, usual in (("/C0", 0.0), ("/C1", 1.0)):
                colour = tuple(map(float, function.get(end, [usual])))
                if len(colour) == len(_FIRST[kind]):
                    function[end] = Array([round(ink, 5) for ink in self._inked(kind, colour)])
        if "/Range" in function:
            del function["/Range"]


def _with(state: _State, stroke: bool, kind: str, colour: Components | None) -> _State:
    kinds, colours = list(state.kinds), list(state.colours)
    kinds[stroke], colours[stroke] = kind, colour
    return replace(state, kinds=(kinds[0], kinds[1]), colours=(colours[0], colours[1]))


def _kind(space: Any) -> str:
    """Return what a colour space holds: `rgb`, `grey`, `cmyk`, `lab`, or another's name."""
    if isinstance(space, Name):
        return _DEVICE.get(str(space), str(space))
    family = str(space[0])
    if family == "/ICCBased":
        return _BY_COUNT.get(int(space[1].get("/N", 0)), family)
    return "lab" if family == "/Lab" else _DEVICE.get(family, family)
