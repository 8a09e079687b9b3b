"""P12: the recovery handout against Typst alone on a page of the same words, and its preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tests.bench.measure import Measure, against, in_turn, took, within
from tests.bench.places import Places


def measures(places: Places) -> Iterator[Measure]:
    import typst

    from desktop.documents.handout import bundled_template
    from desktop.documents.recovery_handout import render_recovery_handout

    assert places.app is not None
    handout, template = _typical_handout(), bundled_template("recovery", "en")
    first = took(render_recovery_handout, handout, template)
    fonts = typst.Fonts(include_system_fonts=False)
    words = "= Recovering\n" + "\n\n".join(f"Day {day}. " + "Rest and short walks. " * 12 for day in range(16))

    def bare(number: int) -> None:
        source = f'#set document(title: "Recovering")\n#set page(paper: "us-letter")\n{words}\n{number}'.encode()
        typst.compile(source, font_paths=fonts, format="pdf", pdf_standards=["ua-1"])

    ours_ms, bare_ms = in_turn(lambda _number: render_recovery_handout(handout, template), bare, 25)
    yield against("P12", "recovery handout, warm", ours_ms, "bare Typst", bare_ms, 2)
    yield within("P12", "recovery handout, first", first, 100)
    pdf = render_recovery_handout(handout, template)
    yield within("P12", "preview of the handout", took(_preview, pdf), 150)


def _preview(pdf: bytes) -> None:
    """With the import of QtPdf, which waits for the first preview."""
    from desktop.ui.kit.pdf_preview import PdfPreview

    preview = PdfPreview()
    preview.resize(800, 900)
    preview.show_pdf(pdf)
    preview.grab()
    preview.deleteLater()


def _typical_handout() -> Any:
    from desktop.documents.letterhead import PatientLines, PracticeLines
    from desktop.documents.recovery_handout import DayLine, RecoveryHandout

    surgery_on = dt.date(2026, 12, 4)
    return RecoveryHandout(
        practice=PracticeLines("Harbour Plastic Surgery", ("12 Quay Street",), "555-0100", "555-0199", "911"),
        patient=PatientLines("Rosalind Okafor", dt.date(1981, 3, 14), "004217"),
        surgeon_name="Dr. A. Marchetti",
        surgery_on=surgery_on,
        routine_after_days=7,
        responsible_adult="Grace Okafor",
        days=tuple(
            DayLine(f"Day {number}", surgery_on + dt.timedelta(days=number), ("Rest.", "Short walks."))
            for number in range(8)
        ),
        red_flags=(("Chest pain or trouble breathing", "Call emergency services"), ("Fever", "Call us now")),
        call_temperature="38.0 °C (100.4 °F)",
        issued_on=dt.date(2026, 11, 22),
        version="1",
        drains=("RIGHT drain", "LEFT drain"),
    )
