"""A picture gives up its codes, and no file can take the memory or the time of the program."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from zxingcpp import BarcodeFormat

from desktop.ui.kit.picture_reading import MOST_FILE_BYTES, PictureRefused, read_picture, read_picture_file

GS1 = "(01)09521234543213(17)271231(10)LOTA1(21)SN0001"
SCANNED = "]d201095212345432131727123110LOTA1\x1d21SN0001"


def label(scale: int = 5) -> QImage:
    """A sticker on a table, slightly turned, as a camera sees it."""
    drawn = memoryview(zxingcpp.create_barcode(GS1, BarcodeFormat.DataMatrix, gs1=True).to_image(scale=scale))
    height, width = drawn.shape
    code = QImage(drawn.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
    picture = QImage(900, 600, QImage.Format.Format_RGB32)
    picture.fill(QColor("#D8CFC0"))
    painter = QPainter(picture)
    painter.drawImage(300, 150, code.transformed(QTransform().rotate(7), Qt.TransformationMode.SmoothTransformation))
    painter.end()
    return picture


def file_of(picture: QImage, kind: str) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert picture.save(buffer, kind, 85)
    return bytes(data.data())


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG in one bit a pixel whose head says any size it likes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def bomb(side: int) -> bytes:
    return png(side, side, zlib.compress(b"\x00" * ((side // 8 + 1) * side), 9))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_that_the_code_of_a_photographed_label_is_read(qapp: object, kind: str) -> None:
    assert read_picture(file_of(label(), kind)) == (SCANNED,)


def test_that_a_picture_larger_than_needed_is_made_smaller_and_read(qapp: object) -> None:
    large = label().scaled(6300, 4200, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    assert read_picture(file_of(large, "JPEG")) == (SCANNED,)


def test_that_a_picture_that_a_phone_keeps_on_its_side_is_read(qapp: object) -> None:
    turned = label().transformed(QTransform().rotate(90))
    assert read_picture(file_of(turned, "PNG")) == (SCANNED,)


def test_that_the_code_of_a_picture_without_a_ground_is_read(qapp: object) -> None:
    cut_out = label().convertToFormat(QImage.Format.Format_ARGB32)
    for y in range(cut_out.height()):
        for x in range(cut_out.width()):
            is_dark = cut_out.pixelColor(x, y).lightness() < 128
            cut_out.setPixelColor(x, y, QColor("black") if is_dark else QColor(0, 0, 0, 0))
    assert read_picture(file_of(cut_out, "PNG")) == (SCANNED,)


def test_that_a_picture_without_a_code_gives_none(qapp: object) -> None:
    empty = QImage(200, 100, QImage.Format.Format_RGB32)
    empty.fill(QColor("white"))
    assert read_picture(file_of(empty, "PNG")) == ()


def test_that_a_picture_bomb_is_refused_by_the_size_it_declares(qapp: object) -> None:
    with pytest.raises(PictureRefused, match=r"12,000 × 12,000 pixels.*64 million"):
        read_picture(bomb(12_000))


def test_that_a_picture_bomb_takes_no_memory() -> None:
    """In a process of its own, so that the most memory it ever had is its own."""
    pytest.importorskip("resource", reason="this system does not tell a process the most memory it had")
    program = """
import desktop, resource, sys
from desktop.ui.kit.picture_reading import PictureRefused, read_picture
data = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_picture(data)
except PictureRefused as refusal:
    print(refusal)
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(grown // (1024 * 1024 if sys.platform == "darwin" else 1024))
"""
    data = bomb(12_000)
    assert len(data) < 30_000
    answer = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
    sentence, grown_mb = answer.stdout.decode().splitlines()
    assert "12,000 × 12,000" in sentence
    assert int(grown_mb) < 32


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        b"\x89PNG\r\n\x1a\n",
        png(0, 0, b""),
        png(2**31 - 1, 2**31 - 1, b""),
        png(400, 400, b"no pixels"),
    ],
)
def test_that_what_is_no_sound_picture_is_refused_in_a_sentence(qapp: object, data: bytes) -> None:
    with pytest.raises(PictureRefused, match="Take another picture"):
        read_picture(data)


def test_that_a_file_too_large_for_a_picture_is_refused_unread(qapp: object) -> None:
    with pytest.raises(PictureRefused, match="larger than 60 MB"):
        read_picture(bytes(MOST_FILE_BYTES + 1))


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(1, 40))
@settings(max_examples=60)
def test_that_a_damaged_picture_is_refused_or_read(noise: bytes, place: int, cut: int) -> None:
    sound = SOUND
    damaged = sound[:place] + noise + sound[place + cut :]
    try:
        codes = read_picture(damaged)
    except PictureRefused:
        return
    assert set(codes) <= {SCANNED}


SOUND = png(16, 16, zlib.compress(b"\x00\xff\xff" * 16))


def test_that_a_file_is_read_and_one_that_is_not_there_is_said(qapp: object, tmp_path: Path) -> None:
    file = tmp_path / "label.jpg"
    file.write_bytes(file_of(label(), "PNG"))
    assert read_picture_file(file) == (SCANNED,)
    with pytest.raises(PictureRefused, match=r"nowhere\.png could not be read"):
        read_picture_file(tmp_path / "nowhere.png")
