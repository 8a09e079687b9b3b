"""The Markdown of handouts and its fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.handout import HandoutTemplate, bundled_template, merge, read_template, template_fields
from desktop.documents.recovery_handout import RECOVERY_FIELDS
from desktop.errors import DocumentIncomplete

HEAD = "---\ntitle: Recovery\nversion: 2\nkind: recovery\n---\n"


def read(text: str) -> HandoutTemplate:
    return read_template(HEAD + text, "en")


def test_that_the_bundled_text_uses_only_known_fields() -> None:
    assert template_fields(bundled_template("recovery", "en")) <= set(RECOVERY_FIELDS)


def test_that_the_head_is_read() -> None:
    template = read("Hello")
    assert (template.title, template.version, template.kind, template.language) == ("Recovery", "2", "recovery", "en")


def test_that_a_text_without_a_head_says_what_it_lacks() -> None:
    with pytest.raises(DocumentIncomplete) as refusal:
        read_template("Just words", "en")
    assert set(refusal.value.missing) == {"template.title", "template.version", "template.kind"}


def test_that_fields_are_found_wherever_they_stand() -> None:
    template = read(
        "# For {{ a }}\n\nHello **{{b.c}}** and *{{ d }}*\n\n- {{ e }}\n\n1. {{ f }}\n\n"
        "| x | {{ g }} |\n|---|---|\n| y | {{ h }} |\n\n::: call-now\n{{ i }}\n:::\n"
    )
    assert template_fields(template) == {"a", "b.c", "d", "e", "f", "g", "h", "i"}


def test_that_the_text_keeps_its_shape() -> None:
    blocks = read("## Head\n\n### Lower\n\nA *b* **c**\n\n- one\n- two\n\n3. three\n\n|a|b|\n|-|-|\n|c|d|\n").blocks
    assert [block["kind"] for block in blocks] == ["heading", "heading", "paragraph", "list", "numbered", "table"]
    assert [block.get("level") for block in blocks[:2]] == [1, 2]
    assert [part["kind"] for part in blocks[2]["parts"]] == ["text", "emphasis", "text", "strong"]
    assert blocks[4]["start"] == 3
    assert len(blocks[5]["head"]) == len(blocks[5]["rows"][0]) == 2


@pytest.mark.parametrize(
    "text", ["<b>Bobby</b>", "[a](https://example.org)", "![a](b)", "`code`", "<!-- a -->", "&amp;"]
)
def test_that_what_a_handout_may_not_do_stays_plain_letters(text: str) -> None:
    (block,) = read(text).blocks
    assert "".join(part["text"] for part in block["parts"]) == text


@given(st.text(max_size=60))
def test_that_a_merged_value_is_never_read_as_markdown(value: str) -> None:
    (block,) = merge(read("Hello **{{ name }}**"), {"name": value})
    assert block["parts"][1] == {"kind": "strong", "parts": [{"kind": "value", "text": value}]}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Call {{ practice.phone", "Line 6 of the handout text holds “{{” or “}}”"),
        ("Call {{ Practice Phone }}", "Line 6 of the handout text holds “{{” or “}}”"),
        ("\n::: shopping\n:::", "Line 7 of the handout text opens “shopping”; known are call-now, drains"),
        ("::: drains\nwords", "Line 6 of the handout text opens “drains” and nothing closes it"),
        ("::: drains\n::: visits\n:::", "Line 7 of the handout text opens “visits” before “drains” is closed"),
    ],
)
def test_that_a_slip_in_the_text_is_named_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(DocumentIncomplete, match="Nothing was printed") as refusal:
        read(text)
    assert complaint in str(refusal.value)


@pytest.mark.parametrize(("kind", "language"), [("recovery", "xx"), ("letter", "en"), ("../en/recovery", "en")])
def test_that_a_handout_that_is_not_there_is_refused_in_a_sentence(kind: str, language: str) -> None:
    with pytest.raises(DocumentIncomplete, match="choose another language"):
        bundled_template(kind, language)
