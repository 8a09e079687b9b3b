"""What the chest diagram is told about one breast, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Presence = Literal["in_place", "none", "unknown"]
Direction = Literal["upward", "downward", "outward", "toward the midline"]
Quadrant = Literal["upper inner", "upper outer", "lower inner", "lower outer"]

_GRADES = {1: "I", 2: "II", 3: "III", 4: "IV"}


@dataclass(frozen=True)
class ChestSide:
    """One breast, in plain values. `device` is the device in words; `others` are findings that have no drawing."""

    presence: Presence = "unknown"
    device: str = ""
    volume_ml: float | None = None
    baker: int | None = None
    rippling: Quadrant | None = None
    displacement: Direction | None = None
    is_ruptured: bool = False
    is_deflated: bool = False
    has_symmastia: bool = False
    others: tuple[str, ...] = ()

    def findings(self) -> list[str]:
        found = [f"Baker {_GRADES[self.baker]}"] if self.baker in _GRADES else []
        found += ["ruptured"] if self.is_ruptured else []
        found += ["deflated"] if self.is_deflated else []
        found += [f"rippling, {self.rippling}"] if self.rippling else []
        found += [f"displaced {self.displacement}"] if self.displacement else []
        found += ["symmastia"] if self.has_symmastia else []
        return found + list(self.others)

    def labels(self) -> list[str]:
        """What is written under the drawing."""
        state = {"in_place": [], "none": ["no device"], "unknown": ["device not known"]}[self.presence]
        return state + self.findings()

    def words(self) -> str:
        if self.presence == "in_place":
            volume = f"{self.volume_ml:g} mL" if self.volume_ml is not None else ""
            said = self.device if volume in self.device else f"{self.device}, {volume}".strip(", ")
            start = f"device in place, {said}" if said else "device in place"
        else:
            start = "no device" if self.presence == "none" else "not known whether a device is in place"
        return "; ".join([start, *self.findings()])
