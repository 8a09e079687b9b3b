"""A device's label that was scanned, pasted or photographed: what it says, whose device it is, and into the record."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.exchange.read_label import Outcome
from desktop.models.choices import LabelEntry, Side
from desktop.rules.scanned_label import ScannedLabel
from desktop.services.label import LabelPlace, LabelReading, TypedOperation
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.clock import today
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pick_row import bring_into_view
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px
from desktop.ui.operation.label_card import LabelCard
from desktop.ui.operation.label_compare import CompareCard
from desktop.ui.operation.label_in_hand import LabelInHand
from desktop.ui.operation.label_input import LabelInput
from desktop.ui.operation.label_where import WhereCard

LONGEST_KEPT = 4_000
"""Characters of a text that may be a label which was read wrong; whatever is longer came there by mistake."""

_SIDES = {Qt.Key.Key_R: Side.RIGHT, Qt.Key.Key_L: Side.LEFT}


class ScanPage(QWidget):
    """Esc steps back, and the label is still there on coming again: until it is in the record it is kept as a draft."""

    left = Signal()
    kept = Signal(object)
    """The `LabelTarget` of the device with which a label was kept."""
    into_form = Signal(object, object, object)
    """Place, label, and the answers for which the label's word was chosen: to be typed into the open form."""
    by_hand = Signal(object)
    """The `LabelPlace` whose numbers somebody would rather type, or None."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self.hand = LabelInHand(background, self)
        self.hand.taken.connect(self._show)
        self.hand.looked_at_again.connect(self._show_again)
        self.hand.put_away.connect(self._show_nothing)
        self.hand.nothing_waits.connect(self._offer_earlier)
        self.hand.kept.connect(self._on_kept)
        self.hand.not_kept.connect(self._on_not_kept)
        self.hand.failed.connect(self._refuse)
        self.back_button = button("Back", icon="back")
        self.back_button.setAccessibleDescription("Shortcut Esc")
        self.back_button.setToolTip("Back  (Esc)")
        self.back_button.clicked.connect(self.left)
        self.messages = MessageBar()
        self.input = LabelInput(background, self.messages)
        self.input.given.connect(self.read)
        self.input.earlier_asked.connect(lambda: self.hand.take_again(self.earlier[-1]))
        self.input.failed.connect(self._refuse)
        self.said, self.where, self.compare = LabelCard(), WhereCard(), CompareCard()
        self.where.chosen.connect(self._on_place)
        self.drop_button = button("Drop this label")
        self.drop_button.setObjectName("drop")
        self.drop_button.clicked.connect(self._drop)
        self.hand_button = button("Type it by hand")
        self.hand_button.setObjectName("by_hand")
        self.hand_button.clicked.connect(lambda: self.by_hand.emit(self.where.place))
        self.put_button = button("Put into the record", primary=True, shortcut="Ctrl+S")
        self.put_button.setObjectName("put")
        self.put_button.clicked.connect(self.put)
        self.compare.answered.connect(lambda: self.put_button.setFocus(Qt.FocusReason.OtherFocusReason))
        self._lay_out()
        self._show_nothing()

    @property
    def reading(self) -> LabelReading | None:
        """What is on the label in hand."""
        return self.hand.reading

    @property
    def earlier(self) -> tuple[ScannedLabel, ...]:
        """Labels that wait behind it."""
        return self.hand.earlier

    def begin(self, patient_id: int, typed: TypedOperation | None, raw: str = "") -> None:
        """The label that was scanned; without one, the last that is not in the record yet, or an empty page."""
        self.hand.begin(patient_id, typed)
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)
        if raw:
            self.read(raw, LabelEntry.SCANNED)
        elif self.reading is not None:
            self.hand.look_again()
        else:
            self.hand.come_back()

    def leave_patient(self) -> None:
        """Nothing of one patient's label stays in sight of another's."""
        self.hand.leave_patient()
        self._show_nothing()

    def read(self, raw: str, entry: LabelEntry) -> None:
        """Take a label in hand, whatever its text may be, unless it is far too long for one."""
        if len(raw) > LONGEST_KEPT:
            self.messages.refuse(f"This text has {len(raw):,} characters, so it is no label. Nothing was kept of it.")
        else:
            self.hand.take(raw, entry)

    def put(self) -> None:
        """Into the record, or lead to what keeps it from going there."""
        place, reading = self.where.place, self.reading
        if reading is None or not reading.may_keep:
            return
        if self.where.side.value() is None:
            self._stop("Say first into which side it went: R for RIGHT, L for LEFT.", self.where.side)
        elif place is None:
            self.messages.refuse("Confirm first which device it is: Enter on its line.")
            self.where.focus_rows()
        elif (unanswered := self.compare.first_unanswered()) is not None:
            self._stop("Nothing was changed yet: choose, or confirm, what is asked beside the record.", unanswered)
        elif place.is_typed:
            self.hand.let_go()
            self.into_form.emit(place, reading.label, self.compare.chosen())
        else:
            self.put_button.setEnabled(False)
            self.hand.keep(place, self.compare.chosen(), self.compare.sure())

    @override
    def event(self, event: QEvent) -> bool:
        """Escape belongs to this page before it belongs to the window."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.put_button.hasFocus():
            self.put_button.click()
            return
        side = _SIDES.get(Qt.Key(event.key()))
        if side is not None and not event.modifiers() and self.where.isVisible():
            self.where.choose_side(side)
        else:
            super().keyPressEvent(event)

    def _on_kept(self, place: LabelPlace) -> None:
        self.messages.say(f"In the record: {place.target.side.label}, {place.title}. Scan the next label.")
        self.kept.emit(place.target)

    def _on_not_kept(self, error: Exception) -> None:
        self.put_button.setEnabled(True)
        if isinstance(error, Rejected):
            self.hand.look_again("Nothing was changed.", " ".join(each.message for each in error.problems))
        elif isinstance(error, RecordChanged):
            self.hand.look_again("Nothing was changed: somebody saved this device meanwhile.", "Look at it again.")
        else:
            self._refuse(error)

    def _show_again(self, what: str, why: str) -> None:
        if self.reading is not None:
            self.where.show_again(self.reading)
        if what:
            self.messages.refuse(what, why)

    def _show(self) -> None:
        reading = self.reading
        assert reading is not None
        self.messages.clear()
        self.said.show_reading(reading, today())
        self.said.show()
        self.where.setVisible(reading.may_keep)
        self.where.ask(reading)
        self.drop_button.show()
        self.hand_button.setVisible(reading.may_keep)
        self.put_button.setVisible(reading.may_keep)
        self.put_button.setEnabled(True)
        is_read = reading.read.outcome in (Outcome.READ, Outcome.DOUBTFUL)
        words = "Put into the record" if is_read else "Keep the text with the device"
        self.put_button.setText(f"{words}  (Ctrl+S)")
        self.put_button.setShortcut("Ctrl+S")
        self.put_button.setAccessibleName(words)
        self._offer_earlier()
        if not reading.may_keep:
            self.messages.note("Your role may read this, not change it.")
        elif reading.elsewhere:
            self.messages.refuse(reading.elsewhere[0])
        self._area.verticalScrollBar().setValue(0)
        self.where.side.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_nothing(self) -> None:
        """Ready for the next label, which a scanner may send at once."""
        for each in (self.said, self.where, self.compare, self.drop_button, self.hand_button, self.put_button):
            each.hide()
        self._offer_earlier()
        if self.isVisible():
            self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_earlier(self) -> None:
        self.input.offer_earlier(len(self.earlier))

    def _on_place(self, place: LabelPlace | None) -> None:
        self.compare.show_place(place)
        if place is None:
            return
        self.messages.clear()
        following = self.compare.first_unanswered() or self.put_button
        following.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(following)

    def _drop(self) -> None:
        """It belongs to nobody here: no record changes, and it waits no longer."""
        if self.reading is not None:
            self.messages.clear()
            self.hand.let_go()

    def _refuse(self, error: Exception) -> None:
        self.messages.clear()
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self._background.failed.emit(error)

    def _stop(self, why: str, where: QWidget) -> None:
        self.messages.refuse(why)
        where.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(where)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_M))
        head.addWidget(self.back_button)
        head.addWidget(Text("Device label", "title"), 1)
        page = QWidget()
        page.setProperty("kind", "page")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, px(SPACE_S), 0)
        columns.setSpacing(px(SPACE_L))
        for cards in ((self.said, self.input), (self.where, self.compare)):
            column = QVBoxLayout()
            column.setSpacing(px(SPACE_L))
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.messages, 1)
        foot.addWidget(self.drop_button)
        foot.addWidget(self.hand_button)
        foot.addWidget(self.put_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.setSpacing(px(SPACE_S))
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addLayout(foot)
