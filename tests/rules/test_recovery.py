from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import RecoveryState
from desktop.paths import resource
from desktop.rules.reading import Unreadable
from desktop.rules.recovery import (
    DayState,
    Next,
    Stretch,
    check_move,
    date_of,
    day_label,
    day_of,
    day_state,
    follow,
    items_for,
    movable_day,
    move,
    next_step,
    show_day,
    stretches,
    worded,
)
from desktop.rules.recovery_protocol import Amount, Protocol, RedFlags, read_protocol, read_red_flags

PROTOCOL = resource("rules", "recovery_protocol.toml").read_text(encoding="utf-8")
RED_FLAGS = resource("rules", "red_flags.toml").read_text(encoding="utf-8")

SMALL = """
name = "Small"
version = "1"
status = "example"
sources = ["ourselves"]
routine_after_days = 7

[[items]]
code = "WALK"
title = "Walk"
text = "Walk a little."
start_day = 1
end_day = 3
"""


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return read_protocol(PROTOCOL)


@pytest.fixture(scope="module")
def red_flags() -> RedFlags:
    return read_red_flags(RED_FLAGS)


@pytest.mark.parametrize(
    ("surgery", "day", "date"),
    [
        ("2026-03-28", 0, "2026-03-28"),
        ("2026-03-28", 1, "2026-03-29"),  # the clocks change in that night
        ("2026-03-28", 7, "2026-04-04"),
        ("2028-02-27", 2, "2028-02-29"),
        ("2027-02-27", 2, "2027-03-01"),
        ("2026-12-31", 1, "2027-01-01"),
        ("2026-12-04", -11, "2026-11-23"),
    ],
)
def test_that_day_n_is_the_date_n_calendar_days_after_surgery(surgery: str, day: int, date: str) -> None:
    surgery_on, on = dt.date.fromisoformat(surgery), dt.date.fromisoformat(date)
    assert date_of(surgery_on, day) == on
    assert day_of(surgery_on, on) == day


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(-400, 400))
def test_that_a_day_and_its_date_lead_to_each_other(surgery_on: dt.date, day: int) -> None:
    assert day_of(surgery_on, date_of(surgery_on, day)) == day


def test_that_days_are_called_as_people_call_them() -> None:
    assert [day_label(day) for day in (0, 1, 7, 14, 28, 42, 15)] == [
        "Surgery day", "Day 1", "Day 7", "Week 2", "Week 4", "Week 6", "Day 15",
    ]  # fmt: skip
    assert show_day(dt.date(2026, 12, 4), 14) == "Fri 18 Dec 2026"
    text = worded("Until {until}: rest.", dt.date(2026, 12, 4), 14)
    assert text == "Until Fri 18 Dec 2026 (day 14): rest."


class TestTheExample:
    def test_that_it_is_marked_as_an_example_and_names_its_sources(self, protocol: Protocol) -> None:
        assert protocol.status == "example"
        assert protocol.sources
        assert protocol.routine_after_days == 7

    def test_that_it_speaks_about_each_day_of_the_week_and_weeks_2_4_and_6(self, protocol: Protocol) -> None:
        days = {line.start_day for item in protocol.items if not item.is_limit for line in stretches(item)}
        assert days == {*range(8), 14, 28, 42}

    def test_that_the_limits_stand_as_value_and_unit(self, protocol: Protocol) -> None:
        by_code = {item.code: item for item in protocol.items}
        assert by_code["LIFT_FIRST"].limit == (Amount(Decimal("2.3"), "kg"), Amount(Decimal(5), "lb"))
        assert by_code["LIFT_FIRST"].worded() == "Lift nothing heavier than 2.3 kg (5 lb) until {until}."
        assert by_code["LIFT_LATER"].follows == "LIFT_FIRST"

    def test_that_drain_items_are_left_out_only_when_there_are_surely_none(self, protocol: Protocol) -> None:
        def codes(has_drains: bool | None) -> set[str]:
            return {item.code for item in items_for(protocol, has_drains)}

        assert codes(True) == codes(None) == codes(False) | {"DRAIN", "DRAIN_CHECK"}

    def test_that_nothing_promises_that_something_is_safe_or_normal(
        self, protocol: Protocol, red_flags: RedFlags
    ) -> None:
        words = " ".join([item.text for item in protocol.items] + [flag.text for flag in red_flags.flags]).lower()
        assert not any(promise in words for promise in ("safe", "normal", "guarantee", "µ", " cc"))


class TestReadingAProtocol:
    def test_that_a_small_one_is_read(self) -> None:
        protocol = read_protocol(SMALL)
        assert [(i.code, i.start_day, i.end_day, i.is_limit) for i in protocol.items] == [("WALK", 1, 3, False)]

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ("start_day = 1", "start_day = 5", "Item WALK: ends on day 3, before it begins on day 5."),
            ("start_day = 1", "start_day = -1", "Item WALK: start_day must be a whole number from 0 to 365."),
            ("start_day = 1", "start_day = 1.5", "Item WALK: start_day must be a whole number"),
            ("start_day = 1", "start_day = true", "Item WALK: start_day must be a whole number"),
            ("start_day = 1\n", "", "Item WALK: start_day must be a whole number"),
            ("end_day = 3", "end_day = 366", "Item WALK: end_day must be"),
            ('title = "Walk"', 'title = " "', "Item WALK: title is missing"),
            ('code = "WALK"', 'code = "walk a lot"', "capital letters"),
            ('code = "WALK"\n', "", "Item 1: code is missing"),
            ("a little.", "until {until}.", "Item WALK: text holds “{until}”, which nothing fills in here."),
            ("a little.", "{limit}.", "“{limit}”"),
            ("a little.", "{ a little.", "single brace"),
            ("end_day = 3", 'end_day = 3\napplies_to = "nobody"', "Item WALK: applies_to must be always or drains."),
            ("end_day = 3", "end_day = 3\nstartday = 4", "Item WALK: “startday” is not known here."),
            ("end_day = 3", 'end_day = 3\nfollows = "WALK"', "Item WALK: only a limit can follow"),
            ("end_day = 3", "end_day = 3\nlimit = 5", "Item WALK: limit must be a list"),
            ("end_day = 3", 'end_day = 3\nlimit = [{value = "5", unit = "kg"}]', "Item WALK, limit 1: value must be"),
            ("end_day = 3", "end_day = 3\nlimit = [{value = 5}]", "Item WALK, limit 1: unit is missing"),
            ('version = "1"', "version = 1", "The protocol: version is missing"),
            ('sources = ["ourselves"]', "sources = []", "The protocol: sources must be a list"),
            ("routine_after_days = 7", "routine_after_days = 0", "routine_after_days must be"),
        ],
    )
    def test_that_what_is_wrong_is_named_with_its_entry(self, old: str, new: str, sentence: str) -> None:
        assert old in SMALL
        with pytest.raises(Unreadable) as refused:
            read_protocol(SMALL.replace(old, new))
        assert sentence in str(refused.value)

    def test_that_everything_wrong_is_told_at_once(self) -> None:
        with pytest.raises(Unreadable) as refused:
            read_protocol(SMALL.replace('title = "Walk"', "").replace("end_day = 3", "end_day = 0"))
        assert "title" in str(refused.value)
        assert "before it begins" in str(refused.value)

    def test_that_two_items_of_one_code_are_refused(self) -> None:
        with pytest.raises(Unreadable, match="Item WALK stands there twice"):
            read_protocol(SMALL + SMALL[SMALL.index("[[items]]") :])

    @pytest.mark.parametrize("text", ["", "items = 3", "\x00", "[[items", "items = [1, 2]"])
    def test_that_what_is_no_protocol_is_refused_in_words(self, text: str) -> None:
        with pytest.raises(Unreadable):
            read_protocol(text)

    @given(st.text(max_size=200))
    def test_that_no_text_is_more_than_refused(self, text: str) -> None:
        for read in (read_protocol, read_red_flags):
            with pytest.raises(Unreadable):
                read(text)


class TestRedFlags:
    def test_that_all_eleven_are_there_with_their_action(self, red_flags: RedFlags) -> None:
        assert {flag.code: flag.action.code for flag in red_flags.flags} == {
            "RF1": "call_now", "RF2": "emergency", "RF3": "same_hour", "RF4": "same_day", "RF5": "same_day",
            "RF6": "same_day", "RF7": "emergency", "RF8": "emergency", "RF9": "same_day", "RF10": "emergency",
            "RF11": "within_days",
        }  # fmt: skip

    def test_that_the_soonest_stand_first(self, red_flags: RedFlags) -> None:
        assert red_flags.flags[0].action.code == "emergency"
        assert red_flags.flags[-1].code == "RF11"

    def test_that_the_fever_is_written_in_both_units_of_one_definition(self, red_flags: RedFlags) -> None:
        fever = red_flags.by_code("RF4")
        assert fever is not None
        assert fever.text.startswith("A temperature of 38.0 °C (100.4 °F) or more")

    def test_that_a_flag_with_two_ways_says_both(self, red_flags: RedFlags) -> None:
        bleeding = red_flags.by_code("RF1")
        assert bleeding is not None
        assert "surgeon now" in bleeding.shown
        assert "emergency services" in bleeding.shown

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ('code = "RF2"', 'code = "RF3"', "Red flag RF3 stands there twice"),
            ('action = "same_hour"', 'action = "soon"', "Red flag RF3: action “soon” is not described"),
            ("celsius = 38.0", "celsius = 98.6", "The call temperature: celsius must be a number from 34 to 43."),
            ("{call_temperature}", "{fever}", "Red flag RF4: text holds “{fever}”"),
        ],
    )
    def test_that_what_is_wrong_is_named_with_its_entry(self, old: str, new: str, sentence: str) -> None:
        with pytest.raises(Unreadable) as refused:
            read_red_flags(RED_FLAGS.replace(old, new))
        assert sentence in str(refused.value)


LIMIT = (Stretch(0, 14, 14, key=1),)
DAILY = tuple(Stretch(day, day, day, key=day) for day in range(1, 8))
SINGLE = (Stretch(14, 14, 14, key=1),)


class TestASurgeonsOwnDays:
    def test_that_a_limit_moved_on_day_10_leaves_days_0_to_10_under_the_old_rule(self) -> None:
        assert move(LIMIT, True, 21, 10) == (Stretch(0, 10, 14, key=1), Stretch(11, 21, 21))

    def test_that_a_limit_moved_before_surgery_is_simply_another_limit(self) -> None:
        assert move(LIMIT, True, 21, -5) == (Stretch(0, 21, 21, key=1),)

    def test_that_a_limit_can_end_today(self) -> None:
        assert move(LIMIT, True, 10, 10) == (Stretch(0, 10, 14, key=1),)

    def test_that_a_limit_that_is_over_can_begin_again_tomorrow(self) -> None:
        assert move(LIMIT, True, 21, 16) == (Stretch(0, 14, 14, key=1), Stretch(17, 21, 21))

    def test_that_a_second_thought_of_the_same_day_changes_the_new_rule_only(self) -> None:
        moved = (Stretch(0, 10, 14, key=1), Stretch(11, 21, 21, key=2))
        assert movable_day(moved) == 21
        assert move(moved, True, 25, 10) == (moved[0], Stretch(11, 25, 25, key=2))
        assert move(moved, True, 10, 10) == (moved[0],)

    def test_that_daily_items_are_asked_longer_or_shorter(self) -> None:
        assert [line.start_day for line in move(DAILY, False, 9, 3)] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
        assert [line.start_day for line in move(DAILY, False, 5, 3)] == [1, 2, 3, 4, 5]

    def test_that_an_answered_day_never_goes(self) -> None:
        answered = (*DAILY[:6], Stretch(7, 7, 7, key=7, is_answered=True))
        assert [line.start_day for line in move(answered, False, 4, 3)] == [1, 2, 3, 4, 7]

    def test_that_a_single_day_moves(self) -> None:
        assert move(SINGLE, False, 10, 3) == (Stretch(10, 10, 10, key=1),)

    @pytest.mark.parametrize(
        ("lines", "is_limit", "new_day", "today", "sentence"),
        [
            (LIMIT, True, -1, 0, "Write a day from 0 to 365."),
            (LIMIT, True, 366, 0, "Write a day from 0 to 365."),
            (LIMIT, True, 14, 3, "It is day 14 already."),
            (LIMIT, True, 5, 10, "Today is day 10: only days to come can be changed."),
            ((Stretch(15, 42, 42),), True, 12, 3, "It would end before it begins, which is day 15."),
            (DAILY, False, 0, -3, "It would end before it begins, which is day 1."),
            (SINGLE, False, 3, 3, "Today is day 3: only days to come can be changed."),
            (SINGLE, False, 20, 14, "Today is day 14: only days to come can be changed."),
            ((Stretch(14, 14, 14, is_answered=True),), False, 20, 3, "It is answered already"),
        ],
    )
    def test_that_an_impossible_day_is_refused_in_a_sentence(
        self, lines: tuple[Stretch, ...], is_limit: bool, new_day: int, today: int, sentence: str
    ) -> None:
        (problem,) = check_move(lines, is_limit, new_day, today)
        assert problem.field == "new_day"
        assert problem.message.startswith(sentence)

    def test_that_the_limit_that_follows_begins_a_day_later(self) -> None:
        later = Stretch(15, 42, 42, key=2)
        assert check_move(LIMIT, True, 21, 10, (later,)) == []
        assert follow(later, 21) == Stretch(22, 42, 42, key=2)

    @pytest.mark.parametrize(("new_day", "today"), [(42, 10), (50, 10), (21, 15)])
    def test_that_the_limit_that_follows_is_neither_swallowed_nor_moved_once_begun(
        self, new_day: int, today: int
    ) -> None:
        assert check_move(LIMIT, True, new_day, today, (Stretch(15, 42, 42),)) != []

    @given(st.integers(0, 60), st.integers(-10, 60))
    def test_that_what_stood_until_today_is_never_touched(self, new_day: int, today: int) -> None:
        for lines, is_limit in ((LIMIT, True), (DAILY, False), (SINGLE, False)):
            if check_move(lines, is_limit, new_day, today):
                continue

            def on(some: tuple[Stretch, ...], day: int) -> list[tuple[int, int]]:
                return [(line.start_day, line.rule_day) for line in some if line.start_day <= day <= line.end_day]

            moved = move(lines, is_limit, new_day, today)
            assert all(on(moved, day) == on(lines, day) for day in range(today + 1))
            assert all(line.start_day <= line.end_day for line in moved)


A, D, N, S, O = (  # noqa: E741
    RecoveryState.NOT_APPLICABLE,
    RecoveryState.DONE,
    RecoveryState.NOT_DONE,
    RecoveryState.SKIPPED,
    RecoveryState.NOT_ANSWERED,
)


class TestWhatBecameOfADay:
    @pytest.mark.parametrize(
        ("answers", "day", "today", "state"),
        [
            ((D, D), 1, 3, DayState.DONE),
            ((D, A), 1, 3, DayState.DONE),
            ((D, O), 1, 3, DayState.PARTLY),
            ((D, S), 1, 3, DayState.PARTLY),
            ((D, N), 1, 3, DayState.PARTLY),
            ((O, O), 1, 3, DayState.NOT_ANSWERED),
            ((D, O), 3, 3, DayState.DUE),
            ((O, O), 3, 3, DayState.DUE),
            ((D, N), 3, 3, DayState.PARTLY),
            ((D, D), 3, 3, DayState.DONE),
            ((O, O), 5, 3, DayState.LATER),
            ((), 5, 3, DayState.NOTHING),
        ],
    )
    def test_that_a_day_is(self, answers: tuple[RecoveryState, ...], day: int, today: int, state: DayState) -> None:
        assert day_state(answers, day, today) is state

    def test_that_a_red_flag_is_seen_before_everything_else(self) -> None:
        assert day_state((D, D), 1, 3, has_red_flag=True) is DayState.RED_FLAG

    @given(st.lists(st.sampled_from(list(RecoveryState)), min_size=1), st.integers(0, 42), st.integers(-5, 42))
    def test_that_an_unanswered_line_is_never_counted_as_done(
        self, answers: list[RecoveryState], day: int, today: int
    ) -> None:
        if O in answers:
            assert day_state(answers, day, today) is not DayState.DONE

    @pytest.mark.parametrize(
        ("open_titles", "today", "flag", "step"),
        [
            ({3: ["Walk", "Pain"]}, 3, None, Next("Today: 2 to answer", "accent")),
            ({3: ["Walk"]}, 3, None, Next("Today: Walk", "accent")),
            ({1: ["Walk"], 3: ["Walk"]}, 3, None, Next("Catch up: day 1", "warning")),
            ({0: ["Rest"], 1: ["Walk"], 2: ["Walk"]}, 3, None, Next("Catch up: surgery day and 2 more", "warning")),
            ({14: ["Stitches out"]}, 8, None, Next("Week 2: Stitches out", "neutral")),
            ({}, 8, None, Next("Everything answered", "neutral")),
            ({3: ["Walk"]}, 3, "Surgeon, now", Next("Surgeon, now", "danger")),
        ],
    )
    def test_that_what_comes_next_is(
        self, open_titles: dict[int, list[str]], today: int, flag: str | None, step: Next
    ) -> None:
        assert next_step(open_titles, today, flag) == step
