"""The catalogue of devices: found by whole tokens, never by nearness, and read from a file strictly, line by line."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.models.choices import DeviceClass, Fill, MatrixKind, Profile, Shape
from desktop.models.device import Device
from desktop.models.matrix import Matrix
from desktop.paths import resource
from desktop.rules.catalogue import Catalogue
from desktop.rules.catalogue_entry import OWN, Entry, Kind, facts_of
from desktop.rules.catalogue_file import (
    DEVICE_FIELDS,
    MATRIX_FIELDS,
    decode_catalogue,
    parse_catalogue,
    write_entries,
)
from desktop.rules.catalogue_part import Fault, UnreadableCatalogue
from desktop.rules.catalogue_product import check_product, product_entry
from desktop.rules.problem import Circumstances

SHIPPED = resource("catalogue", "devices.toml").read_text(encoding="utf-8")
CATALOGUE = parse_catalogue(SHIPPED)
HERE = Circumstances(dt.date(2026, 11, 23))

SMALL = """\
name = "A small one"
as_of = 2026-11-23

[sources]
S1 = "A label"

[[makers]]
name = "Quay"
aliases = ["Quay Devices"]
mark = "V"
sources = ["S1"]

[[devices]]
manufacturer = "Quay"
line = "Calm"
fill = "silicone_gel"
volume_ml = 300
mark = "K"
"""


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(UnreadableCatalogue) as refused:
        parse_catalogue(text)
    return refused.value.faults


def fact(text: str, **facts: Any) -> None:
    (entry, *_others) = CATALOGUE.suggest(text)
    assert {name: entry.facts.get(name) for name in facts} == facts


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("Allergan", "Allergan"),
        ("McGhan", "Allergan"),
        ("mc ghan", "Allergan"),
        ("INAMED", "Allergan"),
        ("AbbVie", "Allergan"),
        ("Allergan/AbbVie", "Allergan"),
        ("NATRELLE®", "Allergan"),
        ("Motiva", "Establishment Labs"),
        ("poly implant prothese", "PIP"),
        ("Poly Implant Prothèse", "PIP"),
        ("Heyer Schulte", "Mentor"),
        ("Tiger Aesthetics", "Sientra"),
        ("Cox-Uphoff", "CUI"),
        ("Alergan", None),
        ("Aller", None),
        ("Mentor Allergan", None),
        ("", None),
        ("®", None),
    ],
)
def test_that_a_maker_is_known_by_any_of_its_names_and_never_by_a_similar_one(name: str, maker: str | None) -> None:
    assert CATALOGUE.maker(name) == maker


@pytest.mark.parametrize(
    ("maker", "style", "found", "surface"),
    [
        ("Allergan", "110-300", "110", "BIOCELL"),
        ("Allergan", "10-300", "10", "Smooth"),
        ("Natrelle", "TCF-400", "TCF", "BIOCELL"),
        ("Natrelle", "SCF-400", "SCF", "Smooth"),
        ("McGhan", "468", "468", "BIOCELL"),
        ("McGhan", "68", "68", "Smooth"),
        ("Allergan", "168", "168", "BIOCELL"),
        ("Allergan", "410 FM", "410 FM", "BIOCELL"),
        ("Allergan", "410FM", "410 FM", "BIOCELL"),
        ("Allergan", "410-fm", "410 FM", "BIOCELL"),
        ("Allergan", "T‑133FV", "T-133FV", "BIOCELL"),
        ("Allergan", "133P-SV-T", "133P-SV-T", "BIOCELL"),
        ("Allergan", "120 Soft Touch", "120 Soft Touch", "BIOCELL"),
    ],
)
def test_that_a_style_is_one_whole_token_with_or_without_a_size(
    maker: str, style: str, found: str, surface: str
) -> None:
    entry = CATALOGUE.by_style(maker, style)
    assert entry is not None
    assert (entry.facts["style"], entry.facts["surface_name"]) == (found, surface)


@pytest.mark.parametrize(
    ("maker", "style"),
    [("Allergan", "68MP"), ("Allergan", "1"), ("Allergan", "0"), ("Allergan", "TC"), ("Allergan", "XTCF"),
     ("Allergan", "TCFF"), ("Mentor", "TCF"), ("unknown", "110"), ("", "10"), ("Allergan", ""), ("Allergan", "-400")],
)  # fmt: skip
def test_that_a_part_of_a_style_or_the_style_of_another_maker_is_not_found(maker: str, style: str) -> None:
    assert CATALOGUE.by_style(maker, style) is None


@pytest.mark.parametrize(
    ("style", "gel", "profile_name", "profile"),
    [
        ("TRL", "Responsive", "Low", Profile.LOW),
        ("TSLP", "SoftTouch", "Low plus", Profile.LOW_PLUS),
        ("TCM", "Cohesive", "Moderate", Profile.MODERATE),
        ("SRF", "Responsive", "Full", Profile.HIGH),
        ("SSX-560", "SoftTouch", "Extra full", Profile.EXTRA_HIGH),
    ],
)
def test_that_the_letters_of_an_inspira_style_are_read(
    style: str, gel: str, profile_name: str, profile: Profile
) -> None:
    fact(style, gel=gel, profile_name=profile_name, profile=profile, fill=Fill.SILICONE_GEL, shape=Shape.ROUND)


def test_that_tcf_and_scf_differ_by_one_letter_and_by_the_surface_that_was_recalled() -> None:
    fact("TCF-400", style="TCF", surface_name="BIOCELL")
    fact("SCF-400", style="SCF", surface_name="Smooth")


def test_that_no_volume_is_read_from_the_size_behind_a_style() -> None:
    fact("TCF-400", volume_ml=None)
    fact("10-180", volume_ml=None, catalogue_no="10-180")


def test_that_every_recalled_style_is_listed_with_the_surface_that_was_recalled() -> None:
    """Clinical reference §3.2, the company's list and the two styles that the FDA's list adds."""
    inspira = [f"T{gel}{profile}" for gel in "RSC" for profile in ("L", "LP", "M", "F", "X")]
    shapes = [f"410 {height}{projection}" for height in "LMF" for projection in "LMFX"]
    plain = ["168", "363", "468", "163", "110", "115", "120", "KML", "KMM", "KLL", "KLM", "RML", "RMM", "RFL", "RFM"]
    sizes = ["FV", "MV", "LV", "MX", "SX", "SV"]
    stems = [f"133{size}" for size in sizes] + [f"133P-{size}" for size in sizes]
    expanders = [form for stem in stems for form in (stem, f"T-{stem}", f"{stem}-T")]
    dual = ["510 LX", "510 MX", "510 FX"]
    for style in (*inspira, *shapes, *plain, *expanders, *dual, "110 Soft Touch", "120 Soft Touch", "150FH", "150SH"):
        entry = CATALOGUE.by_style("Allergan", style)
        assert entry is not None, style
        assert (entry.facts["style"], entry.facts["surface_name"]) == (style, "BIOCELL")
        assert "surface" not in entry.facts


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("10888628001206", "Allergan Natrelle Classic gel 10-180"),
        ("10888628001213", "Allergan Natrelle Classic gel 10-210"),
        ("10888628001220", "Allergan Natrelle Classic gel 10-240"),
        ("10888628001275", "Allergan Natrelle Classic gel 10-390"),
        ("81317001171", "Mentor Saline 3501610"),
        ("081317001171", "Mentor Saline 3501610"),
        ("00081317001195", "Mentor Saline 3501620"),
    ],
)
def test_that_a_real_product_number_is_found_however_short_it_is_printed(number: str, title: str) -> None:
    entry = CATALOGUE.by_identifier(number)
    assert entry is not None
    assert entry.title == title
    assert CATALOGUE.suggest(number) == (entry,)


def test_that_a_number_that_is_not_listed_is_nobodys() -> None:
    assert CATALOGUE.by_identifier("10888628001228") is None
    assert CATALOGUE.by_identifier("1088862800120") is None
    assert CATALOGUE.by_identifier("") is None


def test_that_hibcc_and_isbt_numbers_are_found_as_a_label_has_them() -> None:
    numbers = 'catalogue_no = "1"\nudi_di = "+A999BI4101"\n', 'catalogue_no = "2"\nudi_di = "=/A9999XYZ100T0944"\n'
    device = '\n[[devices]]\nmanufacturer = "Quay"\nline = "Calm"\nmark = "K"\n'
    catalogue = parse_catalogue(SMALL + "".join(device + number for number in numbers))
    for number in ("A999BI4101", "+A999BI4101", "A9999XYZ100T0944", "=/A9999XYZ100T0944"):
        assert catalogue.by_identifier(number) is not None
    assert catalogue.by_identifier("a999bi4101") is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("mentor", "Mentor"),
        ("mento", "Mentor"),
        ("mentor memorygel", "Mentor MemoryGel"),
        ("memorygel mentor", "Mentor MemoryGel"),
        ("mcghan 410fm", "Allergan Natrelle 410 FM"),
        ("cpg", "Mentor MemoryShape"),
        ("siltex", "Mentor MemoryShape"),
        ("meme surgitek", "Surgitek Même"),
        ("memorygel 325", "Mentor MemoryGel"),
        ("allergan tcf-400", "Allergan Natrelle INSPIRA TCF"),
        ("allergan scx", "Allergan Natrelle INSPIRA SCX"),
        ("10", "Allergan Natrelle Classic gel 10"),
        ("strattice", "Strattice"),
    ],
)
def test_that_typing_beginnings_of_words_in_any_order_finds_the_best_first(text: str, title: str) -> None:
    assert CATALOGUE.suggest(text)[0].title == title


def test_that_typing_finds_no_word_by_its_middle() -> None:
    assert "110" not in {entry.facts.get("style") for entry in CATALOGUE.suggest("10", most=500)}
    assert "120" not in {entry.facts.get("style") for entry in CATALOGUE.suggest("20", most=500)}
    assert {entry.facts.get("style") for entry in CATALOGUE.suggest("68", most=500)} == {"68"}
    assert CATALOGUE.suggest("entor") == ()
    assert CATALOGUE.suggest("mentor scx") == ()
    assert CATALOGUE.suggest("") == CATALOGUE.suggest(" ® ") == ()


def test_that_a_sign_that_parts_two_gels_decides_which_comes_first() -> None:
    fact("opus hsc", gel="HSC")
    fact("opus hsc+", gel="HSC+")


def test_that_surfaces_are_names_to_be_suggested_and_nothing_to_be_picked() -> None:
    assert Kind.SURFACE not in {entry.kind for entry in CATALOGUE.suggest("s", most=500)}
    surfaces = {entry.facts.get("surface_name") for entry in CATALOGUE.entries}
    assert {"BIOCELL", "MICROCELL", "SILTEX", "SmoothSilk"} <= surfaces


def test_that_what_is_picked_is_told_by_the_fields_of_the_device_and_never_with_a_product_number() -> None:
    entry = CATALOGUE.by_identifier("10888628001206")
    assert entry is not None
    assert "udi_di" not in facts_of(entry)
    assert facts_of(entry)["device_class"] is DeviceClass.IMPLANT
    (matrix, *_others) = CATALOGUE.suggest("surgimend")
    assert facts_of(matrix) == {"product": "SurgiMend", "kind": MatrixKind.ADM_ANIMAL}


def test_that_the_shipped_list_speaks_of_fields_that_devices_and_matrices_have() -> None:
    columns = {Kind.MATRIX: set(Matrix.__table__.columns.keys())}
    for entry in CATALOGUE.entries:
        assert set(facts_of(entry)) <= columns.get(entry.kind, set(Device.__table__.columns.keys()))
    assert set(DEVICE_FIELDS) <= set(Device.__table__.columns.keys())
    assert set(MATRIX_FIELDS) <= columns[Kind.MATRIX]


def test_that_the_shipped_list_states_no_class_of_surface_and_no_volume() -> None:
    """The reference gives neither as a maker states it; a class is never concluded from a name (§2.3)."""
    for entry in CATALOGUE.entries:
        assert not {"surface", "surface_edition", "volume_ml", "diameter_mm"} & set(entry.facts)


def test_that_every_entry_of_the_shipped_list_says_how_sure_it_is_and_where_it_was_read() -> None:
    stated = [(each.mark, each.sources) for each in CATALOGUE.entries]
    for mark, sources in stated + [(each.mark, each.sources) for each in CATALOGUE.notes]:
        assert mark in ("V", "K", "U")
        assert sources or mark != "V"
        assert all(CATALOGUE.sources[key] for key in sources)
    assert CATALOGUE.as_of >= dt.date(2026, 11, 23)
    assert any("24 Jul 2019" in note.text for note in CATALOGUE.notes_about("Allergan"))


def test_that_the_practices_own_product_stands_before_the_listed_one() -> None:
    own = product_entry(7, {"manufacturer": "Mentor", "line": "MemoryGel", "shape": Shape.ROUND})
    catalogue = CATALOGUE.with_own([own])
    assert [e for e in catalogue.entries if e.identity == own.identity] == [own]
    assert catalogue.suggest("mentor memorygel")[0] is own


def test_that_a_maker_only_the_practice_knows_is_known_as_it_wrote_it() -> None:
    catalogue = CATALOGUE.with_own([product_entry(1, {"manufacturer": "Quay Devices", "line": "Calm"})])
    assert catalogue.maker("QUAY devices") == "Quay Devices"
    assert catalogue.suggest("quay")[0].title == "Quay Devices Calm"


def test_that_a_small_list_is_read() -> None:
    catalogue = parse_catalogue(SMALL)
    assert (catalogue.name, catalogue.as_of) == ("A small one", dt.date(2026, 11, 23))
    assert [(entry.kind, entry.title) for entry in catalogue.entries] == [
        (Kind.MAKER, "Quay"),
        (Kind.PRODUCT, "Quay Calm"),
    ]
    assert facts_of(catalogue.entries[1])["volume_ml"] == 300


def test_that_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert parse_catalogue("\ufeff" + SMALL.replace("\n", "\r\n")).entries[1].title == "Quay Calm"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"A small one"', '"A small one', 1, "not written as TOML"),
        ("as_of = 2026-11-23", 'as_of = "today"', 2, "2026-11-23"),
        ("as_of = 2026-11-23\n", "", 1, "as_of"),
        ('name = "Quay"', 'nmae = "Quay"', 8, "“nmae” is not known here"),
        ('name = "Quay"\n', "", 7, "name is missing"),
        ('"Quay Devices"', '"QUAY"', 9, "“QUAY” stands on line 8 already"),
        ('"Quay Devices"', "7", 9, "a list of words"),
        ('sources = ["S1"]', 'sources = ["S2"]', 11, "“S2” is not described"),
        ('mark = "V"\nsources = ["S1"]', 'mark = "V"', 10, "needs sources"),
        ('mark = "K"', 'mark = "sure"', 18, "V, K, U or own"),
        ('manufacturer = "Quay"', 'manufacturer = "Quey"', 14, "“Quey” is no maker of this file"),
        ('manufacturer = "Quay"\n', "", 13, "manufacturer is missing"),
        ('line = "Calm"', 'line = ""', 15, "line must be some words"),
        ('line = "Calm"\n', "", 13, "needs a line, a style or a catalogue_no"),
        ('fill = "silicone_gel"', 'fill = "gel"', 16, "fill “gel” is not known: write one of silicone_gel"),
        ("volume_ml = 300", 'volume_ml = "300 cc"', 17, "a whole number from 10 to 2,000"),
        ("volume_ml = 300", "volume_ml = 3000", 17, "a whole number from 10 to 2,000"),
        ("volume_ml = 300", "volume_ml = true", 17, "a whole number"),
        ("volume_ml = 300", 'udi_di = "10888628001228"', 17, "should be 0"),
        ("volume_ml = 300", 'udi_di = "1088862800120"', 17, "should be"),
        ("volume_ml = 300", 'udi_di = "4711"', 17, "4 digits"),
        ("volume_ml = 300", 'udi_di = "none"', 17, "no product number"),
        ("volume_ml = 300", 'surface = "smooth"', 17, "needs surface_edition"),
        ("volume_ml = 300", "fill_least_ml = 300\nfill_most_ml = 200", 18, "below the least"),
        ("volume_ml = 300", 'style = "A"\nstyles = ["A", "B"]', 17, "either style or styles"),
        ("volume_ml = 300", 'letters = "motiva"', 17, "letters must be inspira"),
        ("volume_ml = 300", "volume_ml = 300\nvolume_ml = 300", 18, "not written as TOML"),
        ("[[devices]]", "[devices]", 13, "[[devices]]"),
        ("[sources]", "[[sources]]", 4, "[sources]"),
    ],
)  # fmt: skip
def test_that_a_fault_is_told_with_its_line_and_what_to_write(old: str, new: str, line: int, words: str) -> None:
    assert old in SMALL
    found = faults(SMALL.replace(old, new))
    assert any(fault.line == line and words in fault.message for fault in found), found


def test_that_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = SMALL.replace('"silicone_gel"', '"gel"').replace('mark = "K"', 'mark = "?"').replace("2026-11-23", '"now"')
    assert [fault.line for fault in faults(text)] == [2, 16, 18]


def test_that_the_same_device_or_number_twice_is_refused_with_both_lines() -> None:
    device = SMALL.partition("[[devices]]")[2]
    assert "stands on line 13 already" in faults(f"{SMALL}\n[[devices]]{device}")[0].message
    number = '\n[[devices]]\nmanufacturer = "Quay"\ncatalogue_no = "{}"\nudi_di = "10888628001206"\nmark = "K"\n'
    assert "line 23 already" in faults(SMALL + number.format(1) + number.format(2))[0].message


def test_that_a_list_without_makers_is_refused() -> None:
    assert "[[makers]]" in faults('name = "Nothing"\nas_of = 2026-11-23\n')[0].message


def test_that_unknown_and_other_are_legal_answers_and_unknown_fills_nothing() -> None:
    unknown = parse_catalogue(SMALL.replace('"silicone_gel"', '"unknown"')).entries[1]
    assert "fill" not in unknown.facts
    assert parse_catalogue(SMALL.replace('"silicone_gel"', '"other"')).entries[1].facts["fill"] is Fill.OTHER


def test_that_lines_are_told_behind_strings_comments_and_lists_of_several_lines() -> None:
    text = SMALL.replace('aliases = ["Quay Devices"]', 'aliases = [ # [[makers]]\n  "Quay = Devices",\n  "a]b",\n]')
    text = text.replace('S1 = "A label"', 'S1 = """\nA label # = [\n"""')
    assert [fault.line for fault in faults(text.replace('"silicone_gel"', '"gel"'))] == [21]


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 3_000,
        "a = " + "[\n" * 3_000,
        "a = " + "1" * 5_000,
        "a = " + '{b = ' * 900,
        "x" * 5_000,
        "\ud800",
        "a = 1\nb = '\ud800'",
        "\0",
        "#" * 10 + "\n" * 2_000_001,
    ],
    ids=("brackets", "lines of brackets", "a long number", "tables", "a long line", "no text", "no text inside",
         "a null", "too long"),
)  # fmt: skip
def test_that_a_file_made_to_break_the_reader_is_refused_with_a_line(text: str) -> None:
    for fault in faults(text):
        assert 1 <= fault.line <= text.count("\n") + 1


def read(text: str) -> Catalogue | tuple[Fault, ...]:
    try:
        return parse_catalogue(text)
    except UnreadableCatalogue as error:
        return error.faults


def assert_read_or_told(text: str) -> None:
    found = read(text)
    if not isinstance(found, Catalogue):
        assert found
        for fault in found:
            assert 1 <= fault.line <= text.count("\n") + 1
            assert fault.message.endswith(".")


@given(st.text())
@example('[[makers]]\n[[makers.x]]\n[makers.x.y]\n"a]b"."c=d" = 1')
@example("devices = [{}, {}]")
@example("makers = 1\ndevices = [1]\nsources = []")
@example('sources = {a = {b = 1}}\n[[surfaces]]\nname = "x"\n')
@example("[[devices]]\nthickness_mm = nan\n[[matrices]]\nthickness_mm = nan\nwidth_mm = inf")
def test_that_any_text_is_read_or_refused_with_lines_that_it_has(text: str) -> None:
    assert_read_or_told(text)


@given(st.integers(0, SMALL.count("\n") - 1), st.sampled_from(["", "x", "[[makers]]", "line = 3", "[", '"""', "\t="]))
def test_that_a_line_spoiled_anywhere_is_read_or_refused_with_lines_that_it_has(at: int, spoiled: str) -> None:
    lines = SMALL.splitlines()
    lines[at] = spoiled
    assert_read_or_told("\n".join(lines))


@given(st.integers(0, len(SMALL)), st.integers(0, 9), st.text(max_size=3))
def test_that_a_file_cut_and_mended_anywhere_is_read_or_refused(at: int, length: int, instead: str) -> None:
    assert_read_or_told(SMALL[:at] + instead + SMALL[at + length :])


WORDS = st.text(min_size=1, max_size=40).filter(lambda text: any(sign.isalnum() for sign in text))
PRODUCTS = st.fixed_dictionaries(
    {"manufacturer": WORDS | st.sampled_from(["Quay", "QUAY Devices"]), "line": WORDS},
    optional={
        "style": WORDS,
        "catalogue_no": WORDS,
        "gel": WORDS,
        "note": WORDS,
        "volume_ml": st.integers(10, 2000),
        "fill": st.sampled_from(Fill),
        "udi_di": st.just("10888628001206"),
    },
)


@given(st.lists(PRODUCTS, max_size=4))
def test_that_own_products_are_written_so_that_they_read_back(products: list[dict[str, Any]]) -> None:
    small = parse_catalogue(SMALL)
    numbers = [at for at, values in enumerate(products) if "udi_di" in values]
    for at in numbers[1:]:
        del products[at]["udi_di"]
    sound = [product_entry(at, values) for at, values in enumerate(products) if not check_product(values, HERE)]
    own = {small.identity(entry): entry for entry in sound}.values()
    again = parse_catalogue(SMALL + write_entries(own, small))
    added = [entry for entry in again.entries if entry.mark == OWN and entry.kind is not Kind.MAKER]
    told = ("volume_ml", "fill", "udi_di")
    assert [[e.facts.get(name) for name in told] for e in added] == [[e.facts.get(name) for name in told] for e in own]


@pytest.mark.parametrize(("file", "line"), [(b"a = 1\n\xff", 2), (b"\x89PNG\r\n\x1a\n", 1), ("é".encode("latin-1"), 1)])
def test_that_a_file_that_is_no_text_is_refused_with_its_line(file: bytes, line: int) -> None:
    with pytest.raises(UnreadableCatalogue) as refused:
        decode_catalogue(file)
    assert [fault.line for fault in refused.value.faults] == [line]


def test_that_a_file_with_a_byte_order_mark_is_text() -> None:
    assert decode_catalogue(SMALL.encode("utf-8-sig")) == SMALL


def test_that_an_own_matrix_is_written_so_that_it_reads_back() -> None:
    own = product_entry(1, {"manufacturer": "Quay", "line": "Net", "matrix_kind": MatrixKind.MESH_RESORBABLE})
    again = parse_catalogue(SMALL + write_entries([own], parse_catalogue(SMALL)))
    (entry,) = (entry for entry in again.entries if entry.kind is Kind.MATRIX)
    assert facts_of(entry) == facts_of(own)


def test_that_a_thickness_is_kept_exactly() -> None:
    sheet = '\n[[matrices]]\nproduct = "Net"\nkind = "adm_human"\nthickness_mm = 1.6\nlength_mm = 160\nmark = "K"\n'
    assert facts_of(parse_catalogue(SMALL + sheet).entries[-1])["thickness_mm"] == Decimal("1.6")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"udi_di": "10888628001228"}, "udi_di"),
        ({"surface": "smooth"}, "surface_edition"),
        ({"fill_least_ml": 300, "fill_most_ml": 200}, "fill_most_ml"),
        ({"matrix_kind": MatrixKind.ADM_HUMAN, "fill": Fill.SILICONE_GEL}, "fill"),
        ({"manufacturer": "–"}, "manufacturer"),
        ({"line": "®"}, "line"),
    ],
)
def test_that_what_is_wrong_with_an_own_product_is_said_under_its_field(values: dict[str, Any], field: str) -> None:
    good = {"manufacturer": "Quay", "line": "Calm"}
    assert check_product(good, HERE) == []
    assert [problem.field for problem in check_product(good | values, HERE)] == [field]


def test_that_the_shipped_file_is_plain_toml_and_an_entry_cannot_be_changed() -> None:
    assert tomllib.loads(SHIPPED)["as_of"] == CATALOGUE.as_of
    entry = Entry(Kind.LINE, MappingProxyType({"line": "Calm"}), "K")
    with pytest.raises(AttributeError):
        entry.mark = "V"  # type: ignore[misc]
