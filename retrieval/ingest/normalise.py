"""Make text out of bytes, once: everything after this counts in characters of the result."""

from __future__ import annotations

import codecs
import re
import unicodedata

from retrieval.errors import LoadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins the same way
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEWLINES = re.compile(r"\r\n?")
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes) -> str:
    """Decode UTF-8, or UTF-16 and UTF-32 that say so with a byte order mark."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    if encoding in ("utf-8", "utf-8-sig") and b"\0" in data:
        raise LoadError(
            "This is not a text file: it holds NUL bytes.",
            "Give it the suffix of its real format, or move it out of the corpus folder.",
        )
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise LoadError(
            f"It is not valid {encoding.upper().removesuffix('-SIG')}: "
            f"byte 0x{data[error.start]:02x} at offset {error.start} has no meaning there.",
            "Save the file with the encoding UTF-8.",
        ) from error


def normalise(text: str) -> str:
    """Newlines become LF, characters are composed (NFC), a byte order mark is dropped.

    Nothing else changes: control and direction characters are the text's own, and whoever shows
    the text makes them harmless.
    """
    text = _NEWLINES.sub("\n", text.lstrip("\ufeff"))
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))
