"""Whether a swelling is a late seroma, on what that rests, and what of its work-up is not documented.

Fluid swelling 12 calendar months or more after the latest implant that went into that breast is worked up before a
revision. Sources: Kim 2015 (consensus), Clemens and Horwitz 2017 (NCCN); clinical reference §1.5 and §1.6. The program
informs and documents; it advises nothing and blocks nothing.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from desktop.models.choices import SeromaResult, SeromaTest, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import months_between, show_partial_date
from desktop.rules.lane import Occupation
from desktop.rules.open_point import OpenPoint
from desktop.rules.problem import Circumstances, Problem, Values

LATE_FROM_MONTHS: Final = 12
"""The consensus writes "more than one year"; the reference flags from 12 months on (§1.6, 1)."""
SOURCE: Final = "Kim 2015, consensus; Clemens and Horwitz 2017, NCCN"
TARGET_ML: Final = (10, 50)
"""At least 10 to 50 mL, as much as possible: the authors differ in the least they ask for (§1.6, 3)."""
TARGET_WORDS: Final = f"Usual target: at least {TARGET_ML[0]}–{TARGET_ML[1]} mL, as much as possible ({SOURCE})."
_MOST_ML: Final = 3000
"""More than any breast holds; our own bound, to catch a slip of the keyboard."""


class Answer(enum.Enum):
    LATE = "late"
    CANNOT_BE_EXCLUDED = "cannot be excluded"
    NOT_LATE = "not late"


@dataclass(frozen=True)
class Onset:
    """Since when it is swollen; `on` None where nobody dated it. `told_by` names where that stands."""

    on: PartialDate | None
    told_by: str


@dataclass(frozen=True)
class LateSeroma:
    """`fewest` and `most` are the calendar months between the latest implant and the swelling, as far as known."""

    side: Side
    answer: Answer
    onset: Onset
    latest_implant: PartialDate | None
    has_implant: bool
    fewest: int | None
    most: int | None
    is_named_late: bool = False

    @property
    def opens_work_up(self) -> bool:
        """Also where the dates say no and the indication says late: one of the two is to be looked at again."""
        return self.answer is not Answer.NOT_LATE or self.is_named_late

    def words(self) -> str:
        """`Swelling since Sep 2026 (…); latest implant RIGHT May 2011: 183 months. From 12 months on …`"""
        onset = self.onset
        since = f"Swelling since {show_partial_date(onset.on)}" if onset.on else "Swelling, nobody wrote since when"
        return f"{since} ({onset.told_by}); {self._implant_words()}: {self._months_words()}. {self._rule_words()}"

    def _implant_words(self) -> str:
        if not self.has_implant:
            return f"no implant {self.side.label} is recorded"
        when = show_partial_date(self.latest_implant) if self.latest_implant else "on a day nobody knows"
        return f"latest implant {self.side.label} {when}"

    def _months_words(self) -> str:
        if self.fewest is None and self.most is None:
            return "how long after cannot be told"
        if self.fewest == self.most:
            return "1 month" if self.most == 1 else f"{self.most} months"
        if self.most is None:
            return f"at least {self.fewest} months"
        return f"{self.fewest} to {self.most} months" if self.fewest is not None else f"at most {self.most} months"

    def _rule_words(self) -> str:
        if self.answer is Answer.CANNOT_BE_EXCLUDED:
            return f"Whether it is {LATE_FROM_MONTHS} months or more is not known ({SOURCE})."
        if self.answer is Answer.NOT_LATE:
            return f"The indication says late, these dates say less than {LATE_FROM_MONTHS} months ({SOURCE})."
        return f"Late from {LATE_FROM_MONTHS} months on ({SOURCE})."


def judge_seroma(
    side: Side,
    onset: Onset,
    implants: Iterable[Occupation],
    today: dt.date,
    *,
    implant_expected: bool = False,
    is_named_late: bool = False,
) -> LateSeroma | None:
    """`implants` are all that were ever in that breast, also those that came out.

    What went in after the swelling began is left out; what may have is counted both ways, so that an exchange of the
    same month never hides the years of the implant before it. A date known to the year leaves a range of months, an
    implant nobody can date went in before it came out; only what holds over the whole range is said to be so. Where
    no implant is recorded nothing can be told: then it is asked about only if one is expected, else the answer is None.
    """
    earliest, latest = (onset.on.earliest, min(onset.on.latest, today)) if onset.on else (None, today)
    all_of_them = tuple(implants)
    if not all_of_them:
        unsure = LateSeroma(side, Answer.CANNOT_BE_EXCLUDED, onset, None, False, None, None, is_named_late)
        return unsure if implant_expected or is_named_late else None
    before = [one for one in all_of_them if one.since is None or one.since.earliest <= latest]
    newest = max(
        (one.since for one in before if one.since), key=lambda since: (since.earliest, since.latest), default=None
    )
    bounds = [_in_by(one) for one in before]
    since = _longest_since(before, earliest)
    most = months_between(since, latest) if since else None
    fewest = None
    if earliest is not None and bounds and None not in bounds:
        last = max(bound for bound in bounds if bound is not None)
        fewest = months_between(last, earliest) if last <= earliest else 0
    if fewest is not None and fewest >= LATE_FROM_MONTHS:
        answer = Answer.LATE
    elif (most is not None and most < LATE_FROM_MONTHS) or not before:
        answer = Answer.NOT_LATE
    else:
        answer = Answer.CANNOT_BE_EXCLUDED
    is_undated = None in bounds and answer is Answer.CANNOT_BE_EXCLUDED
    return LateSeroma(side, answer, onset, None if is_undated else newest, True, fewest, most, is_named_late)


def _longest_since(before: Iterable[Occupation], onset: dt.date | None) -> dt.date | None:
    """The earliest day on which the latest implant before the swelling can have gone in; None where nobody can tell.

    The last of those that were certainly in by then; without one, the first that may have been.
    """
    of_them = tuple(before)
    certain = [one for one in of_them if onset is not None and (by := _in_by(one)) is not None and by <= onset]
    if certain:
        return max((one.since.earliest for one in certain if one.since), default=None)
    if any(one.since is None for one in of_them):
        return None
    return min((one.since.earliest for one in of_them if one.since), default=None)


def _in_by(one: Occupation) -> dt.date | None:
    """The last day on which it can have gone in."""
    date = one.since or one.functionless_since or one.until
    return date.latest if date else None


def not_documented(values: Values) -> tuple[str, ...]:
    """What of the work-up nobody wrote down yet, in the order in which it is done (§1.6, 1 to 5).

    Reporting is left out: where and whether it is asked for differs by country. What follows a confirmed result is
    asked only then.
    """
    result = values.get("result")
    asked = [
        ("since when it is swollen", values.get("onset_on")),
        ("mass, nodes, rash and B symptoms", _all(values, "mass", "nodes", "rash", "b_symptoms")),
        ("ultrasound", values.get("ultrasound_on")),
        ("what the ultrasound showed", _all(values, "ultrasound_fluid", "ultrasound_mass", "ultrasound_nodes")),
        ("aspirate", _all(values, "aspirated_on", "aspirate_ml")),
        (_tests_words(values), not _tests_missing(values)),
        ("result", result),
    ]
    if result is SeromaResult.CONFIRMED:
        asked += [
            ("ALK", values.get("alk")),
            ("PET-CT", values.get("pet_ct_on")),
            ("multidisciplinary team", values.get("team_met_on")),
            ("stage", values.get("stage")),
        ]
    return tuple(words for words, answer in asked if answer in (None, "", (), False))


def has_aspirate(values: Values) -> bool:
    """Whether fluid was taken: without an aspirate the work-up counts as not documented (§1.6, 7)."""
    return values.get("aspirated_on") is not None


def state_words(values: Values) -> str:
    """`Documented`, or `Not documented: ultrasound, aspirate`."""
    missing = not_documented(values)
    return f"Not documented: {', '.join(missing)}" if missing else "Documented"


def work_up_points(late: LateSeroma, work_up: Values) -> Iterator[OpenPoint]:
    """What the plan says about it before it is signed."""
    missing, side = not_documented(work_up), late.side.label
    if not has_aspirate(work_up):
        is_said = late.answer is Answer.LATE or late.is_named_late
        what = "late seroma work-up not documented" if is_said else "late seroma cannot be excluded"
        yield OpenPoint(f"{side}: {what}", f"{late.words()} {state_words(work_up)}.")
    elif missing:
        yield OpenPoint(f"{side}: late seroma work-up not complete", f"{state_words(work_up)}.")
    if said := below_target(work_up.get("aspirate_ml")):
        yield OpenPoint(f"{side}: aspirate below the usual target", said, to_know=True)
    result = work_up.get("result")
    if result in (SeromaResult.CONFIRMED, SeromaResult.INDETERMINATE):
        yield OpenPoint(f"{side}: late seroma, result {result.label.lower()}", work_up.get("stage") or "", to_know=True)


def below_target(aspirate_ml: int | None) -> str:
    """What is usual, where less was taken; empty where it was not."""
    if aspirate_ml is None or aspirate_ml >= TARGET_ML[0]:
        return ""
    return f"{aspirate_ml} mL. {TARGET_WORDS}"


def check_seroma_work_up(values: Values, circumstances: Circumstances) -> list[Problem]:
    """Days that have come, a possible volume, and results of what was sent."""
    problems = []
    for name in ("ultrasound_on", "aspirated_on", "pet_ct_on", "team_met_on", "reported_on"):
        on = values.get(name)
        if isinstance(on, dt.date) and on > circumstances.today:
            problems.append(Problem(name, "This day has not come yet: write it when it is done."))
    onset = values.get("onset_on")
    if isinstance(onset, PartialDate) and onset.earliest > circumstances.today:
        problems.append(Problem("onset_on", "This has not come yet: write since when it is swollen."))
    volume = values.get("aspirate_ml")
    if isinstance(volume, int) and not 1 <= volume <= _MOST_ML:
        problems.append(Problem("aspirate_ml", f"{volume:,} mL is outside 1–{_MOST_ML:,} mL. Write it like 80."))
    if values.get("cd30") and values.get("tests") and SeromaTest.CD30 not in values["tests"]:
        problems.append(Problem("cd30", "CD30 is not among the tests sent: add it there, or leave this empty."))
    return problems


def _all(values: Values, *names: str) -> bool:
    return all(values.get(name) is not None for name in names)


def _tests_missing(values: Values) -> list[SeromaTest]:
    return [test for test in SeromaTest if test not in (values.get("tests") or ())]


def _tests_words(values: Values) -> str:
    if not values.get("tests"):
        return "tests sent"
    return f"tests ({', '.join(test.label for test in _tests_missing(values))})"
