"""A file is looked at before anything of it is kept; whatever is wrong with it is a sentence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage

from desktop.rules.attachment import MOST_BYTES
from desktop.ui.kit import file_reading
from desktop.ui.kit.file_reading import FileRefused, Reading, ReadingStopped
from tests.files import LOCKED_PDF, pdf, picture

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def reading() -> Iterator[Reading]:
    owner = QObject()
    yield Reading(owner)
    owner.deleteLater()


def refused(reading: Reading, path: Path) -> str:
    with pytest.raises(FileRefused) as refusal:
        reading.read(path)
    return str(refusal.value)


@pytest.mark.parametrize("made", [pdf, picture, lambda: picture(b"jpeg")])
def test_that_a_whole_file_is_read_byte_for_byte_wherever_it_lies(
    reading: Reading, tmp_path: Path, made: Callable[[], bytes]
) -> None:
    folder = tmp_path / "Žižková & Søn (2026)"
    folder.mkdir()
    path = folder / "scan of “the form”.xyz"
    data = made()
    path.write_bytes(data)
    heard: list[tuple[int, int]] = []
    reading.advanced.connect(lambda done, total: heard.append((done, total)))
    assert reading.read(path) == data
    assert heard[-1] == (len(data), len(data))


SPOILED = {
    "empty": (lambda: b"", "empty"),
    "text called .pdf": (lambda: b"hello", "no PDF, PNG or JPEG"),
    "program": (lambda: b"MZ" + bytes(400), "no PDF, PNG or JPEG"),
    "half a PDF": (lambda: pdf()[: len(pdf()) // 2], "PDF is damaged"),
    "head of a PDF": (lambda: b"%PDF-1.7\n", "PDF is damaged"),
    "locked PDF": (lambda: LOCKED_PDF, "locked with a password"),
    "half a PNG": (lambda: picture(width=600, height=400)[:400], "PNG picture is damaged"),
    "head of a PNG": (lambda: picture()[:20], "PNG picture is damaged"),
    "half a JPEG": (lambda: picture(b"jpeg")[: len(picture(b"jpeg")) // 2], "JPEG picture is damaged"),
    "JPEG without its end": (lambda: picture(b"jpeg")[:-2], "JPEG picture is damaged"),
    "bomb": (
        lambda: picture()[:16] + (30_000).to_bytes(4, "big") * 2 + picture()[24:],
        "30,000 × 30,000 pixels large, and at most 64 million|damaged",
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_that_a_spoiled_file_is_refused_in_a_sentence(reading: Reading, tmp_path: Path, name: str) -> None:
    made, said = SPOILED[name]
    path = tmp_path / "report.pdf"
    path.write_bytes(made())
    with pytest.raises(FileRefused, match=said):
        reading.read(path)


def test_that_a_folder_a_pipe_and_what_is_gone_are_refused_at_once(reading: Reading, tmp_path: Path) -> None:
    assert "no file with pages" in refused(reading, tmp_path)
    assert "could not be read" in refused(reading, tmp_path / "gone.pdf")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.pdf")
        assert "no file with pages" in refused(reading, tmp_path / "pipe.pdf")


def test_that_a_file_that_is_too_large_is_refused_before_it_is_read(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    heard: list[int] = []
    reading.advanced.connect(lambda done, _total: heard.append(done))
    assert "at most 20.0 MB" in refused(reading, path)
    assert heard == []


def test_that_reading_stops_when_it_is_told_to(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_reading, "_PIECE", 100)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf())
    heard: list[int] = []

    def stop_soon(done: int, _total: int) -> None:
        heard.append(done)
        reading.stop()

    reading.advanced.connect(stop_soon)
    with pytest.raises(ReadingStopped, match="nothing of the file is kept"):
        reading.read(path)
    assert heard == [100]


def test_that_a_pasted_picture_becomes_a_png_with_every_pixel(reading: Reading) -> None:
    copied = QImage(30, 20, QImage.Format.Format_ARGB32)
    copied.fill(QColor("#a05010"))
    encoded = reading.encode(copied)
    again = QImage.fromData(encoded)
    assert encoded.startswith(b"\x89PNG")
    assert (again.width(), again.height(), again.pixelColor(7, 9).name()) == (30, 20, "#a05010")
