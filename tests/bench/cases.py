"""The revision case in the demo practice: from choosing a patient, or a part of her case, to the painted page."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Iterator
from typing import Any

from tests.bench.measure import Measure, milliseconds, within
from tests.bench.places import Places
from tests.bench.screens import Wait

TIMES = 9
FULLEST, OTHER = "okafor", "ibarra"
LIMIT_MS = 100


def measures(places: Places) -> Iterator[Measure]:
    from desktop.demo.build import build_demo
    from desktop.demo.password import DEMO_PASSWORD
    from desktop.opening import Cost, sign_in
    from desktop.services.search import find_patients
    from desktop.ui.kit.background import Background
    from desktop.ui.kit.screen import Place
    from desktop.ui.main_window import MainWindow
    from desktop.ui.revision.parts import BAR

    folder = places.folder / "demo"
    build_demo(folder, dt.datetime.now().astimezone().date(), cost=Cost(memory_kib=8, passes=1, lanes=1))
    app, practice = places.app, sign_in(folder, "marchetti", DEMO_PASSWORD)
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        fullest, other = (find_patients(session, name)[0].id for name in (FULLEST, OTHER))
    background = Background(practice.database, practice.actor)
    window = MainWindow(background, "Bench")
    window.resize(1440, 900)
    window.show()
    wait = Wait(app, background)
    wait.until_painted()

    def opened(patient_id: int) -> float:
        began = time.perf_counter()
        window.go(Place("revision", patient_id))
        wait.until_painted()
        return (time.perf_counter() - began) * 1000

    first = opened(other)
    spent = []
    for _ in range(TIMES):
        spent.append(opened(fullest))
        opened(other)
    opened(fullest)
    revision: Any = window.file.screen_of("revision")
    rows: list[tuple[str, ...]] = [("the first case of the day", milliseconds(first), "")]
    for key, title in BAR:
        times = []
        for _ in range(3):
            began = time.perf_counter()
            revision.case.go_to(key)
            wait.until_painted()
            times.append((time.perf_counter() - began) * 1000)
            revision.case.go_to("assessment" if key != "assessment" else "plan")
            wait.until_painted()
        rows.append((f"part {title}", f"first {milliseconds(times[0])}", f"then {milliseconds(times[-1])}"))
    places.tables.append(("The parts of the fullest case", rows))
    yield within("case", "fullest demo case opened to painted, p50", statistics.median(spent), LIMIT_MS)
    yield within("case", "fullest demo case opened to painted, worst", max(spent), LIMIT_MS)
    window.hide()
    window.deleteLater()
    app.processEvents()
    background.close()
    practice.close()
