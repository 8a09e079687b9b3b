"""P14: the largest form, an operation with both sides: most of its fields have a source and can be unknown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from tests.bench.measure import Measure, took, within
from tests.bench.places import Places

TIMES = 15


def measures(places: Places) -> Iterator[Measure]:
    from desktop.forms.operation import OPERATION_FORM
    from desktop.ui.kit.form_view import FormView

    app = places.app
    FormView(OPERATION_FORM).grab()

    def visit() -> Any:
        view = FormView(OPERATION_FORM)
        view.resize(1180, 800)
        again(view)
        return view

    def again(view: Any) -> None:
        view.load(OPERATION_FORM.empty())
        view.grab()

    firsts = []
    for _ in range(TIMES):
        began = time.perf_counter()
        view = visit()
        firsts.append((time.perf_counter() - began) * 1000)
        view.deleteLater()
        app.processEvents()
    view = visit()
    laters = [took(again, view) for _ in range(TIMES)]
    count = len(view.boxes)
    view.deleteLater()
    yield within("P14", f"page of {count} fields, first visit", statistics.median(firsts), 33)
    yield within("P14", f"page of {count} fields, later visit", statistics.median(laters), 25)
