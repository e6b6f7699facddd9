"""What makes a PDF keep a standard: PDF/X-1a:2001, PDF/X-4, PDF/A-2a or PDF/A-3a."""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from book.errors import BookError
from book.finish import Finish
from book.finishing import profiles

_REGISTRY = "http://www.color.org"
_PRINTED = 4
"""The flag of an annotation that is printed (ISO 32000-1 §12.5.3)."""
_PARTS = {"a-2a": 2, "a-3a": 3}


def keep(pdf: pikepdf.Pdf, finish: Finish, profile: bytes | None) -> None:
    """Write into the file what its standard asks for; `profile` is the ICC profile of the condition.

    Raises BookError where the standard needs a profile and there is none.
    """
    if finish.standard == "x-1a":
        _x1a(pdf, finish, profile)
    elif finish.standard == "x-4":
        _x4(pdf, finish, profile)
    elif finish.standard in _PARTS:
        _archive(pdf, _PARTS[finish.standard])


def _x1a(pdf: pikepdf.Pdf, finish: Finish, profile: bytes | None) -> None:
    """Keep ISO 15930-1:2001: PDF 1.3, nothing that shines through, an intent by name or profile."""
    _say(pdf, GTS_PDFXVersion="PDF/X-1:2001", GTS_PDFXConformance="PDF/X-1a:2001")
    _intend(pdf, finish, profile)
    for key in ("/Metadata", "/StructTreeRoot", "/MarkInfo", "/ViewerPreferences", "/Lang"):
        if key in pdf.Root:
            del pdf.Root[key]
    for one in pdf.objects:
        if isinstance(one, Dictionary | pikepdf.Stream):
            for key in ("/Group", "/StructParents", "/StructParent", "/Tabs", "/SMask", "/ca", "/CA", "/BM"):
                if key in one and (key != "/SMask" or one.get("/Type") == Name.ExtGState):
                    del one[key]


def _x4(pdf: pikepdf.Pdf, finish: Finish, profile: bytes | None) -> None:
    """Keep ISO 15930-7: PDF 1.6, an intent with its profile, and XMP that says so."""
    if profile is None and finish.colour != "grey":
        raise BookError(
            "PDF/X-4 in colour needs the colour profile of the printing condition",
            hint='get it from the printer, and name it: `intent = "colour/PSOcoated_v3.icc"`',
        )
    _say(pdf)
    _intend(pdf, finish, profile or profiles.grey())
    name = uuid5(NAMESPACE_URL, str(pdf.trailer.Info.get("/Title", "")))
    properties = (
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
        f"<xmpMM:DocumentID>uuid:{name}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>"
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass><pdf:Trapped>False</pdf:Trapped>"
        f"<xmp:MetadataDate>{_stamp(pdf)}</xmp:MetadataDate>"
    )
    spaces = {
        "pdfxid": "http://www.npes.org/pdfx/ns/id/",
        "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    }
    _describe(pdf, spaces, properties)


def _archive(pdf: pikepdf.Pdf, part: int) -> None:
    """Keep ISO 19005: sRGB as the intent, and XMP that says so and explains PDF/UA's own property."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=_embedded(pdf, profiles.srgb(), 3),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            annotation.F = _PRINTED
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and "/Interpolate" in one:
            del one["/Interpolate"]
    spaces = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/"}
    _describe(
        pdf,
        spaces,
        f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        _EXPLAINED,
    )


def _say(pdf: pikepdf.Pdf, **entries: str) -> None:
    """Write the entries of the document information that both PDF/X ask for."""
    info = pdf.trailer.Info
    for name, value in entries.items():
        info[f"/{name}"] = String(value)
    info.Trapped = Name("/False")
    for name in ("/CreationDate", "/ModDate"):
        if name not in info:
            info[name] = String("D:20000101000000Z")


def _intend(pdf: pikepdf.Pdf, finish: Finish, profile: bytes | None) -> None:
    """Name the printing condition (ISO 15930-1 §6.1.3), with its profile where there is one."""
    condition = _condition(profile) or finish.intent
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition or "Custom"),
        Info=String(condition or "black ink on white paper"),
    )
    if profile is None:
        intent.RegistryName = String(_REGISTRY)
    else:
        channels = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}[profile[16:20]]
        intent.DestOutputProfile = _embedded(pdf, profile, channels)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _condition(profile: bytes | None) -> str:
    """Return what a profile calls the printing condition that it is of."""
    if profile is None:
        return ""
    from PIL import ImageCms

    return str(ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))).strip()


def _embedded(pdf: pikepdf.Pdf, profile: bytes, channels: int) -> Any:
    stream = pdf.make_stream(profile)
    stream.N = channels
    return stream


def _stamp(pdf: pikepdf.Pdf) -> str:
    """Return the moment of the last change as XMP writes it."""
    said = str(pdf.trailer.Info.ModDate)[2:16]
    date, time = said[:8], said[8:]
    return f"{date[:4]}-{date[4:6]}-{date[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}Z"


def _describe(pdf: pikepdf.Pdf, spaces: dict[str, str], properties: str, more: str = "") -> None:
    """Put properties into the XMP that the file has."""
    packet = pdf.Root.Metadata
    text = packet.read_bytes().decode("utf-8")
    declared = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in spaces.items())
    if "<xmp:CreateDate>" not in text:
        properties += "".join(f"<xmp:{one}Date>{_EPOCH}</xmp:{one}Date>" for one in ("Create", "Modify"))
    text = text.replace("<rdf:Description ", f"<rdf:Description{declared} ", 1)
    closed = re.compile(r"</rdf:Description>\s*</rdf:RDF>")
    text = closed.sub(lambda _: f"{properties}</rdf:Description>{more}</rdf:RDF>", text, count=1)
    packet.write(text.encode())


_EPOCH = "2000-01-01T00:00:00Z"

# PDF/A explains every property that is not its own: here the part of PDF/UA (ISO 19005-2 §6.6.2.3.3).
_EXPLAINED = (
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    "<pdfaExtension:schemas><rdf:Bag>"
    '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>'
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>the part of PDF/UA that the file keeps</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
