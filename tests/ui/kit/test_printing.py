"""A document reaches paper or a folder unchanged, or a sentence says why not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import typst
from PySide6.QtGui import QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget

from desktop.errors import UserError
from desktop.ui.kit.printing import paint_pages, print_pdf, save_pdf, send_to_spooler, spool_command

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def three_pages() -> bytes:
    return typst.compile(b'#set page("a4")\nOne #pagebreak() Two #pagebreak() Three')


def opened(data: bytes, tmp_path: Path) -> QPdfDocument:
    file = tmp_path / "opened.pdf"
    file.write_bytes(data)
    document = QPdfDocument()
    document.load(str(file))
    return document


def test_that_printing_into_a_file_keeps_every_byte(three_pages: bytes, tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"

    def choose(printer: QPrinter, _parent: QWidget | None) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return True

    assert print_pdf(three_pages, None, choose=choose)
    assert target.read_bytes() == three_pages


def test_that_nothing_is_printed_when_the_dialog_is_left(three_pages: bytes) -> None:
    assert not print_pdf(three_pages, None, choose=lambda _printer, _parent: False)


def test_that_a_computer_without_a_printer_says_so(three_pages: bytes) -> None:
    def choose(printer: QPrinter, _parent: QWidget | None) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        return True

    with pytest.raises(UserError, match=r"Nothing was printed: no printer is installed\. .*save the document as a PDF"):
        print_pdf(three_pages, None, choose=choose)


def test_that_bytes_that_are_no_pdf_are_not_printed() -> None:
    with pytest.raises(UserError, match="not a readable PDF"):
        print_pdf(b"not a pdf", None, choose=lambda _printer, _parent: True)


def test_that_the_choices_of_the_dialog_reach_the_spooler() -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setFromTo(2, 3)
    printer.setCopyCount(2)
    command = spool_command("lp", printer, "Reprise")
    assert command[0] == "lp"
    assert command[-1] == "-"
    assert command[command.index("-n") + 1] == "2"
    assert command[command.index("-P") + 1] == "2-3"
    assert "sides=one-sided" in command


@pytest.mark.skipif(sys.platform == "win32", reason="the script is a shell script")
def test_that_the_spooler_gets_the_very_same_bytes(three_pages: bytes, tmp_path: Path) -> None:
    spooler, received = tmp_path / "lp", tmp_path / "received"
    spooler.write_text(f"#!/bin/sh\ncat > '{received}'\n")
    spooler.chmod(0o755)
    send_to_spooler([str(spooler), "-"], three_pages)
    assert received.read_bytes() == three_pages


@pytest.mark.skipif(sys.platform == "win32", reason="the script is a shell script")
def test_that_a_spooler_that_refuses_is_quoted_in_the_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "lp"
    broken.write_text("#!/bin/sh\ncat > /dev/null\necho 'The printer does not exist.' >&2\nexit 1\n")
    broken.chmod(0o755)
    with pytest.raises(UserError, match=r"Nothing was printed: The printer does not exist"):
        send_to_spooler([str(broken), "-"], b"%PDF")


def test_that_a_printing_system_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the printing system did not answer"):
        send_to_spooler([str(tmp_path / "nowhere")], b"%PDF")


@pytest.mark.parametrize(("chosen", "count"), [((0, 0), 3), ((2, 3), 2), ((3, 9), 1)])
def test_that_pages_become_pictures_where_the_platform_takes_no_pdf(
    three_pages: bytes, tmp_path: Path, qapp: QApplication, chosen: tuple[int, int], count: int
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "raster.pdf"))
    printer.setFromTo(*chosen)
    paint_pages(opened(three_pages, tmp_path), printer)
    assert opened((tmp_path / "raster.pdf").read_bytes(), tmp_path).pageCount() == count


def test_that_a_page_that_lies_on_its_side_is_printed_on_ordinary_paper_turned(tmp_path: Path) -> None:
    flipped = typst.compile(b'#set page("a4", flipped: true)\nWide')
    asked: list[QPageSize.PageSizeId] = []

    def choose(printer: QPrinter, _parent: QWidget | None) -> bool:
        asked.append(printer.pageLayout().pageSize().id())
        return False

    print_pdf(flipped, None, choose=choose)
    assert asked == [QPageSize.PageSizeId.A4]
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "raster.pdf"))
    paint_pages(opened(flipped, tmp_path), printer)
    size = opened((tmp_path / "raster.pdf").read_bytes(), tmp_path).pagePointSize(0)
    assert size.width() > size.height()


def test_that_a_saved_pdf_is_the_same_bytes_and_gets_its_ending(three_pages: bytes, tmp_path: Path) -> None:
    asked: list[str] = []

    def choose(suggested: str, _parent: QWidget | None) -> str:
        asked.append(suggested)
        return str(tmp_path / "Recovery v1.2")

    saved = save_pdf(three_pages, "Recovery.pdf", None, choose=choose)
    assert asked == ["Recovery.pdf"]
    assert saved == tmp_path / "Recovery v1.2.pdf"
    assert saved.read_bytes() == three_pages


def test_that_nothing_is_saved_when_the_dialog_is_left(three_pages: bytes, tmp_path: Path) -> None:
    assert save_pdf(three_pages, "x.pdf", None, choose=lambda _name, _parent: "") is None


def test_that_a_folder_that_cannot_be_written_is_said_in_words(three_pages: bytes, tmp_path: Path) -> None:
    missing = tmp_path / "gone" / "x.pdf"
    with pytest.raises(UserError, match=r"was not saved in .*gone.*Choose another folder; the document itself is kept"):
        save_pdf(three_pages, "x.pdf", None, choose=lambda _name, _parent: str(missing))
