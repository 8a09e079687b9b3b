"""One item of the checklist: what is asked, what is read aloud beside it, and the answer, given by one key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import SafetyReply, Side
from desktop.rules.safety import NO_NEEDS_COMMENT
from desktop.services.safety_file import AnsweredLine
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone, font, px, theme

_KEYS: Final = {
    Qt.Key.Key_Y: SafetyReply.YES,
    Qt.Key.Key_N: SafetyReply.NO,
    Qt.Key.Key_X: SafetyReply.NOT_APPLICABLE,
}
_WORDS: Final = {SafetyReply.YES: "Yes  Y", SafetyReply.NO: "No  N", SafetyReply.NOT_APPLICABLE: "N/A  X"}
_TONES: Final[dict[SafetyReply | None, Tone]] = {
    SafetyReply.YES: "good",
    SafetyReply.NO: "danger",
    SafetyReply.NOT_APPLICABLE: "neutral",
}


class CommentLine(QLineEdit):
    """Escape belongs to it, before it belongs to the page."""

    left = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key that was typed here answers the item around it."""
        super().keyPressEvent(event)
        event.accept()


class ItemRow(PickRow):
    """Y, N and X answer, as do ← → with Enter; C writes a comment; Delete takes the answer back; ↑ ↓ walk."""

    answered = Signal(object, str)
    """The reply, or None, and the comment."""

    def __init__(self, shown: AnsweredLine) -> None:
        super().__init__("")
        self.shown = shown
        self._is_read_only = False
        self._candidate = 0
        self._asks_for: SafetyReply | None = None
        side = shown.line.side
        self.setObjectName("_".join(filter(None, (shown.line.item.value, side.label.lower() if side else ""))))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        words = QVBoxLayout()
        words.setSpacing(px(SPACE_XS))
        title = QHBoxLayout()
        title.setSpacing(px(SPACE_S))
        if side is not None:
            tone = "right" if side is Side.RIGHT else "left"
            side_words = Text(side.label, "aloud", tone=tone)
            side_words.setAlignment(Qt.AlignmentFlag.AlignTop)
            title.addWidget(side_words)
        asked = Text(shown.line.item.label, "aloud", wrap=True)
        asked.setAlignment(Qt.AlignmentFlag.AlignTop)
        title.addWidget(asked, 1)
        words.addLayout(title)
        self._said = QVBoxLayout()
        self._said.setSpacing(px(2))
        words.addLayout(self._said)
        self.comment_words = Text("", "spoken", wrap=True)
        words.addWidget(self.comment_words)
        self.comment = CommentLine()
        self.comment.setObjectName(f"{self.objectName()}_comment")
        self.comment.setMaxLength(min(LINE_LENGTH, 200))
        self.comment.setAccessibleName(f"Comment: {shown.line.title}")
        self.comment.returnPressed.connect(self._give_comment)
        self.comment.left.connect(self._stop_asking)
        self.comment.hide()
        words.addWidget(self.comment)
        self.buttons = {reply: self._button(reply, at) for at, reply in enumerate(_WORDS)}
        replies = QHBoxLayout()
        replies.setSpacing(0)
        for each in self.buttons.values():
            replies.addWidget(each)
        self.comment_button = Button("Comment  C", "link")
        self.comment_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.comment_button.clicked.connect(lambda: self._ask(self.shown.reply))
        right = QVBoxLayout()
        right.setSpacing(px(SPACE_XS))
        right.addLayout(replies)
        right.addWidget(self.comment_button, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(SPACE_L), px(SPACE_M), px(SPACE_M), px(SPACE_M))
        row.setSpacing(px(SPACE_L))
        row.addLayout(words, 1)
        row.addLayout(right)
        self.show_line(shown)

    def show_line(self, shown: AnsweredLine) -> None:
        """The same item, with what is stored now."""
        if shown.said != self.shown.said or self._said.count() == 0:
            self._show_said(shown)
        self.shown = shown
        for reply, each in self.buttons.items():
            each.setChecked(reply is shown.reply)
            each.setFont(font("strong" if reply is shown.reply else "body"))
        by = f" · {shown.answered_by}" if shown.answered_by else ""
        self.comment_words.setText(f"“{shown.comment}”{by}" if shown.comment else "")
        self.comment_words.set_tone("danger" if shown.reply is SafetyReply.NO else None)
        self.comment_words.setVisible(bool(shown.comment) and self.comment.isHidden())
        answer = shown.reply.label if shown.reply else "not answered"
        self.setAccessibleName(". ".join(filter(None, (shown.line.title, shown.text, answer, shown.comment))))
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        self._is_read_only = read_only
        self.comment_button.setVisible(not read_only)
        for each in self.buttons.values():
            each.setEnabled(not read_only)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) or self._is_read_only:
            super().keyPressEvent(event)
        elif key in _KEYS:
            self._give(_KEYS[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._candidate = max(0, min(len(self.buttons) - 1, self._candidate + step))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._give(list(self.buttons)[self._candidate])
        elif key == Qt.Key.Key_C:
            self._ask(self.shown.reply)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.answered.emit(None, "")
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """A band at the left says by colour what the buttons say in words."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.shown.reply is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme().words_of(_TONES[self.shown.reply])))
            painter.drawRoundedRect(QRectF(px(5), px(10), px(4), self.height() - px(20)), px(2), px(2))
        if self.hasFocus() and not self._is_read_only:
            aimed = list(self.buttons.values())[self._candidate].geometry()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme().accent))
            painter.drawRoundedRect(
                QRectF(aimed.x() + px(8), aimed.bottom() + px(3), aimed.width() - px(16), px(3)), px(1), px(1)
            )

    def _button(self, reply: SafetyReply, at: int) -> Button:
        made = Button(_WORDS[reply])
        made.setProperty("segment", ("first", "middle", "last")[at])
        made.setCheckable(True)
        made.setAccessibleName(f"{self.shown.line.title}: {reply.label}")
        made.setMinimumSize(px(76), px(40))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: self._give(reply))
        return made

    def _give(self, reply: SafetyReply) -> None:
        """ "No" waits for its comment; whatever was answered is kept at once."""
        self.buttons[reply].setChecked(reply is self.shown.reply)
        if reply is SafetyReply.NO:
            self._ask(reply)
        else:
            self._stop_asking(take_focus=False)
            self.answered.emit(reply, self.shown.comment if self.shown.reply is not SafetyReply.NO else "")

    def _ask(self, reply: SafetyReply | None) -> None:
        self._asks_for = reply
        self.comment.setText(self.shown.comment)
        self.comment.setPlaceholderText(NO_NEEDS_COMMENT if reply is SafetyReply.NO else "What else is to be kept?")
        self.comment_words.hide()
        self.comment.show()
        self.comment.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_comment(self) -> None:
        words = self.comment.text().strip()
        if self._asks_for is SafetyReply.NO and not words:
            return
        reply = self._asks_for
        self._stop_asking(take_focus=False)
        self.answered.emit(reply, words)

    def _stop_asking(self, *, take_focus: bool = True) -> None:
        self.comment.hide()
        self.comment_words.setVisible(bool(self.shown.comment))
        if take_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_said(self, shown: AnsweredLine) -> None:
        while (item := self._said.takeAt(0)) is not None:
            if isinstance(widget := item.widget(), QWidget):
                widget.hide()
                widget.deleteLater()
        for said in shown.said:
            self._said.addWidget(Text(said.text, "spoken", wrap=True, tone=said.tone or None))
