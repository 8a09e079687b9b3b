"""What stands where no checklist is yet: why, and the one action that leads on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.services.recovery_view import RecoveryFile
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, EmptyState


class EmptyRecovery(Card):
    plan_asked = Signal()
    start_asked = Signal()

    def show_file(self, file: RecoveryFile) -> None:
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        is_ready = file.case_id is not None and file.surgery_on is not None
        if file.case_id is None:
            words = "A recovery belongs to a revision, and no revision case is open for this patient."
            label = "Start a revision case"
        elif file.surgery_on is None:
            words = "The checklist counts from the day of surgery, and the revision plan does not say it yet."
            label = "Write the day of surgery"
        else:
            words = "The checklist is not started. It is made from the practice's protocol and the surgeon's own days."
            label = "Start the checklist"
        if is_ready and not file.may_tick:
            self.add(EmptyState(f"{words} A nurse or the surgeon starts it."), 1)
            return
        action = button(label, primary=True)
        action.setObjectName("empty_action")
        action.clicked.connect(self.start_asked if is_ready else self.plan_asked)
        self.add(EmptyState(words, action), 1)
        action.setFocus()
