"""One recovery to print, and a reader of what was printed."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from desktop.documents.handout import HandoutTemplate, bundled_template
from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.recovery_handout import DayLine, RecoveryHandout

SURGERY_ON = dt.date(2026, 12, 4)


@dataclass
class Printed:
    """`pages` holds the words of each page on one line; `sizes` are in points, 72 to the inch."""

    pages: list[str]
    sizes: list[tuple[int, int]]
    images: list[QImage]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    def ink_right_of(self, share: float) -> bool:
        """Whether anything is drawn in the part of a page that lies right of `share` of its width."""
        return any(
            image.pixelColor(x, y).lightness() < 200
            for image in self.images
            for x in range(int(image.width() * share), image.width())
            for y in range(image.height())
        )


@pytest.fixture
def read_pdf(qtbot: QtBot) -> Callable[[bytes], Printed]:
    def read(pdf: bytes) -> Printed:
        buffer = QBuffer()
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(buffer)
        numbers = range(document.pageCount())
        sizes = [document.pagePointSize(number).toSize() for number in numbers]
        printed = Printed(
            [_words(document.getAllText(number).text()) for number in numbers],
            [(size.width(), size.height()) for size in sizes],
            [_on_white(document.render(number, sizes[number])) for number in numbers],
        )
        document.close()
        return printed

    return read


def _words(text: str) -> str:
    """Without what only steers the line: break opportunities, and the isolates round a name written right to left."""
    seen = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Co") and c != "\ufffe")
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _on_white(page: QImage) -> QImage:
    white = QImage(QSize(page.width(), page.height()), QImage.Format.Format_RGB32)
    white.fill(0xFFFFFFFF)
    painter = QPainter(white)
    painter.drawImage(0, 0, page)
    painter.end()
    return white


def day(number: int, *text: str) -> DayLine:
    label = "Surgery day" if number == 0 else f"Day {number}"
    return DayLine(label, SURGERY_ON + dt.timedelta(days=number), text)


@pytest.fixture
def practice() -> PracticeLines:
    return PracticeLines("Harbour Plastic Surgery", ("12 Quay Street", "Portland"), "555-0100", "555-0199", "911")


@pytest.fixture
def patient() -> PatientLines:
    return PatientLines("Rosalind Okafor", dt.date(1981, 3, 14), "004217")


@pytest.fixture
def handout(practice: PracticeLines, patient: PatientLines) -> RecoveryHandout:
    return RecoveryHandout(
        practice=practice,
        patient=patient,
        surgeon_name="Dr. A. Marchetti",
        surgery_on=SURGERY_ON,
        routine_after_days=7,
        routine_set_by="Dr. A. Marchetti",
        responsible_adult="Grace Okafor",
        days=(
            day(0, "Go home with your responsible adult.", "Rest with your upper body raised."),
            day(1, "Start short walks.", "Take your temperature twice."),
            day(7, "Ask before you lift more than 4.5 kg (10 lb)."),
        ),
        red_flags=(
            ("Chest pain, trouble breathing or fainting", "Call emergency services"),
            ("One breast quickly gets bigger and tight", "Call us now"),
            ("Pain or swelling in one calf", "Call us now"),
        ),
        call_temperature="38.0 °C (100.4 °F)",
        issued_on=dt.date(2026, 11, 22),
        version="3",
        drains=("RIGHT drain", "LEFT drain"),
        medicines=("Paracetamol 1 g every 6 hours",),
        visits=("Friday 11 December 2026, 09:15, week 1 review",),
        protocol_approved_by="Dr. A. Marchetti",
    )


@pytest.fixture
def template() -> HandoutTemplate:
    return bundled_template("recovery", "en")
