"""How a finished PDF reaches paper or a folder: the very same bytes wherever the platform takes them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSaveFile, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.errors import UserError

_RASTER_DPI = 300
_SPOOL_SECONDS = 10


def ask_printer(printer: QPrinter, parent: QWidget | None) -> bool:
    """Let a person choose the printer, pages and copies; False when they think better of it."""
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    return dialog.exec() == QDialog.DialogCode.Accepted


def ask_file(suggested_name: str, parent: QWidget | None) -> str:
    """Let a person choose where to save; an empty string when they think better of it."""
    return QFileDialog.getSaveFileName(parent, "Save as PDF", suggested_name, "PDF (*.pdf)")[0]


def send_to_spooler(command: Sequence[str], data: bytes) -> None:
    """Hand the bytes over through a pipe: nothing of a patient is written to a temporary file."""
    try:
        done = subprocess.run(list(command), input=data, capture_output=True, timeout=_SPOOL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _not_printed("the printing system did not answer") from error
    if done.returncode:
        raise _not_printed(done.stderr.decode(errors="replace").strip() or "the printer refused the document")


def print_pdf(
    data: bytes,
    parent: QWidget | None,
    *,
    title: str = "Reprise",
    choose: Callable[[QPrinter, QWidget | None], bool] = ask_printer,
    send: Callable[[Sequence[str], bytes], None] = send_to_spooler,
) -> bool:
    """Ask for a printer and print; True when it was handed over, False when nobody wanted to.

    Raises UserError in words when it could not be printed.
    """
    document, _buffer = _opened(data)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(_page_size(document))
    if not choose(printer, parent):
        return False
    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
        if not printer.outputFileName():
            raise _not_printed("no printer is installed")
        write_pdf(data, Path(printer.outputFileName()))
    elif sys.platform != "win32" and (spooler := shutil.which("lp")):
        send(spool_command(spooler, printer, title), data)
    else:
        paint_pages(document, printer)
    return True


def save_pdf(
    data: bytes,
    suggested_name: str,
    parent: QWidget | None,
    *,
    choose: Callable[[str, QWidget | None], str] = ask_file,
) -> Path | None:
    """Ask for a place and save the bytes there; None when nobody wanted to. Raises UserError in words."""
    chosen = choose(suggested_name, parent)
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() != ".pdf":
        path = path.with_name(path.name + ".pdf")
    write_pdf(data, path)
    return path


def write_pdf(data: bytes, path: Path) -> None:
    write_file(data, path, "PDF")


def write_file(data: bytes, path: Path, what: str) -> None:
    """Whole or not at all: a file that was there stays as it was until the new one is complete."""
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(QByteArray(data)) == len(data)
    if not written or not file.commit():
        reason = file.errorString()
        file.cancelWriting()
        raise UserError(
            f"The {what} was not saved in “{path.parent}”: {reason}. Choose another folder; "
            "the document itself is kept."
        )


def paint_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Each chosen page as a picture, for platforms whose printing system takes no PDF."""
    if document.pageCount() and _lies_on_its_side(document):
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise _not_printed(f"the printer “{printer.printerName()}” did not answer")
    try:
        paper = printer.pageLayout().fullRectPixels(printer.resolution())
        share = min(1.0, _RASTER_DPI / printer.resolution())
        pages = _chosen_pages(printer, document.pageCount())
        for count, page in enumerate(pages):
            if count and not printer.newPage():
                raise _not_printed(f"the printer stopped after page {pages[count - 1] + 1}")
            whole = document.pagePointSize(page)
            size = whole.scaled(QSizeF(paper.size()), Qt.AspectRatioMode.KeepAspectRatio).toSize()
            image = document.render(page, QSize(round(size.width() * share), round(size.height() * share)))
            painter.drawImage(QRect(paper.topLeft(), size), image)
    finally:
        painter.end()


def _opened(data: bytes) -> tuple[QPdfDocument, QBuffer]:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready:
        raise _not_printed("the document is not a readable PDF")
    return document, buffer


def _page_size(document: QPdfDocument) -> QPageSize:
    """The paper as printers name it: upright, whichever way the page lies on it."""
    size = document.pagePointSize(0)
    upright = size.transposed() if _lies_on_its_side(document) else size
    return QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def _lies_on_its_side(document: QPdfDocument) -> bool:
    size = document.pagePointSize(0)
    return size.width() > size.height()


def _chosen_pages(printer: QPrinter, count: int) -> list[int]:
    first, last = (printer.fromPage() or 1), (printer.toPage() or count)
    pages = list(range(max(1, first) - 1, min(last, count)))
    return pages[::-1] if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst else pages


def spool_command(spooler: str, printer: QPrinter, title: str) -> list[str]:
    """What was chosen in the dialog, in the words of `lp`, which takes the document from a pipe."""
    command = [spooler, "-n", str(max(1, printer.copyCount())), "-t", title]
    if printer.printerName():
        command += ["-d", printer.printerName()]
    if printer.fromPage():
        command += ["-P", f"{printer.fromPage()}-{printer.toPage() or printer.fromPage()}"]
    sides = {
        QPrinter.DuplexMode.DuplexNone: "one-sided",
        QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
        QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
    }.get(printer.duplex())
    if sides:
        command += ["-o", f"sides={sides}"]
    if printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape:
        command += ["-o", "landscape"]
    return [*command, "-"]


def _not_printed(reason: str) -> UserError:
    return UserError(f"Nothing was printed: {reason}. Choose another printer, or save the document as a PDF.")
