"""A document is seen as it will be printed."""

from __future__ import annotations

import pytest
import typst
from PySide6.QtCore import Qt
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.ui.kit.pdf_preview import PdfPreview


@pytest.fixture(scope="module")
def two_pages() -> bytes:
    return typst.compile(b"First page #pagebreak() Second page")


@pytest.fixture
def preview(qtbot: QtBot, two_pages: bytes) -> PdfPreview:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    made.show_pdf(two_pages)
    return made


def test_that_it_says_which_page_of_how_many(preview: PdfPreview, qtbot: QtBot) -> None:
    assert preview.where.text() == "Page 1 of 2"
    preview.view.setFocus()
    qtbot.keyClick(preview.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    bar = preview.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: preview.where.text() == "Page 2 of 2")


def test_that_it_starts_as_wide_as_the_room_and_can_be_zoomed(preview: PdfPreview, qtbot: QtBot) -> None:
    assert preview.view.zoomMode() == QPdfView.ZoomMode.FitToWidth
    smaller, fit, larger = preview.findChildren(QPushButton)
    larger.click()
    first = preview.view.zoomFactor()
    larger.click()
    assert preview.view.zoomFactor() > first
    for _ in range(40):
        smaller.click()
    assert preview.view.zoomFactor() >= 0.25
    fit.click()
    assert preview.view.zoomMode() == QPdfView.ZoomMode.FitToWidth


def test_that_another_document_replaces_the_first(preview: PdfPreview, qapp: QApplication) -> None:
    preview.show_pdf(typst.compile(b"Only one"))
    assert preview.page_count() == 1
    assert preview.where.text() == "Page 1 of 1"


def test_that_bytes_that_are_no_pdf_are_refused_in_words(preview: PdfPreview) -> None:
    with pytest.raises(UserError, match="not a readable PDF"):
        preview.show_pdf(b"<html>")
    assert preview.where.text() == ""
