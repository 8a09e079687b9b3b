"""The card a patient carries: every fact whole, unknown said as unknown, and a code that can be read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import zxingcpp
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from desktop.documents.device_card import CardDevice, DeviceCard, render_device_card
from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.errors import DocumentIncomplete
from desktop.models.choices import UNKNOWN, CardFormat, PaperSize
from desktop.rules.device_card import CardCode

Reader = Callable[[bytes], Any]
GS1 = CardCode("(01)00643169001763(10)7654321D(21)21A11F4855", is_gs1=True)
HIBCC = CardCode("+A999BI4101/$$+3270331SN0001%", is_gs1=False)
FACTS = {
    "manufacturer": "Mentor", "product": "MemoryGel Xtra, 350-3251BC", "volume": "325 mL", "fill": "Silicone gel",
    "surface": "Smooth", "shape": "Round, moderate plus", "serial": "21A11F4855", "lot": "7654321D",
    "plane": "Dual plane II", "put_in": "12 May 2014", "surgeon": "Dr. Lindqvist",
}  # fmt: skip
LONGEST = FACTS | {
    "manufacturer": "POLYTECH Health & Aesthetics (formerly Silimed Europe)",
    "product": "Mesmo Optimam SublimeLine anatomical form-stable, 20746-325MO",
    "surgeon": "Prof. Dr. Wilhelmina-Alexandra von Hohenstaufen-Lichtenberg, Universitätsklinikum",
    "serial": "S1234567890123456789", "lot": "L1234567890123456789",
}  # fmt: skip


@pytest.fixture
def card(practice: PracticeLines, patient: PatientLines) -> DeviceCard:
    right = CardDevice(dict(FACTS), GS1)
    left = CardDevice(FACTS | {"serial": UNKNOWN, "lot": UNKNOWN, "surface": None}, HIBCC)
    return DeviceCard(practice, patient, (right,), (left,), dt.date(2026, 11, 23))


def codes(pdf: bytes) -> list[tuple[str, str]]:
    """What a scanner reads from the printed pages: the raw text and the kind of symbol."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    found = []
    for number in range(document.pageCount()):
        size = (document.pagePointSize(number) * 300 / 72).toSize()
        paper = QImage(size, QImage.Format.Format_RGB32)
        paper.fill(0xFFFFFFFF)
        painter = QPainter(paper)
        painter.drawImage(0, 0, document.render(number, size))
        painter.end()
        grey = paper.convertToFormat(QImage.Format.Format_Grayscale8)
        shades = memoryview(bytes(grey.constBits())).cast("B", (grey.height(), grey.bytesPerLine()))
        found += [(read.bytes.decode("ascii"), read.symbology_identifier) for read in zxingcpp.read_barcodes(shades)]
    document.close()
    return found


def unbroken(text: str) -> str:
    """Without what may stand at the end of a line."""
    return text.replace(" ", "").replace("-", "")


def refusal(card: DeviceCard, size: CardFormat) -> dict[str, str]:
    with pytest.raises(DocumentIncomplete) as refused:
        render_device_card(card, size)
    return refused.value.missing


def test_that_a_card_has_the_size_of_a_credit_card_and_a_page_for_each_side(card: DeviceCard, read_pdf: Reader) -> None:
    printed = read_pdf(render_device_card(card, CardFormat.CARD))
    assert printed.sizes == [(243, 153), (243, 153)]  # 85.60 mm × 53.98 mm
    assert printed.pages[0].startswith("RIGHT")
    assert printed.pages[1].startswith("LEFT")
    assert "LEFT" not in printed.pages[0]
    assert "RIGHT" not in printed.pages[1]


def test_that_a6_holds_both_sides(card: DeviceCard, read_pdf: Reader) -> None:
    printed = read_pdf(render_device_card(card, CardFormat.A6))
    assert printed.sizes == [(298, 420)]
    assert printed.text.index("RIGHT") < printed.text.index("LEFT")


@pytest.mark.parametrize(("paper", "size"), [(PaperSize.LETTER, (612, 792)), (PaperSize.A4, (595, 842))])
def test_that_both_faces_stand_beside_each_other_on_the_practices_paper(
    card: DeviceCard, read_pdf: Reader, paper: PaperSize, size: tuple[int, int]
) -> None:
    sheet = replace(card, practice=replace(card.practice, paper_size=paper))
    printed = read_pdf(render_device_card(sheet, CardFormat.SHEET))
    assert printed.sizes == [size]
    assert "fold in the middle" in printed.text


@pytest.mark.parametrize("size", CardFormat)
def test_that_every_page_names_the_patient_the_practice_and_the_day(
    card: DeviceCard, read_pdf: Reader, size: CardFormat
) -> None:
    for page in read_pdf(render_device_card(card, size)).pages:
        for words in (
            "Rosalind Okafor", "Born 14 March 1981", "Record 004217", "Harbour Plastic Surgery", "555-0100",
            "Our summary of 23 November 2026, version 1", "does not replace the maker's own card",
        ):  # fmt: skip
            assert words in page, words


@pytest.mark.parametrize("size", CardFormat)
def test_that_every_fact_stands_on_it_and_unknown_is_not_the_same_as_not_asked(
    card: DeviceCard, read_pdf: Reader, size: CardFormat
) -> None:
    text = read_pdf(render_device_card(card, size)).text
    assert all(value in text for value in FACTS.values())
    assert "Serial unknown" in text
    assert "Surface not recorded" in text
    assert "Use by" not in text  # printed only where it is known


def test_that_an_expiry_stands_there_when_it_is_known(card: DeviceCard, read_pdf: Reader) -> None:
    dated = replace(card, right=(CardDevice(FACTS | {"expires": "12 July 2019"}, GS1),))
    assert "Use by 12 July 2019" in read_pdf(render_device_card(dated, CardFormat.CARD)).pages[0]


@pytest.mark.parametrize("size", CardFormat)
def test_that_the_printed_codes_read_back(card: DeviceCard, qtbot: QtBot, size: CardFormat) -> None:
    elements = "010064316900176310" + "7654321D" + "\x1d" + "21" + "21A11F4855"
    assert sorted(codes(render_device_card(card, size))) == sorted([(elements, "]d2"), (HIBCC.text, "]Q1")])


def test_that_a_card_without_an_identifier_says_so_and_shows_no_code(
    card: DeviceCard, qtbot: QtBot, read_pdf: Reader
) -> None:
    plain = replace(card, right=(CardDevice(FACTS, None),), left=())
    pdf = render_device_card(plain, CardFormat.CARD)
    assert codes(pdf) == []
    printed = read_pdf(pdf)
    assert "No code: the identifier of this device is not in our record." in printed.pages[0]
    assert "No device in place by our record" in printed.pages[1]


@pytest.mark.parametrize("size", CardFormat)
def test_that_the_longest_facts_are_whole(card: DeviceCard, read_pdf: Reader, size: CardFormat) -> None:
    name = "Maria-Alejandra Guadalupe Fernández de Córdoba y Hohenstaufen-Wittelsbach"
    long = CardDevice(LONGEST, CardCode("(01)00643169001763(10)L1234567890123456789(21)S1234567890123456789", True))
    tight = replace(card, patient=replace(card.patient, full_name=name), right=(long,), left=(long,))
    printed = read_pdf(render_device_card(tight, size))
    text = unbroken(printed.text)
    assert all(text.count(unbroken(value)) >= 2 for value in LONGEST.values())
    assert unbroken(name) in text
    assert not printed.ink_right_of(0.97)


def test_that_what_does_not_fit_is_refused_and_never_cut(card: DeviceCard) -> None:
    endless = CardDevice(FACTS | {"surgeon": "endless " * 60}, GS1)
    missing = refusal(replace(card, left=(endless,)), CardFormat.CARD)
    assert missing == {
        "room": "The facts of LEFT do not fit on a card of this size, and none may be left out. Print the A6 card."
    }
    assert "Shorten the longest answers" in refusal(replace(card, left=(endless,) * 9), CardFormat.A6)["room"]


def test_that_a_device_left_in_without_function_says_so(card: DeviceCard, read_pdf: Reader) -> None:
    two = (CardDevice(FACTS, GS1), CardDevice({"manufacturer": "Heyer-Schulte"}, None, has_no_function=True))
    text = read_pdf(render_device_card(replace(card, left=two), CardFormat.A6)).text
    assert "Left in, without function Manufacturer Heyer-Schulte" in text


def test_that_markup_in_a_fact_is_letters(card: DeviceCard, read_pdf: Reader) -> None:
    odd = CardDevice(FACTS | {"manufacturer": "#eval(`x`) *b*"}, None)
    assert "#eval(`x`) *b*" in read_pdf(render_device_card(replace(card, right=(odd,)), CardFormat.CARD)).text


def test_that_a_demo_card_says_so(card: DeviceCard, read_pdf: Reader) -> None:
    for page in read_pdf(render_device_card(replace(card, is_demo=True), CardFormat.CARD)).pages:
        assert "Demonstration: not a real patient" in page


def test_that_the_same_facts_give_the_same_bytes(card: DeviceCard) -> None:
    assert all(render_device_card(card, size) == render_device_card(replace(card), size) for size in CardFormat)


def test_that_a_card_is_tagged_for_those_who_cannot_see_it(card: DeviceCard) -> None:
    pdf = render_device_card(card, CardFormat.CARD)
    assert b"/MarkInfo" in pdf
    assert b"/StructTreeRoot" in pdf


def test_that_everything_missing_is_said_at_once(card: DeviceCard) -> None:
    nobody = replace(
        card, patient=PatientLines("", None, ""), practice=replace(card.practice, phone=None), right=(), left=()
    )
    assert set(refusal(nobody, CardFormat.CARD)) == {
        "patient.full_name", "patient.birth_date", "patient.record_number", "devices", "practice.phone",
    }  # fmt: skip
