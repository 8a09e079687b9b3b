"""What the chest diagram shows of a case: devices in place, and what was found in each side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.models.choices import Displacement, Indication, Rippling, Side
from desktop.rules.chest_mark import read_marks
from desktop.rules.side import field_at
from desktop.services.operation import DeviceInSide, History
from desktop.ui.kit.chest_side import ChestSide, Direction

_DIRECTION: dict[Displacement, Direction] = {
    Displacement.SUPERIOR: "upward",
    Displacement.INFERIOR: "downward",
    Displacement.LATERAL: "outward",
    Displacement.MEDIAL: "toward the midline",
}
_RUPTURED = {Indication.RUPTURE_GEL_INTRA, Indication.RUPTURE_GEL_EXTRA}


def chest_side(side: Side, history: History | None, case: Mapping[str, Any] | None) -> ChestSide:
    """`case` holds the answers of a case and of its newest examination together."""
    device = history.in_place(side) if history else None
    known_none = history is not None and device is None
    found = case if case and _was_examined(device, case) else {}
    prefix = field_at(side, "")
    indications = {row["indication"] for row in found.get("indications", ()) if row["side"] is side}
    baker = found.get(f"{prefix}baker")
    rippling, place = found.get(f"{prefix}rippling"), found.get(f"{prefix}rippling_place")
    displacement = found.get(f"{prefix}displacement")
    is_seen = rippling not in (None, Rippling.NONE)
    others = [f"rippling, {rippling.label.lower()}"] if is_seen and rippling and place is None else []
    return ChestSide(
        presence="in_place" if device else "none" if known_none else "unknown",
        device=device.title if device else "",
        volume_ml=device.volume_ml if device else None,
        baker=baker,
        rippling=place.label.lower() if is_seen and place else None,
        displacement=_DIRECTION.get(displacement) if displacement else None,
        is_ruptured=bool(indications & _RUPTURED),
        is_deflated=Indication.DEFLATION_SALINE in indications,
        has_symmastia=Indication.SYNMASTIA in indications,
        others=("not examined since then",) if case and not found else tuple(others),
        marks=tuple(mark for mark in read_marks(found.get("marks")) if mark.side is side),
    )


def _was_examined(device: DeviceInSide | None, case: Mapping[str, Any]) -> bool:
    """What was found before a device went in was found of the one before it: it says nothing about this one."""
    since = device.occupation.since if device else None
    looked_on = case.get("examined_on") or case.get("surgery_on")
    return since is None or looked_on is None or not since.is_exact or since.earliest < looked_on
