"""The one question before a plan is frozen: who, which sides, and that it cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.dates import show_date
from desktop.rules.plan_step import answer_at, puts_device_in, steps_at
from desktop.rules.problem import Values
from desktop.rules.revision import OpenPoint
from desktop.services.patient import PatientHeader
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import SideHeading, SunkenBox
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, px


class SignDialog(QDialog):
    """Opens on “Not yet”: a plan is never signed by an Enter too many."""

    def __init__(
        self,
        header: PatientHeader,
        plan: Values,
        plan_version: int,
        signer: str,
        points: tuple[OpenPoint, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sign_plan")
        self.setWindowTitle("Sign the plan")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SPACE_XL), px(SPACE_XL), px(SPACE_XL), px(SPACE_L))
        column.setSpacing(px(SPACE_M))
        column.addWidget(Text(f"Sign the plan of {header.full_name}?", "title", wrap=True))
        who = f"Born {show_date(header.birth_date)} · Record {header.record_number}"
        column.addWidget(Text(who, "muted"))
        sides = QHBoxLayout()
        sides.setSpacing(px(SPACE_M))
        for side in Side:
            box = SunkenBox()
            box.add(SideHeading("right" if side is Side.RIGHT else "left", sunken=True))
            box.add(Text(_planned(plan, side), "body", wrap=True))
            sides.addWidget(box, 1)
        column.addLayout(sides)
        if points:
            column.addWidget(Text("Known and open", "caption"))
            column.addWidget(Text(" · ".join(point.text for point in points), wrap=True))
        freezing = f"Signing freezes version {plan_version}: it cannot be changed or taken back, only amended."
        column.addWidget(Text(freezing, "strong", wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addStretch(1)
        not_yet = button("Not yet")
        not_yet.setObjectName("not_yet")
        not_yet.clicked.connect(self.reject)
        sign = button(f"Sign as {signer}", primary=True, icon="sign")
        sign.setObjectName("sign_now")
        sign.setAutoDefault(False)
        sign.clicked.connect(self.accept)
        foot.addWidget(not_yet)
        foot.addWidget(sign)
        column.addLayout(foot)
        not_yet.setDefault(True)
        not_yet.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setFixedSize(px(620), column.totalHeightForWidth(px(620)))


def _planned(plan: Values, side: Side) -> str:
    steps = [step.label for step in steps_at(plan, side)]
    volume = answer_at(plan, side, "volume_ml")
    if volume and puts_device_in(plan, side):
        steps.append(f"New implant {volume:,} mL")
    return "\n".join(steps) or "Nothing planned"
