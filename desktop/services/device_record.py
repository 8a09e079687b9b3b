"""Read what the record holds of every device of a patient, with the operation that put it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from desktop.models.choices import UNKNOWN, Side
from desktop.models.device import DeviceSpell
from desktop.models.operation import Operation, OperationSide
from desktop.rules.device import device_title
from desktop.rules.lane import Occupation
from desktop.services.operation import chains_together


@dataclass(frozen=True)
class HeldDevice:
    """Rows of the store and never handed to a screen; `spell` None: nobody recorded the device going in."""

    side: Side
    occupation: Occupation
    spell: DeviceSpell | None
    operation_side: OperationSide | None
    operation: Operation | None

    def answer(self, column: str) -> Any:
        """Whichever row has the column: its value, UNKNOWN when that was stated, None when nobody was asked."""
        rows = (self.spell and self.spell.device, self.spell, self.operation_side, self.operation)
        row: Any = next((each for each in rows if each is not None and column in each.__table__.columns), None)
        if row is None:
            return None
        return UNKNOWN if column in row.unknown else getattr(row, column)

    @property
    def title(self) -> str:
        """`Mentor MemoryGel · 325 mL`, as far as it is known."""
        manufacturer, line, volume_ml = map(self._known, ("manufacturer", "line", "volume_ml"))
        return device_title(manufacturer, line, volume_ml, "Unknown device")

    def _known(self, column: str) -> Any:
        answer = self.answer(column)
        return None if answer is UNKNOWN else answer


def held_devices(session: Session, patient_id: int) -> tuple[HeldDevice, ...]:
    """In each side the newest first, RIGHT before LEFT."""
    rows = session.execute(
        select(DeviceSpell, OperationSide, Operation)
        .outerjoin(OperationSide, OperationSide.id == DeviceSpell.implanted_operation_side_id)
        .outerjoin(Operation, Operation.id == OperationSide.operation_id)
        .where(DeviceSpell.patient_id == patient_id)
        .options(joinedload(DeviceSpell.device))
    ).all()
    spells = {spell.id: (spell, side, operation) for spell, side, operation in rows}
    chains = chains_together(session, patient_id)
    return tuple(
        HeldDevice(side, occupation, *spells.get(occupation.spell_id or 0, (None, None, None)))
        for side in Side
        for occupation in reversed(chains[side])
    )
