"""Which files may be kept with a record, told by their first bytes and never by their names."""

from __future__ import annotations

from typing import Final

from desktop.rules.reading import clean_line

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
ENDINGS: Final = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg"}
WORDS: Final = {PDF: "PDF", PNG: "PNG picture", JPEG: "JPEG picture"}
MOST_BYTES: Final = 20_000_000
"""Our own limit: a scanned form of forty pages in gray has half of it, and every backup carries all of them."""

_BEGINS: Final = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_PDF_WITHIN: Final = 1024
"""Some programs write a few bytes before `%PDF-`, which readers accept within the first kilobyte."""


def media_type_of(data: bytes) -> str | None:
    """What the bytes are, by how they begin; None for whatever is not kept."""
    for begin, media_type in _BEGINS:
        if data.startswith(begin):
            return media_type
    return PDF if b"%PDF-" in data[:_PDF_WITHIN] else None


def refusal(data: bytes) -> str:
    """Why such a file cannot be kept, as a sentence; empty when it can."""
    if not data:
        return "This file is empty: there is nothing in it to keep."
    if len(data) > MOST_BYTES:
        return too_large(len(data))
    if media_type_of(data) is None:
        return "This file is no PDF, PNG or JPEG. Save it as a PDF where it was made, and add that."
    return ""


def too_large(size_bytes: int) -> str:
    return (
        f"This file has {show_size(size_bytes)}, and at most {show_size(MOST_BYTES)} are kept. Scan it in gray or at a "
        "lower resolution, or add its pages as several files."
    )


def show_size(size_bytes: int) -> str:
    """`840 kB`, `3.2 MB`."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000)):,} kB"
    return f"{size_bytes / 1_000_000:,.1f} MB"


def proposed_title(file_name: str) -> str:
    """The file's name without its ending, as a title that a person looks at first: it may hold somebody's name."""
    stem = file_name.rpartition(".")[0] or file_name
    return clean_line(stem.replace("_", " "))[:200]
