"""Word documents: paragraphs, lists and tables in order; tracked changes read as accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from retrieval.errors import LoadError
from retrieval.ingest.load.document import Extraction, one_line, sensible_title
from retrieval.model import BlockKind, Document

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_MAX_UNPACKED = 400_000_000
_XML_NO_MEMORY = 2
"""How the XML parser says so: with no message, and the type of any other syntax error."""
_OLE = b"\xd0\xcf\x11\xe0"
_HEADING = re.compile(r"heading ([1-9])\Z")
_LIST = re.compile(r"list\b")

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_CONTENT_CONTROL, _CONTROL_CONTENT = qn("w:sdt"), qn("w:sdtContent")
_TRANSPARENT = {
    qn(name)
    for name in "w:r w:ins w:moveTo w:hyperlink w:smartTag w:fldSimple w:sdt w:sdtContent".split()
}
"""What text may be wrapped in. Deleted and moved-away text, field codes and notes are not."""
_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}


def load_docx(data: bytes, source: str) -> Document:
    """Load a Word document; its text is what was extracted. It has no fixed pages."""
    _check_archive(data)
    try:
        document = docx.Document(BytesIO(data))
        reading = _Reading(_style_names(document))
        reading.body(document.element.body)
        title = sensible_title(document.core_properties.title)
    except Exception as error:  # a damaged file fails anywhere in the parsers, with any type
        if isinstance(error, MemoryError) or getattr(error, "code", None) == _XML_NO_MEMORY:
            raise MemoryError from error
        raise LoadError(
            f"The Word document is damaged: {type(error).__name__}.",
            "Open it in Word or LibreOffice and save it again.",
        ) from error
    main_heading = reading.extraction.outline.main
    return reading.extraction.document(source, reading.title or title or main_heading)


def _check_archive(data: bytes) -> None:
    if data.startswith(_OLE):
        raise LoadError(
            "This is an encrypted or an old (.doc) Word document.",
            "Save it as .docx without a password.",
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise LoadError(
            "This is not a Word document, or it is damaged.",
            "Open it in Word or LibreOffice and save it as .docx.",
        ) from error
    if unpacked > _MAX_UNPACKED:
        raise LoadError(
            f"The Word document unpacks to {unpacked / 1e6:,.0f} MB.",
            "Remove what it embeds, or split it.",
        )


def _style_names(document: docx.document.Document) -> dict[str, str]:
    """The built-in style that each style is, or is based on, by id."""
    names = {}
    for style in document.styles:
        if style.type != WD_STYLE_TYPE.PARAGRAPH:
            continue
        built_in, depth = style, 0
        while not _tells(built_in.name) and built_in.base_style is not None and depth < 20:
            built_in, depth = built_in.base_style, depth + 1
        names[str(style.style_id)] = str(built_in.name or "").lower()
    return names


def _tells(name: str | None) -> bool:
    lower = (name or "").lower()
    return lower == "title" or bool(_HEADING.match(lower) or _LIST.match(lower))


class _Reading:
    """One pass over a document's body."""

    def __init__(self, style_names: dict[str, str]) -> None:
        self._style_names = style_names
        self.extraction = Extraction()
        self.title: str | None = None

    def body(self, element: BaseOxmlElement) -> None:
        """Read paragraphs and tables, also those inside content controls."""
        for child in element:
            if child.tag == _PARAGRAPH:
                self._paragraph(child)
            elif child.tag == _TABLE:
                self._table(child)
            elif child.tag in (_CONTENT_CONTROL, _CONTROL_CONTENT):
                self.body(child)

    def _paragraph(self, paragraph: BaseOxmlElement) -> None:
        text = "".join(_text(paragraph))
        style = self._style_names.get(paragraph.style or "", "")
        level = _HEADING.match(style)
        if style == "title":
            self.title = self.title or one_line(text) or None
        elif level:
            self.extraction.heading(int(level[1]), text)
        elif _LIST.match(style) or _is_numbered(paragraph):
            self.extraction.block(text, BlockKind.ITEM)
        else:
            self.extraction.block(text)

    def _table(self, table: BaseOxmlElement) -> None:
        for row in table.iter(_ROW):
            cells = [" ".join(_cell(cell)) for cell in row.iter(_CELL)]
            self.extraction.block(" | ".join(map(one_line, cells)), BlockKind.ROW)


def _cell(cell: BaseOxmlElement) -> Iterator[str]:
    for paragraph in cell.iter(_PARAGRAPH):
        yield "".join(_text(paragraph))


def _text(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag in _TRANSPARENT:
            yield from _text(child)


def _is_numbered(paragraph: BaseOxmlElement) -> bool:
    properties = paragraph.pPr
    return properties is not None and properties.numPr is not None
