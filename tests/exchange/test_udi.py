"""What any text says as a label: the worked examples of the clinical reference, and all that a scanner does to them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.exchange.hibcc import check_character
from desktop.exchange.read_label import FACTS, Outcome, ReadLabel
from desktop.exchange.udi import LONGEST, read_label
from desktop.models.choices import UdiIssuer
from desktop.rules.device_identifier import check_digit

TODAY = dt.date(2026, 11, 23)

GS1_VECTOR = "(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234"
HIBCC_VECTOR = "+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ4567890123 45678/16D20130202C"
ICCBBA_VECTOR = "=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123"


def facts(read: ReadLabel) -> dict[str, Any]:
    return {name: fact for name in FACTS if (fact := getattr(read, name)) is not None}


@pytest.mark.parametrize(
    ("raw", "issuer", "expected"),
    [
        (
            GS1_VECTOR,
            UdiIssuer.GS1,
            {
                "device_identifier": "51022222233336",
                "made_on": dt.date(2014, 12, 31),
                "expires_on": dt.date(2015, 7, 7),
                "lot": "A213B1",
                "serial": "1234",
            },
        ),
        (
            "(01)09504000059118(17)141120(10)7654321D(21)10987654d321",
            UdiIssuer.GS1,
            {
                "device_identifier": "09504000059118",
                "expires_on": dt.date(2014, 11, 20),
                "lot": "7654321D",
                "serial": "10987654d321",
            },
        ),
        (
            "(01)00643169001763(17)160712(21)21A11F4855",
            UdiIssuer.GS1,
            {"device_identifier": "00643169001763", "expires_on": dt.date(2016, 7, 12), "serial": "21A11F4855"},
        ),
        ("10888628001206", UdiIssuer.GS1, {"device_identifier": "10888628001206"}),
        ("81317001171", UdiIssuer.GS1, {"device_identifier": "00081317001171"}),
        ("81317001195", UdiIssuer.GS1, {"device_identifier": "00081317001195"}),
        (
            "(01)09521234543213(17)271200(10)LOTA1(21)SN0001",
            UdiIssuer.GS1,
            {
                "device_identifier": "09521234543213",
                "expires_on": dt.date(2027, 12, 31),
                "lot": "LOTA1",
                "serial": "SN0001",
            },
        ),
        (
            "01095212345432131727123110LOTA1\x1d21SN0001",
            UdiIssuer.GS1,
            {
                "device_identifier": "09521234543213",
                "expires_on": dt.date(2027, 12, 31),
                "lot": "LOTA1",
                "serial": "SN0001",
            },
        ),
        ("+A123BJC5D6E71G", UdiIssuer.HIBCC, {"device_identifier": "A123BJC5D6E71"}),
        (
            HIBCC_VECTOR,
            UdiIssuer.HIBCC,
            {
                "device_identifier": "H123PARTNO1234567890120",
                "expires_on": dt.date(2020, 2, 2),
                "made_on": dt.date(2013, 2, 2),
                "lot": "LOT123456789012345",
                "serial": "XYZ4567890123 45678",
            },
        ),
        (
            ICCBBA_VECTOR,
            UdiIssuer.ICCBBA,
            {
                "device_identifier": "A9999XYZ100T0944",
                "serial": "000025",
                "distinct_id": "A99971312345600",
                "expires_on": dt.date(2014, 2, 1),
                "made_on": dt.date(2013, 2, 1),
                "lot": "000000000000XYZ123",
            },
        ),
    ],
)
def test_that_a_sound_label_is_read_whole(raw: str, issuer: UdiIssuer, expected: dict[str, Any]) -> None:
    read = read_label(raw, TODAY)
    assert read.outcome is Outcome.READ
    assert read.problems == ()
    assert read.issuer is issuer
    assert facts(read) == expected
    assert read.raw == raw


SCANNED = "01095212345432131727123110LOTA1\x1d21SN0001"
SAID = facts(read_label(SCANNED, TODAY))


@pytest.mark.parametrize(
    "raw",
    [
        *(f"{prefix}{SCANNED}" for prefix in ("]d2", "]C1", "]Q3", "]e0", "]C0", "]X0", "\x1d", "]d2\x1d", "  ")),
        *(f"{SCANNED}{suffix}" for suffix in ("\r", "\n", "\r\n", "\t", " ", "\x1d")),
        SCANNED + SCANNED,
        f"{SCANNED}\r\n{SCANNED}\r\n",
        "0109521234543213\r\n1727123110LOTA1\x1d21SN0001",
        "1727123110LOTA1\x1d21SN0001\n]C10109521234543213",
        "]E09521234543213\n(17)271231\n(10)LOTA1\n(21)SN0001",
        "17271231010952123454321310LOTA1\x1d21SN0001",
        "21SN0001\x1d10LOTA1\x1d172712310109521234543213",
    ],
)
def test_that_what_scanners_put_around_a_label_changes_nothing_in_it(raw: str) -> None:
    read = read_label(raw, TODAY)
    assert read.outcome is Outcome.READ, read.problems
    assert facts(read) == SAID
    assert read.raw == raw


def test_that_a_code_scanned_twice_is_read_once_and_said_to_have_been() -> None:
    for raw in (SCANNED * 2, f"{SCANNED}\n{SCANNED}", f"{HIBCC_VECTOR}\t{HIBCC_VECTOR}"):
        assert "more than once" in read_label(raw, TODAY).remarks[-1]
    assert read_label(SCANNED, TODAY).remarks == ()


def whole(text: str) -> str:
    return text + check_character(text)


@pytest.mark.parametrize("swapped", [False, True])
def test_that_a_primary_and_a_secondary_code_make_one_label(swapped: bool) -> None:
    codes = ["+BLUEUNICORN7N", whole("+$$20928053C001/S0001N")]
    read = read_label("\r\n".join(reversed(codes) if swapped else codes), TODAY)
    assert read.outcome is Outcome.READ
    assert (read.device_identifier, read.lot, read.serial) == ("BLUEUNICORN7", "3C001", "0001")


def test_that_codes_of_two_stickers_are_not_put_together() -> None:
    read = read_label("+BLUEUNICORN7N\n+$$20928053C001/S0001/16D20000101XQ", TODAY)
    assert read.outcome is Outcome.NOT_READ
    assert "do not belong together" in read.problems[0].message
    assert facts(read) == {}


def test_that_each_code_of_a_pair_is_read_alone() -> None:
    assert facts(read_label("+BLUEUNICORN7N", TODAY)) == {"device_identifier": "BLUEUNICORN7"}
    assert read_label("+$$20928053C001/S0001/16D20000101XQ", TODAY).lot == "3C001"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("(01)09521234543213(21)A\n(01)09521234543213(21)B", "contradict"),
        ("(01)09521234543213\n+BLUEUNICORN7N", "different kinds"),
        ("(01)09521234543213\n12345", "no GS1, HIBCC or ICCBBA label"),
        ("", "empty"),
        (" \r\n\t ", "empty"),
        ("hello", "no GS1, HIBCC or ICCBBA label"),
        ("12345678", "serial number as well as a product number"),
        ("6748213", "no GS1"),
        ("2110456", "no GS1"),
        ("1727123110LOTA1", "names no product"),
        ("10LOTA1\x1d21SN0001", "names no product"),
        ("]d2+A123BJC5D6E71G", "no part of a GS1 label"),
        ("x" * (LONGEST + 1), "more than any label"),
        ("\udcff\udcfe", "no GS1"),
    ],
)
def test_that_what_is_no_label_is_said_and_states_nothing(raw: str, words: str) -> None:
    read = read_label(raw, TODAY)
    assert read.outcome is Outcome.NOT_READ
    assert words in read.problems[0].message
    assert "type the numbers" in read.problems[0].message
    assert facts(read) == {}
    assert read.raw == raw
    assert read.issuer is None


def test_that_a_short_product_number_is_believed_when_the_scanner_names_its_symbol() -> None:
    assert read_label("]E496385074", TODAY).device_identifier == "00000096385074"


def test_that_a_wrong_check_in_one_of_two_codes_takes_every_fact_away() -> None:
    read = read_label("(01)09521234543214\n(10)LOTA1", TODAY)
    assert read.outcome is Outcome.CHECK_WRONG
    assert facts(read) == {}
    assert [part.code for part in read.parts] == ["01", "10"]


# What a scanner, a keyboard or a clipboard does to a label. Whatever comes out is either true, or is not read, or is a
# label of its own, which is seen by writing down again what was read of it.

LOTS = st.text("ABCXYZabc0123456789-./", min_size=1, max_size=20)
HIBCC_NAMES = st.text("ABCXYZ0123456789-. ", min_size=1, max_size=18)
DATES = st.dates(dt.date(1990, 1, 1), dt.date(2070, 12, 31))


@st.composite
def gs1_labels(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    payload = draw(st.text("0123456789", min_size=13, max_size=13))
    truth: dict[str, Any] = {"device_identifier": payload + check_digit(payload)}
    said = [("01", truth["device_identifier"])]
    for code, name in (("17", "expires_on"), ("11", "made_on")):
        if draw(st.booleans()):
            truth[name] = draw(DATES)
            said.append((code, f"{truth[name]:%y%m%d}"))
    for code, name in (("10", "lot"), ("21", "serial")):
        if draw(st.booleans()):
            truth[name] = draw(LOTS)
            said.append((code, truth[name]))
    said = draw(st.permutations(said))
    if draw(st.booleans()):
        return "".join(f"({code}){value}" for code, value in said), truth
    text = "".join(f"{code}{value}" + ("\x1d" if code in ("10", "21") else "") for code, value in said)
    return text, truth


@st.composite
def hibcc_labels(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    identifier = "A999" + draw(st.text("ABC0123456789", min_size=1, max_size=18)) + draw(st.sampled_from("0123456789"))
    truth: dict[str, Any] = {"device_identifier": identifier}
    text = f"+{identifier}"
    if draw(st.booleans()):
        truth |= {"lot": draw(HIBCC_NAMES), "expires_on": draw(DATES)}
        text += f"/$$3{truth['expires_on']:%y%m%d}{truth['lot']}"
        if draw(st.booleans()):
            truth["serial"] = draw(HIBCC_NAMES)
            text += f"/S{truth['serial']}"
    return whole(text), truth


@st.composite
def iccbba_labels(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    letters = "ABCXYZ0123456789"
    truth: dict[str, Any] = {
        "device_identifier": draw(st.text(letters, min_size=11, max_size=11)) + "T0944",
        "serial": draw(st.text(letters, min_size=6, max_size=6)),
        "distinct_id": "A9997" + draw(st.text("0123456789", min_size=8, max_size=8)) + "00",
        "expires_on": draw(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))),
    }
    date = truth["expires_on"]
    said = [
        f"=/{truth['device_identifier']}",
        f"=,{truth['serial']}",
        f"={truth['distinct_id']}",
        f"=>0{date:%y%j}",
    ]
    return "".join(draw(st.permutations(said))), truth


LABELS = st.one_of(gs1_labels(), hibcc_labels(), iccbba_labels())


@st.composite
def maltreated(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    text, truth = draw(LABELS)
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["cut", "behead", "double", "lower", "prefix", "insert", "join", "swap", "append"]))
        place = draw(st.integers(0, len(text)))
        match kind:
            case "cut":
                text = text[:place]
            case "behead":
                text = text[place:]
            case "double":
                text += draw(st.sampled_from(["", "\n", " ", "\x1d"])) + text
            case "lower":
                text = text.lower()
            case "prefix":
                text = draw(st.sampled_from(["]d2", "]C1", "]Q3", "]C0", "]E0", "]"])) + text
            case "insert":
                text = text[:place] + draw(st.sampled_from([" ", "\x1d", "\n", "(", "/", "+", "=", "É"])) + text[place:]
            case "join":
                text = text.replace("\x1d", "")
            case "swap" if 0 < place < len(text):
                text = text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]
            case "append":
                text += draw(st.text(max_size=8))
    return text, truth


def is_label_of_its_own(text: str, read: ReadLabel) -> bool:
    """Whether the parts that were read, written down again in some order, are the text to its last character."""
    lines = [
        re.sub(r"^\][A-Za-z][0-9A-Za-z]", "", line.lstrip(" "))
        for line in re.split(r"[\r\n\t]+", text)
        if line.strip(" ")
    ]
    if read.issuer is UdiIssuer.HIBCC:
        checked = [re.match(r"(\+.+?)\1?$", line) for line in lines]
        return all(one and any(is_checked(one[1][: len(one[1]) - n]) for n in range(3)) for one in checked)
    written = []
    for part in read.parts:
        runs_on = read.issuer is UdiIssuer.ICCBBA or part.code in ("01", "11", "17")
        end = "" if runs_on else r"(?=$|\x1d|\(| )"
        written.append(rf"(?:\({part.code}\)|{re.escape(part.code)}) *{re.escape(part.text)}{end}")
        if part.code == "01":
            written.append(part.text.lstrip("0").rjust(1, "0"))
    return all(re.fullmatch(rf"(?:0*(?:{'|'.join(written)})[\x1d ]*|[\x1d ])+", half(line)) for line in lines)


def is_checked(text: str) -> bool:
    return check_character(text[:-1]) == text[-1]


def half(line: str) -> str:
    middle = len(line) // 2
    return line[:middle] if line[:middle] * 2 == line else line


@given(LABELS)
@settings(max_examples=300)
def test_that_every_sound_label_is_read_as_it_was_written(label: tuple[str, dict[str, Any]]) -> None:
    text, truth = label
    read = read_label(text, TODAY)
    if read.outcome is Outcome.DOUBTFUL:
        assert facts(read).items() <= truth.items()
        assert "\x1d" not in text.rstrip("\x1d")
    else:
        assert read.outcome is Outcome.READ
        assert facts(read) == truth


@given(maltreated())
@settings(max_examples=600)
@example(("01095212345432131727123110LOTA121SN0001", SAID))
def test_that_a_maltreated_label_is_true_or_not_read_or_a_label_of_its_own(label: tuple[str, dict[str, Any]]) -> None:
    text, truth = label
    read = read_label(text, TODAY)
    assert read.raw == text
    assert facts(read).items() <= truth.items() or is_label_of_its_own(text, read)


ANY_TEXT = st.one_of(
    st.text(),
    st.text("+=()/$&,0123456789ABCD \x1d\r\n]", max_size=80),
    st.text("0123456789", max_size=60).map(lambda rest: f"0109521234543213{rest}"),
    st.text("0123456789AB/$+ S.D", max_size=60).map(lambda rest: whole(f"+A999BI4101/{rest}")),
    st.binary().map(lambda data: data.decode("utf-8", "surrogateescape")),
)


@given(ANY_TEXT)
@settings(max_examples=500)
def test_that_any_text_is_answered_and_kept(raw: str) -> None:
    read = read_label(raw, TODAY)
    assert read.raw == raw
    assert (read.outcome is Outcome.READ) is (read.problems == ())
    if read.outcome in (Outcome.CHECK_WRONG, Outcome.NOT_READ):
        assert facts(read) == {}
    if read.outcome is Outcome.NOT_READ:
        assert read.parts == ()
