"""The recovery page as it leaves on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.documents.handout import HandoutTemplate, read_template
from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.recovery_handout import RECOVERY_FIELDS, DayLine, RecoveryHandout, render_recovery_handout
from desktop.documents.typesetting import page_count
from desktop.errors import DocumentIncomplete
from desktop.models.choices import PaperSize

Reader = Callable[[bytes], Any]

LONG_WEEK = tuple(
    DayLine(f"Day {n}", dt.date(2026, 12, 4) + dt.timedelta(days=n), ("Walk a little. " * 12,) * 4) for n in range(15)
)


def test_that_every_page_bears_the_name_the_birth_date_the_record_number_and_its_number(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    pdf = render_recovery_handout(replace(handout, days=LONG_WEEK), template)
    pages = read_pdf(pdf).pages
    assert len(pages) > 3
    assert page_count(pdf) == len(pages)
    for number, page in enumerate(pages, 1):
        assert "Rosalind Okafor" in page
        assert "Born 14 March 1981" in page
        assert "Record 004217" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Printed 22 November 2026" in page
        assert "version 3" in page


def test_that_the_emergency_lines_are_on_the_first_page(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    first = read_pdf(render_recovery_handout(replace(handout, days=LONG_WEEK), template)).pages[0]
    for words in ("555-0100", "555-0199", "911", "Chest pain", "Call us now", "38.0 °C (100.4 °F)", "Nobody watches"):
        assert words in first


def test_that_warning_signs_stand_once_under_their_action(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    first = read_pdf(render_recovery_handout(handout, template)).pages[0]
    assert first.count("Call us now") == 1
    assert first.index("Call us now") < first.index("One breast quickly") < first.index("one calf")


def test_that_every_day_is_written_with_its_date_and_all_it_asks(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    text = read_pdf(render_recovery_handout(handout, template)).text
    assert "Surgery day Friday 4 December 2026" in text
    assert "Day 1 Saturday 5 December 2026" in text
    assert "until about Friday 11 December 2026" in text
    for line in handout.days:
        assert all(words in text for words in line.text)


def test_that_the_second_printing_gives_the_same_bytes(handout: RecoveryHandout, template: HandoutTemplate) -> None:
    assert render_recovery_handout(handout, template) == render_recovery_handout(replace(handout), template)


def test_that_the_page_is_tagged_for_people_who_listen_to_it(
    handout: RecoveryHandout, template: HandoutTemplate
) -> None:
    pdf = render_recovery_handout(replace(handout, days=LONG_WEEK, is_demo=True), template)
    assert b"/StructTreeRoot" in pdf
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid:part" in pdf


@pytest.mark.parametrize(("paper", "points"), [(PaperSize.LETTER, (612, 792)), (PaperSize.A4, (595, 842))])
def test_that_the_paper_is_the_practices(
    paper: PaperSize, points: tuple[int, int], handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    on_paper = replace(handout, practice=replace(handout.practice, paper_size=paper))
    assert set(read_pdf(render_recovery_handout(on_paper, template)).sizes) == {points}


@pytest.mark.parametrize(
    "hostile",
    ["<b>Bobby</b>", "#import", '#read("/etc/hosts")', "*x*", "_y_", "$x$", "\\ \\u{41}", "{{ practice.phone }}",
     "= not a heading", "- not a list", "@label", "`code`", "</script>'\"; DROP TABLE patient; --"],
)  # fmt: skip
def test_that_typed_markup_is_printed_as_it_was_typed(
    hostile: str, handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    hostile_everywhere = replace(
        handout,
        patient=replace(handout.patient, full_name=hostile),
        practice=replace(handout.practice, name=hostile),
        surgeon_name=hostile,
        routine_set_by=hostile,
        medicines=(hostile,),
        days=(DayLine(hostile, handout.surgery_on, (hostile,)),),
        red_flags=((hostile, hostile),),
        drains=(hostile,),
    )
    assert read_pdf(render_recovery_handout(hostile_everywhere, template)).text.count(hostile) >= 10


def test_that_a_mark_that_turns_text_round_does_not_reach_the_words_after_it(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    turned = replace(handout, patient=replace(handout.patient, full_name="\u202eRosalind\u2066 Okafor\u200f"))
    assert (
        "Rosalind Okafor Born 14 March 1981 · Record 004217" in read_pdf(render_recovery_handout(turned, template)).text
    )


@pytest.mark.parametrize(
    "name",
    ["רות כהן", "محمد الفارسي", "कमला शर्मा", "สมชาย ใจดี", "Նարե Գրիգորյան", "ნინო ბერიძე", "தமிழ்ச்செல்வி", "김민준",
     "뷁", "李小龍", "山田 花子", "Nguyễn Thị Ánh", "Ὀδυσσεύς", "Щедрин", "Zoe\u0308"],
)  # fmt: skip
def test_that_a_name_of_any_of_our_scripts_leaves_ink(
    name: str, handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    named = replace(handout, medicines=(name,))
    without = replace(handout, medicines=("\u2003",))
    drawn, blank = (read_pdf(render_recovery_handout(page, template)).images for page in (named, without))
    assert any(one != other for one, other in zip(drawn, blank, strict=True))


def test_that_a_name_written_right_to_left_keeps_the_record_number_on_its_own_side(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    named = replace(handout, patient=PatientLines("רות כהן", dt.date(1981, 3, 14), "004 217"))
    assert "Born 14 March 1981 · Record 004 217" in read_pdf(render_recovery_handout(named, template)).text


def test_that_a_character_nobody_can_draw_stops_the_print_and_is_named_with_its_field(
    handout: RecoveryHandout, template: HandoutTemplate
) -> None:
    undrawable = replace(
        handout,
        patient=replace(handout.patient, full_name="Rosa \U00013000"),
        medicines=("fine", "pill \U0001f48a"),
        routine_set_by="Dr. \U00013000",
    )
    with pytest.raises(DocumentIncomplete) as refusal:
        render_recovery_handout(undrawable, template)
    assert refusal.value.missing["patient.full_name"].startswith("No font here can draw “\U00013000” (U+13000)")
    assert "U+1F48A" in refusal.value.missing["medicines.2"]
    assert set(refusal.value.missing) == {"patient.full_name", "medicines.2", "handout_text"}


@pytest.mark.parametrize("letter", ["W", "i", "ם", "李"])
def test_that_an_endless_name_stays_on_the_paper_and_whole_on_every_page(
    letter: str, handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    endless = replace(
        handout, patient=PatientLines(letter * 300, dt.date(1981, 3, 14), "9" * 60), responsible_adult=letter * 300
    )
    printed = read_pdf(render_recovery_handout(endless, template))
    assert all(page.count(letter) >= 300 for page in printed.pages)
    assert not printed.ink_right_of(0.93)


def test_that_everything_missing_is_listed_at_once_and_says_where_to_fill_it_in(template: HandoutTemplate) -> None:
    empty = RecoveryHandout(
        practice=PracticeLines(" ", (), None, "", None),
        patient=PatientLines("", None, " "),
        surgeon_name=None,
        surgery_on=dt.date(2026, 12, 4),
        routine_after_days=0,
        days=(),
        red_flags=(),
        call_temperature=None,
        issued_on=dt.date(2026, 11, 22),
        version="3",
    )
    with pytest.raises(DocumentIncomplete) as refusal:
        render_recovery_handout(empty, template)
    assert set(refusal.value.missing) == {
        "practice.name", "practice.phone", "practice.after_hours_phone", "practice.emergency_number",
        "patient.full_name", "patient.birth_date", "patient.record_number", "surgery.surgeon_name",
        "recovery.routine_after", "recovery.call_temperature", "red_flags", "days",
    }  # fmt: skip
    assert all(sentence.endswith(".") and ": " in sentence for sentence in refusal.value.missing.values())
    assert "The after-hours phone is missing: fill it in on the Practice page." in str(refusal.value)


def test_that_a_field_nobody_knows_stops_the_print(handout: RecoveryHandout, template: HandoutTemplate) -> None:
    blocks = (*template.blocks, {"kind": "paragraph", "parts": [{"kind": "field", "name": "patient.shoe_size"}]})
    with pytest.raises(DocumentIncomplete, match=r"“patient\.shoe_size”, which is not known"):
        render_recovery_handout(handout, replace(template, blocks=blocks))


@pytest.mark.parametrize("name", sorted(RECOVERY_FIELDS))
def test_that_every_known_field_can_be_used(name: str, handout: RecoveryHandout, template: HandoutTemplate) -> None:
    blocks = (*template.blocks, {"kind": "paragraph", "parts": [{"kind": "field", "name": name}]})
    assert render_recovery_handout(handout, replace(template, blocks=blocks))


def test_that_a_text_without_the_emergency_lines_in_front_is_refused(handout: RecoveryHandout) -> None:
    text = "---\ntitle: Recovery\nversion: 1\nkind: recovery\n---\n::: your-days\n:::\n::: call-now\n:::\n"
    with pytest.raises(DocumentIncomplete) as refusal:
        render_recovery_handout(handout, read_template(text, "en"))
    assert set(refusal.value.missing) == {"template.call-now", "template.call_temperature"}


def test_that_drains_are_named_by_side_with_a_column_for_every_day(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    text = read_pdf(render_recovery_handout(handout, template)).text
    assert "RIGHT drain" in text
    assert "LEFT drain" in text
    assert "Day 7 Fri 11 Dec" in text
    assert "do not write 0" in text


def test_that_without_drains_nothing_is_said_about_drains(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    assert "drain" not in read_pdf(render_recovery_handout(replace(handout, drains=()), template)).text


def test_that_empty_lists_say_so_instead_of_leaving_a_blank(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    bare = replace(handout, medicines=(), visits=(), responsible_adult=None, routine_set_by=None)
    text = read_pdf(render_recovery_handout(bare, template)).text
    assert "No medicines are listed on this page." in text
    assert "No visit is booked yet. Call us on 555-0100" in text
    assert "Please tell us who takes you home" in text
    assert "That number comes from our recovery plan." in text


def test_that_an_example_says_it_is_one_until_a_surgeon_approves_it(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    example = "Example, to be approved by your surgeon"
    approved = read_pdf(render_recovery_handout(handout, template)).text
    assert example not in approved
    assert "plan approved by Dr. A. Marchetti" in approved
    assert example in read_pdf(render_recovery_handout(replace(handout, protocol_approved_by=None), template)).pages[0]


def test_that_a_demonstration_says_so_on_every_page(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    pages = read_pdf(render_recovery_handout(replace(handout, is_demo=True, days=LONG_WEEK), template)).pages
    assert all("DEMO" in page and "not a real patient" in page for page in pages)
    assert "DEMO" not in read_pdf(render_recovery_handout(handout, template)).text


def test_that_the_head_of_the_days_is_repeated_on_every_page_they_fill(
    handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader
) -> None:
    pages = read_pdf(render_recovery_handout(replace(handout, days=LONG_WEEK), template)).pages
    for page in pages:
        assert ("What to do" in page) == ("Walk a little." in page)


def test_that_the_text_promises_nothing(handout: RecoveryHandout, template: HandoutTemplate, read_pdf: Reader) -> None:
    text = read_pdf(render_recovery_handout(handout, template)).text.lower().replace("until we say", "")
    for promise in ("safe", "normal", "guarantee", "no risk", "always", "will heal", "perfect"):
        assert promise not in text
