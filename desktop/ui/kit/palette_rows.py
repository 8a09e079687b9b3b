"""How one answer of the palette looks: the letters that match are bold, and text stays text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from desktop.ui.kit.theme import Tone, font, px, theme

_FEWEST_INSIDE = 3


@dataclass(frozen=True)
class Heading:
    label: str

    def words(self) -> str:
        return self.label


@dataclass(frozen=True)
class Result:
    """One answer: `key` comes back when it is chosen, `pill` is a short state at the right end."""

    key: Any
    title: str
    detail: str = ""
    group: str = "PATIENTS"
    pill: str = ""
    tone: Tone = "neutral"

    def words(self) -> str:
        return ", ".join(part for part in (self.title, self.detail, self.pill) if part)


def match_spans(text: str, query: str, *, inside: bool = False) -> list[tuple[int, int]]:
    """Where the words of the query stand in the text, as (start, length): letters at the beginning of a word, digits
    anywhere, marks and apostrophes ignored on both sides; with `inside` also three letters or more inside a word."""
    letters, origin = _folded(text)
    found = [False] * len(text)
    for word in query.split():
        wanted, _ = _folded(word)
        start = letters.find(wanted) if wanted else -1
        while start >= 0:
            before = letters[start - 1] if start else " "
            if wanted[0].isdigit() or not before.isalnum() or (inside and len(wanted) >= _FEWEST_INSIDE):
                for at in range(origin[start], origin[start + len(wanted) - 1] + 1):
                    found[at] = True
            start = letters.find(wanted, start + 1)
    spans: list[tuple[int, int]] = []
    for at, is_match in enumerate(found):
        if is_match and spans and sum(spans[-1]) == at:
            spans[-1] = (spans[-1][0], spans[-1][1] + 1)
        elif is_match:
            spans.append((at, 1))
    return spans


class RowDelegate(QStyledItemDelegate):
    """Paints headings and results without any markup."""

    side = 20
    """Pixels at 100 % between the edge and the words."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.query = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(200), px(34 if isinstance(index.data(Qt.ItemDataRole.UserRole), Heading) else 53))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, rect = index.data(Qt.ItemDataRole.UserRole), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = rect.adjusted(px(self.side), 0, -px(self.side), 0)
        if isinstance(row, Heading):
            painter.setFont(font("caption"))
            painter.setPen(QColor(theme().muted))
            bottom = inside.adjusted(0, 0, 0, -px(6))
            painter.drawText(bottom, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, row.label)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._result(painter, rect, inside, row, chosen)
        painter.restore()

    def _result(self, painter: QPainter, rect: QRectF, inside: QRectF, row: Result, chosen: bool) -> None:
        if chosen:
            painter.fillRect(rect, QColor(theme().accent_soft))
            painter.fillRect(QRectF(rect.left(), rect.top(), px(3), rect.height()), QColor(theme().accent))
        room = inside.width()
        if row.pill:
            room -= self._pill(painter, inside, row, chosen) + px(12)
        title, detail = font("body"), font("muted")
        quiet = theme().text if chosen else theme().muted  # muted words are too faint on the chosen row
        top = rect.top() + (px(9) if row.detail else (rect.height() - px(18)) / 2)
        self._line(painter, row.title, title, theme().text, QPointF(inside.left(), top), room, inside=True)
        if row.detail:
            self._line(painter, row.detail, detail, quiet, QPointF(inside.left(), top + px(18)), room)

    def _line(
        self,
        painter: QPainter,
        text: str,
        letters: QFont,
        colour: str,
        at: QPointF,
        room: float,
        *,
        inside: bool = False,
    ) -> None:
        whole = " ".join(text.split())
        one_line = QFontMetricsF(letters).elidedText(whole, Qt.TextElideMode.ElideRight, room)
        layout = QTextLayout(one_line, letters)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        spans = []
        for start, length in match_spans(one_line, self.query, inside=inside):
            span = QTextLayout.FormatRange()
            span.start, span.length = start, length
            span.format.setFontWeight(QFont.Weight.Bold)
            spans.append(span)
        layout.setFormats(spans)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room)
        layout.endLayout()
        painter.save()
        painter.setClipRect(QRectF(at.x(), at.y() - 2, room, line.height() + 4))
        painter.setPen(QColor(colour))
        layout.draw(painter, at)
        painter.restore()

    @staticmethod
    def _pill(painter: QPainter, inside: QRectF, row: Result, chosen: bool) -> float:
        painter.setFont(font("pill"))
        widest = inside.width() * 0.45
        words = painter.fontMetrics().elidedText(row.pill, Qt.TextElideMode.ElideRight, int(widest) - px(24))
        width = painter.fontMetrics().horizontalAdvance(words) + px(24)
        height = px(22)
        box = QRectF(inside.right() - width, inside.center().y() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        is_lost = chosen and row.tone == "accent"  # on the ground of the chosen row, which is of the same colour
        painter.setBrush(QColor(theme().surface if is_lost else theme().ground_of(row.tone)))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(theme().words_of(row.tone)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return float(width)


def _folded(text: str) -> tuple[str, list[int]]:
    """Letters and digits without case, marks and apostrophes, with the place in the text each one came from."""
    letters, origin = [], []
    for at, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign).casefold():
            if part not in "'’ʼ`" and not unicodedata.combining(part):
                letters.append(part)
                origin.append(at)
    return "".join(letters), origin
