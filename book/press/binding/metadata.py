"""What the bound file says of itself: document information, XMP, language."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name, Pdf, Stream

from book.direction import direction
from book.model import Metadata
from book.press.binding.catalogue import text

MAKER = "Octavo"


def describe(pdf: Pdf, metadata: Metadata, *, tagged: bool) -> None:
    """Write the book's metadata into the file, in both of the forms that readers look for."""
    info = {
        "/Title": metadata.title,
        "/Author": ", ".join(metadata.authors),
        "/Subject": metadata.description or metadata.subtitle or "",
        "/Keywords": ", ".join(metadata.subjects),
        "/Creator": MAKER,
        "/Producer": f"{MAKER}, WeasyPrint",
    }
    entries = {name: text(value) for name, value in info.items() if value}
    if metadata.modified:
        stamp = text(metadata.modified.strftime("D:%Y%m%d%H%M%SZ"))
        entries |= {"/CreationDate": stamp, "/ModDate": stamp}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(entries))
    packet = Stream(pdf, _xmp(metadata, tagged=tagged).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)
    pdf.Root.Lang = text(metadata.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if direction(metadata.language) == "rtl":
        pdf.Root.ViewerPreferences.Direction = Name.R2L


def _xmp(metadata: Metadata, *, tagged: bool) -> str:
    described = metadata.description or metadata.subtitle
    date = metadata.modified.strftime("%Y-%m-%dT%H:%M:%SZ") if metadata.modified else ""
    properties = [
        f"<dc:title>{_alternatives(metadata.title)}</dc:title>",
        f"<dc:creator>{_list('Seq', metadata.authors)}</dc:creator>" if metadata.authors else "",
        f"<dc:description>{_alternatives(described)}</dc:description>" if described else "",
        f"<dc:subject>{_list('Bag', metadata.subjects)}</dc:subject>" if metadata.subjects else "",
        f"<dc:language>{_list('Bag', [metadata.language])}</dc:language>",
        f"<dc:identifier>{escape(metadata.identifier)}</dc:identifier>",
        f"<dc:publisher>{_list('Bag', [metadata.publisher])}</dc:publisher>" if metadata.publisher else "",
        f"<dc:rights>{_alternatives(metadata.rights)}</dc:rights>" if metadata.rights else "",
        f"<pdf:Keywords>{escape(', '.join(metadata.subjects))}</pdf:Keywords>" if metadata.subjects else "",
        f"<pdf:Producer>{MAKER}, WeasyPrint</pdf:Producer>",
        f"<xmp:CreatorTool>{MAKER}</xmp:CreatorTool>",
        f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>" if date else "",
        "<pdfuaid:part>1</pdfuaid:part>" if tagged else "",
    ]
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{_NAMESPACES}>\n'
        + "\n".join(line for line in properties if line)
        + '\n</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    )


_NAMESPACES = "".join(
    f' xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("pdf", "http://ns.adobe.com/pdf/1.3/"),
        ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
        ("xmp", "http://ns.adobe.com/xap/1.0/"),
    )
)


def _alternatives(value: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt>'


def _list(kind: str, values: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
    return f"<rdf:{kind}>{items}</rdf:{kind}>"
