"""Which files may be kept, told by their first bytes."""

from __future__ import annotations

import pytest

from desktop.rules.attachment import (
    JPEG,
    MOST_BYTES,
    PDF,
    PNG,
    media_type_of,
    proposed_title,
    refusal,
    show_size,
    too_large,
)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", PDF),
        (b"\x89PNG\r\n\x1a\n....", PNG),
        (b"\xff\xd8\xff\xe0....", JPEG),
        (b"MZ\x90\x00 an executable", None),
        (b"PK\x03\x04 an archive", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
        (b" " * 2000 + b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_that_a_file_is_what_its_first_bytes_say(data: bytes, media_type: str | None) -> None:
    assert media_type_of(data) == media_type


def test_that_an_empty_a_strange_and_a_too_large_file_are_refused_in_words() -> None:
    assert refusal(b"%PDF-1.7") == ""
    assert "empty" in refusal(b"")
    assert "no PDF, PNG or JPEG" in refusal(b"hello")
    assert refusal(b"%PDF-" + bytes(MOST_BYTES)) == too_large(MOST_BYTES + 5)
    assert "20.0 MB, and at most 20.0 MB are kept" in too_large(MOST_BYTES + 5)


def test_that_sizes_are_short() -> None:
    assert [show_size(size) for size in (1, 840_400, 3_240_000)] == ["1 kB", "840 kB", "3.2 MB"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("MRI_report 2026.pdf", "MRI report 2026"),
        (".hidden", ".hidden"),
        ("Žižková \u202e scan.jpeg", "Žižková scan"),
        ("no ending", "no ending"),
        ("x" * 300 + ".pdf", "x" * 200),
    ],
)
def test_that_a_title_is_proposed_from_the_name_of_the_file(name: str, title: str) -> None:
    assert proposed_title(name) == title
