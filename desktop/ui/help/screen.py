"""The help: what can be done and with which keys, a page a subject, opened where somebody is by F1."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCursor, QTextDocument, QTextTable, QTextTableFormat
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from desktop.ui.help.pages import help_pages
from desktop.ui.kit.background import Background
from desktop.ui.kit.cards import Card
from desktop.ui.kit.page_heading import PageHeading
from desktop.ui.kit.screen import Screen
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px, theme

_MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
"""Tables are GitHub's Markdown only."""

_LINE_PERCENT = 130


class HelpScreen(Screen):
    """The list is walked with the arrows; the page beside it scrolls with its own keys and follows links by Enter."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._pages = {page.key: page for page in help_pages()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addWidget(PageHeading("Help"))
        row = QHBoxLayout()
        row.setSpacing(px(SPACE_L))
        self.list = QListWidget()
        self.list.setProperty("kind", "pages")
        self.list.setObjectName("help_pages")
        self.list.setAccessibleName("Pages of the help")
        self.list.setFixedWidth(px(270))
        for page in self._pages.values():
            item = QListWidgetItem(page.title, self.list)
            item.setSizeHint(QSize(px(240), px(36)))  # the style's own padding counts only once the list is shown
        self.text = QTextBrowser()
        self.text.setObjectName("help_text")
        self.text.setOpenLinks(False)
        self.text.setProperty("kind", "bare")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        card = Card()
        card.add(self.text, 1)
        row.addWidget(self.list)
        row.addWidget(card, 1)
        column.addLayout(row, 1)
        self.list.currentRowChanged.connect(lambda at: self._show(tuple(self._pages)[at]))
        self.text.anchorClicked.connect(self._follow)

    def show_page(self, key: str) -> None:
        """The page about a subject; the first where there is none."""
        keys = tuple(self._pages)
        self.list.setCurrentRow(keys.index(key) if key in keys else 0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, key: str) -> None:
        page = self._pages[key]
        document = self.text.document()
        document.setMarkdown(page.text, _MARKDOWN)
        _space_out(document)
        self.text.setAccessibleName(page.title)
        self.text.moveCursor(self.text.textCursor().MoveOperation.Start)

    def _follow(self, link: QUrl) -> None:
        self.show_page(link.path().removesuffix(".md"))


def _space_out(document: QTextDocument) -> None:
    """Markdown says nothing of distances: paragraphs and tables get those of the design."""
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    for table in tables:
        shape = table.format()
        shape.setBorderCollapse(True)
        shape.setBorder(1)
        shape.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(QColor(theme().line))
        shape.setCellPadding(px(SPACE_S - 2))
        shape.setTopMargin(px(SPACE_S))
        shape.setBottomMargin(px(SPACE_L))
        table.setFormat(shape)
    block = document.firstBlock()
    while block.isValid():
        cursor = QTextCursor(block)
        if cursor.currentTable() is None:
            spaced = block.blockFormat()
            spaced.setBottomMargin(px(SPACE_S if block.textList() else SPACE_M))
            spaced.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setBlockFormat(spaced)
        block = block.next()
