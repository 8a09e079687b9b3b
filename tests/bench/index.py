"""P10: how long the search index takes to be made anew, as after an upgrade that spells its keys in another way."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.services.search_rebuild import rebuild_search_index
from tests.bench.measure import Measure, median_of
from tests.bench.places import FEW, Places
from tests.scale.big_practice import open_kept

MOST_SECONDS_PER_MILLION = 15


def measures(_places: Places) -> Iterator[Measure]:
    practice = open_kept(FEW)

    def rebuild() -> None:
        with practice.database.unit_of_work(practice.actor) as session:
            rebuild_search_index(session)

    seconds = median_of(3, rebuild) / 1000 * 1_000_000 / FEW
    practice.close()
    limit = MOST_SECONDS_PER_MILLION
    what = f"search index made anew, for a million as for {FEW:,}"
    yield Measure("P10", what, f"{seconds:.1f} s", f"{limit} s", seconds / limit, 1.0)
