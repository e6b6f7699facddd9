"""The original posts inside the book's PDF (ISO 19005-3 §6.8: associated files)."""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_MEDIA_TYPE = Name("/text/markdown")


def attach(pdf: pikepdf.Pdf, files: Mapping[str, bytes]) -> None:
    """Put files into the PDF by their names, as sources of it."""
    moment = pdf.trailer.Info.get("/ModDate", String("D:20000101000000Z"))
    specifications, names = Array(), Array()
    for name in sorted(files):
        stream = pdf.make_stream(files[name])
        stream.Type, stream.Subtype = Name.EmbeddedFile, _MEDIA_TYPE
        stream.Params = Dictionary(ModDate=moment, Size=len(files[name]))
        specification = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(name),
                UF=String(name),
                Desc=String("the post as it was written"),
                EF=Dictionary(F=stream, UF=stream),
                AFRelationship=Name.Source,
            )
        )
        specifications.append(specification)
        names.append(String(name))
        names.append(specification)
    pdf.Root.AF = specifications
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=names)
