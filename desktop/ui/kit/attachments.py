"""The files that are kept with a record: add one from a disk or the clipboard, look at it, take a wrong one out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.models.choices import AttachmentKind
from desktop.rules.attachment import WORDS, show_size
from desktop.rules.dates import show_date
from desktop.services.attachment import (
    AttachmentRow,
    BelongsTo,
    KeptAlready,
    NewFile,
    add_attachment,
    list_attachments,
    read_attachment,
    withdraw_attachment,
)
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.file_intake import FileIntake
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pick_row import PickRow, WalkedList
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px
from desktop.ui.kit.withdraw_line import WithdrawLine

SAVE_FIRST = "Files are kept with what is saved. Save first, then add them."
NOTHING_YET = "No file is kept here yet. PDF, PNG and JPEG are kept, encrypted with the record."


@dataclass(frozen=True)
class FileVerbs:
    """How the files of one record are listed, added, read and taken out; all run on the store's threads."""

    list: Callable[..., tuple[AttachmentRow, ...]]
    add: Callable[..., AttachmentRow]
    read: Callable[..., Any]
    withdraw: Callable[..., None]


def files_of(belongs: BelongsTo) -> FileVerbs:
    """The files of this record."""
    return FileVerbs(
        lambda session: list_attachments(session, belongs),
        lambda session, file, again: add_attachment(session, belongs, file, again=again),
        read_attachment,
        lambda session, attachment_id, reason: withdraw_attachment(session, belongs, attachment_id, reason),
    )


class _FileRow(PickRow):
    withdraw_asked = Signal()

    def __init__(self, row: AttachmentRow, may_edit: bool) -> None:
        on = show_date(row.added_at.astimezone().date())
        facts = (
            f"{row.kind.label} · {WORDS[row.media_type]}, {show_size(row.size_bytes)} · added {on} by {row.added_by}"
        )
        super().__init__(f"{row.title}. {facts}. Enter opens it.")
        self.setObjectName("file")
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(Text(row.title, "strong", wrap=True))
        words.addWidget(Text(facts, "muted", wrap=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(SPACE_S), px(SPACE_S), px(SPACE_S), px(SPACE_S))
        line.setSpacing(px(SPACE_M))
        line.addLayout(words, 1)
        if may_edit:
            take_out = Button("Take out …", "link")
            take_out.setObjectName("take_out_file")
            take_out.setAccessibleName(f"Take {row.title} out of the record")
            take_out.clicked.connect(self.withdraw_asked)
            line.addWidget(take_out, 0, Qt.AlignmentFlag.AlignVCenter)


class AttachmentList(Card):
    """Says what it has to say in the `messages` of the page it stands on. Ctrl+V pastes a picture or a copied file."""

    opened = Signal(object)
    """A `KeptFile` that somebody wants to look at; a `FileView` shows it."""

    def __init__(
        self,
        background: Background,
        messages: MessageBar,
        kind: AttachmentKind,
        title: str = "Files",
        parent: QWidget | None = None,
    ) -> None:
        """`kind` is what a file of this record usually is; whoever adds one can say otherwise."""
        super().__init__(title, parent=parent)
        self._background, self._messages = background, messages
        self._verbs: FileVerbs | None = None
        self._may_edit = False
        self._going: int | None = None
        self.rows = WalkedList(spacing=2)
        self.nothing = Text(SAVE_FIRST, "muted", wrap=True)
        self.intake = FileIntake(background, messages, kind)
        self.intake.given.connect(self._keep)
        self.intake.failed.connect(self._say)
        self.withdraw_line = WithdrawLine("this file")
        self.withdraw_line.given.connect(self._withdraw)
        for each in (self.nothing, self.rows, self.withdraw_line, self.intake):
            self.add(each)
        self.setAcceptDrops(True)
        background.tables_changed.connect(self._on_tables_changed)
        self.show_files(None, may_edit=False)

    def show_files(self, verbs: FileVerbs | None, *, may_edit: bool) -> None:
        """The files of one record; None while it was never saved."""
        self.intake.forget()
        self.withdraw_line.hide()
        self._verbs, self._may_edit = verbs, may_edit
        self.intake.setVisible(verbs is not None and may_edit)
        self._show(())
        self.refresh()

    def refresh(self) -> None:
        if (verbs := self._verbs) is not None:
            self._background.read(
                self, verbs.list, done=lambda rows: self._show(rows) if verbs is self._verbs else None
            )

    def focus_last(self) -> None:
        """Where the keyboard goes when somebody comes back from looking at a file."""
        shown = self.rows.findChildren(PickRow)
        (shown[-1] if shown else self.intake.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.intake.paste()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.intake.is_free() and event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.intake.take(event.mimeData())

    def _keep(self, file: NewFile, again: bool = False) -> None:
        if (verbs := self._verbs) is not None:
            self._background.run(
                self,
                verbs.add,
                file,
                again,
                done=lambda _row: self._on_changed("The file is kept. Its copy on the disk can be removed."),
                failed=lambda error: self._on_not_kept(error, file),
            )

    def _on_not_kept(self, error: Exception, file: NewFile) -> None:
        if isinstance(error, KeptAlready):
            keep = partial(self._keep, file, True)
            self._messages.refuse(str(error), actions=(("Keep it once more", keep), ("Do not keep it", self._give_up)))
            self._messages.actions_shown()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._say(error)

    def _give_up(self) -> None:
        self._messages.clear()
        self.intake.forget()
        self.intake.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, rows: tuple[AttachmentRow, ...]) -> None:
        self.rows.clear()
        for row in rows:
            shown = _FileRow(row, self._may_edit)
            shown.opened.connect(partial(self._open, row.id))
            shown.withdraw_asked.connect(partial(self._ask_why, row.id))
            self.rows.add(shown)
        self.rows.setVisible(bool(rows))
        self.nothing.setText(SAVE_FIRST if self._verbs is None else NOTHING_YET)
        self.nothing.setVisible(not rows)

    def _open(self, attachment_id: int) -> None:
        if self._verbs is not None:
            self._background.run(self, self._verbs.read, attachment_id, done=self.opened.emit, failed=self._say)

    def _ask_why(self, attachment_id: int) -> None:
        self._going = attachment_id
        self.withdraw_line.ask()

    def _withdraw(self, reason: str) -> None:
        if self._verbs is not None and self._going is not None:
            self._background.run(
                self,
                self._verbs.withdraw,
                self._going,
                reason,
                done=lambda _none: self._on_changed("The file is taken out. Why is kept in the audit."),
                failed=self._say,
            )

    def _on_changed(self, words: str) -> None:
        self._going = None
        self.withdraw_line.hide()
        self.intake.forget()
        self._messages.say(words)
        self.refresh()
        self.intake.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._messages.refuse(str(error))
        else:
            self._background.failed.emit(error)

    def _on_tables_changed(self, tables: frozenset[str]) -> None:
        if "attachment" in tables and self.isVisible():
            self.refresh()
