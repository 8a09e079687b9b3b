"""What the chest diagram is told about one breast, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.models.choices import Baker, MarkKind
from desktop.rules.chest_mark import Mark, side_words

Presence = Literal["in_place", "none", "unknown"]
Direction = Literal["upward", "downward", "outward", "toward the midline"]
Quadrant = Literal["upper inner", "upper outer", "lower inner", "lower outer"]


@dataclass(frozen=True)
class ChestSide:
    """One breast, in plain values. `device` is the device in words; `others` are findings that have no drawing; `marks`
    are of this side alone."""

    presence: Presence = "unknown"
    device: str = ""
    volume_ml: float | None = None
    baker: Baker | None = None
    rippling: Quadrant | None = None
    displacement: Direction | None = None
    is_ruptured: bool = False
    is_deflated: bool = False
    has_symmastia: bool = False
    others: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()

    def findings(self) -> list[str]:
        found = [self.baker.label] if self.baker else []
        found += ["ruptured"] if self.is_ruptured else []
        found += ["deflated"] if self.is_deflated else []
        found += [f"rippling, {self.rippling}"] if self.rippling else []
        found += [f"displaced {self.displacement}"] if self.displacement else []
        found += ["symmastia"] if self.has_symmastia else []
        return found + list(self.others)

    def marked(self) -> list[str]:
        """What the marks tell beyond the findings."""
        said = {f"rippling, {self.rippling}", f"displacement {self.displacement}"}
        told = [words for side in {mark.side for mark in self.marks} for words in side_words(self.marks, side)]
        return [words for words in told if words not in said]

    @property
    def shows_rippling(self) -> bool:
        """Unless a mark shows it already, just where it is."""
        marked = {mark.place.label.lower() for mark in self.marks if mark.kind is MarkKind.RIPPLING}
        return self.rippling is not None and self.rippling not in marked

    @property
    def shows_displacement(self) -> bool:
        marked = {mark.direction.label.lower() for mark in self.marks if mark.direction}
        return self.displacement is not None and self.displacement not in marked

    def labels(self) -> list[str]:
        """What is written under the drawing."""
        state = {"in_place": [], "none": ["no device"], "unknown": ["device not known"]}[self.presence]
        return state + self.findings() + self.marked()

    def words(self) -> str:
        if self.presence == "in_place":
            volume = f"{self.volume_ml:g} mL" if self.volume_ml is not None else ""
            said = self.device if volume in self.device else f"{self.device}, {volume}".strip(", ")
            start = f"device in place, {said}" if said else "device in place"
        else:
            start = "no device" if self.presence == "none" else "not known whether a device is in place"
        return "; ".join([start, *self.findings(), *self.marked()])
