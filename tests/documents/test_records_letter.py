"""The two letters that ask for records, read back from the PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.documents.handout import bundled_template, read_template
from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.records_letter import (
    AskedFor,
    RecordsLetter,
    render_records_release,
    render_records_request,
)
from desktop.errors import DocumentIncomplete

Reader = Callable[[bytes], Any]
REQUEST, RELEASE = bundled_template("records_request", "en"), bundled_template("records_release", "en")
LETTERS = [(render_records_request, REQUEST), (render_records_release, RELEASE)]


@pytest.fixture
def letter(practice: PracticeLines, patient: PatientLines) -> RecordsLetter:
    return RecordsLetter(
        practice=practice,
        patient=patient,
        former_name="Bennett",
        recipient=("Dr. Lindqvist", "Quay Clinic", "4 Old Pier Road"),
        about=(("operation", "Augmentation, 2009"), ("right_device", "Mentor, serial 7001-1")),
        asked_for=AskedFor(("operation report",), ("volume", "lot number"), ("serial number",)),
        asked_on=dt.date(2026, 11, 2),
        due_on=dt.date(2026, 12, 7),
        issued_on=dt.date(2026, 11, 23),
    )


@pytest.mark.parametrize(("render", "template"), LETTERS)
def test_that_a_letter_names_patient_recipient_and_every_fact_it_asks_for(
    letter: RecordsLetter, read_pdf: Reader, render: Any, template: Any
) -> None:
    printed = read_pdf(render(letter, template))
    for page in printed.pages:
        assert "Rosalind Okafor Born 14 March 1981 · Record 004217" in page
        assert "version 1" in page
    for words in (
        "Harbour Plastic Surgery", "12 Quay Street, Portland", "555-0100", "Dr. Lindqvist Quay Clinic 4 Old Pier Road",
        "Formerly Bennett", "Augmentation, 2009", "Mentor, serial 7001-1", "• volume", "• lot number",
        "• serial number", "• operation report",
    ):  # fmt: skip
        assert words in printed.text, words
    assert printed.text.index("RIGHT • volume") < printed.text.index("LEFT • serial number")


def test_that_a_request_says_until_when_and_offers_an_answer(letter: RecordsLetter, read_pdf: Reader) -> None:
    text = read_pdf(render_records_request(letter, REQUEST)).text
    assert "Please answer by Monday 7 December 2026" in text
    assert "We keep no records of this operation any more." in text
    assert "Reminder" not in text


def test_that_a_reminder_says_when_we_first_asked(letter: RecordsLetter, read_pdf: Reader) -> None:
    text = read_pdf(render_records_request(replace(letter, is_reminder=True), REQUEST)).text
    assert "Reminder. We wrote to you on 2 November 2026 and asked for your answer by Monday 7 December 2026." in text
    assert "Please answer by" not in text  # that day may be over by now


def test_that_the_permission_has_lines_to_sign_on(letter: RecordsLetter, read_pdf: Reader) -> None:
    text = read_pdf(render_records_release(letter, RELEASE)).text
    assert "I am Rosalind Okafor, born 14 March 1981." in text
    assert "Signature Date If somebody signs for the patient" in text


def test_that_a_side_of_which_nothing_is_asked_says_so(letter: RecordsLetter, read_pdf: Reader) -> None:
    one_sided = replace(letter, asked_for=AskedFor((), ("volume",), ()))
    text = read_pdf(render_records_request(one_sided, REQUEST)).text
    assert "LEFT nothing is asked" in text
    assert "About the operation" not in text


@pytest.mark.parametrize(("render", "template"), LETTERS)
def test_that_everything_missing_is_said_at_once(letter: RecordsLetter, render: Any, template: Any) -> None:
    bare = replace(
        letter,
        practice=replace(letter.practice, phone=None, address_lines=()),
        recipient=(),
        asked_for=AskedFor((), (), ()),
        due_on=None,
    )
    with pytest.raises(DocumentIncomplete) as refused:
        render(bare, template)
    expected = {"practice.phone", "practice.address", "recipient.name", "asked_for"}
    assert set(refused.value.missing) - {"request.due_on"} == expected
    assert ("request.due_on" in refused.value.missing) is (template is REQUEST)


def test_that_an_unknown_field_of_an_edited_text_is_named(letter: RecordsLetter) -> None:
    text = "---\ntitle: T\nversion: 1\nkind: records_request\n---\n{{ request.colour }}\n"
    with pytest.raises(DocumentIncomplete, match=r"request\.colour"):
        render_records_request(letter, read_template(text, "en"))


def test_that_a_block_of_another_text_is_refused_with_its_line() -> None:
    text = "---\ntitle: T\nversion: 1\nkind: records_request\n---\n::: your-days\n:::\n"
    with pytest.raises(DocumentIncomplete, match="“your-days”; known are about, answer-by, asked-for, reminder, reply"):
        read_template(text, "en")


@pytest.mark.parametrize(("render", "template"), LETTERS)
def test_that_the_longest_names_stay_whole_and_markup_is_letters(
    letter: RecordsLetter, read_pdf: Reader, render: Any, template: Any
) -> None:
    name = "Maria-Alejandra Guadalupe Fernández de Córdoba y Hohenstaufen-Wittelsbach"
    odd = replace(
        letter, patient=replace(letter.patient, full_name=name), recipient=("#eval(`x`) <b>", "小明 医院", "مستشفى")
    )
    printed = read_pdf(render(odd, template))
    assert all(words in printed.text for words in (name, "#eval(`x`) <b>", "小明 医院"))
    assert not printed.ink_right_of(0.95)


@pytest.mark.parametrize(("render", "template"), LETTERS)
def test_that_the_same_letter_gives_the_same_bytes(letter: RecordsLetter, render: Any, template: Any) -> None:
    assert render(letter, template) == render(replace(letter), template)
