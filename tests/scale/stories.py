"""What was done in the generated patients: of every thousand, how many had which operations, and in which sides.

Of every thousand, 622 had an operation; they carry or carried 1,500 devices, so that a million have 1.5 million.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.choices import OperationKind, Side, SideEvent

IMPLANTED, EXCHANGED, REMOVED = SideEvent.IMPLANTED, SideEvent.EXCHANGED, SideEvent.REMOVED
BOTH = (Side.RIGHT, Side.LEFT)


@dataclass(frozen=True)
class Story:
    """What was done in whom: in each operation the kind, what it did, and in which sides."""

    patients: int
    """Of every thousand."""
    operations: tuple[tuple[OperationKind, SideEvent, tuple[Side, ...]], ...]


_FIRST = (OperationKind.AUGMENTATION, IMPLANTED, BOTH)
_NEXT = (OperationKind.EXCHANGE, EXCHANGED, BOTH)
_LAST = (OperationKind.REMOVAL, REMOVED, BOTH)

STORIES = (
    Story(378, ()),
    Story(30, ((OperationKind.RECONSTRUCTION, IMPLANTED, (Side.RIGHT,)),)),
    Story(30, ((OperationKind.RECONSTRUCTION, IMPLANTED, (Side.LEFT,)),)),
    Story(450, (_FIRST,)),
    Story(50, (_FIRST, _NEXT)),
    Story(30, (_FIRST, _NEXT, _LAST)),
    Story(30, (_FIRST, _NEXT, _NEXT)),
    Story(1, (_FIRST, *(_NEXT,) * 9)),
    Story(1, (_FIRST, *(_NEXT,) * 9)),
)
TEN_OPERATIONS = STORIES[-1]
