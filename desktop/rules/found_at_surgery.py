"""What was suspected in each side beside what was found there, and what the removed devices say was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.models.choices import Indication, IndicationLayer, RemovedCondition, Side
from desktop.rules.indication import compare_layers
from desktop.rules.report_facts import ReportFacts

FOUND_BY_CONDITION: Final[Mapping[RemovedCondition, Indication]] = {
    RemovedCondition.RUPTURE_INTRACAPSULAR: Indication.RUPTURE_GEL_INTRA,
    RemovedCondition.RUPTURE_EXTRACAPSULAR: Indication.RUPTURE_GEL_EXTRA,
    RemovedCondition.DEFLATED: Indication.DEFLATION_SALINE,
    RemovedCondition.VALVE_LEAK: Indication.DEFLATION_SALINE,
    RemovedCondition.FLIPPED: Indication.FLIP,
    RemovedCondition.ROTATED: Indication.ROTATION,
}
"""What the state of a removed device says was found. Source: clinical reference §1.5."""


@dataclass(frozen=True)
class FoundLine:
    """One indication of one side, who suspected it, and what its layers say together; nothing is inferred from
    silence: while nobody wrote what was found in a side, nothing there counts as not found."""

    side: Side
    indication: Indication
    suspected_by: tuple[IndicationLayer, ...]
    is_found: bool
    verdict: str


def suspected_and_found(facts: ReportFacts) -> tuple[FoundLine, ...]:
    """Every indication of each side once, RIGHT first, in the order of the case. Source: product facts, row 9."""
    return tuple(
        FoundLine(
            side,
            each.indication,
            tuple(layer for layer in IndicationLayer if layer in each.remarks and layer is not IndicationLayer.FOUND),
            IndicationLayer.FOUND in each.remarks,
            each.says.value,
        )
        for side, compared in compare_layers(facts.indications).items()
        for each in compared
    )


def proposed_found(facts: ReportFacts) -> tuple[tuple[Side, Indication], ...]:
    """What the removed devices say was found and nobody recorded as found; a person takes it or leaves it."""
    found = {(line.side, line.indication) for line in suspected_and_found(facts) if line.is_found}
    return tuple(dict.fromkeys(each for each in _said_by_devices(facts) if each not in found))


def _said_by_devices(facts: ReportFacts) -> Iterator[tuple[Side, Indication]]:
    for side in Side:
        if side in facts.came_out:
            for condition in facts.came_out[side].conditions:
                if condition in FOUND_BY_CONDITION:
                    yield side, FOUND_BY_CONDITION[condition]
