"""Text from anywhere becomes text that terminals, XML and JSON can hold."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from sphinx_docent.printable import (
    printable,
    printable_data,
    printable_line,
    printable_name,
    printable_text,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b]0;t\x07", r"\x1b[31mred\x1b]0;t\x07"),
        ("a\0b\x7fc\x9b31m\x85", r"a\x00b\x7fc\x9b31m\x85"),
        ("\udcff \ud83d", r"\udcff \ud83d"),
        ("\ufffe\uffff", r"\ufffe\uffff"),
        ("first\rsecond\r\nthird\tx", "first\\x0dsecond\nthird\tx"),
        ("naïve 日本語 😀 \\x1b", "naïve 日本語 😀 \\x1b"),
    ],
)
def test_what_cannot_be_shown_stands_as_its_escape(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(shown) == shown


def test_all_characters_fit_into_xml_and_utf8() -> None:
    everything = "".join(map(chr, range(0x11000)))
    shown = printable(everything)
    assert ElementTree.fromstring(f"<a>{shown.replace('&', '').replace('<', '')}</a>").text
    shown.encode()


def test_a_line_is_one_and_says_how_much_was_cut() -> None:
    assert printable_line("a\n  b\x1b") == r"a b\x1b"
    cut = printable_line("begins " + "x" * 3_000_000)
    assert cut.startswith("begins xxx")
    assert cut.endswith("… (2999007 more characters)")
    assert len(cut) < 1100


def test_of_a_long_text_both_ends_are_shown() -> None:
    cut = printable_text("begins\n" + "x\n" * 100_000 + "ends\x1b")
    assert cut.startswith("begins\n")
    assert cut.endswith("ends\\x1b")
    assert "… (184012 characters left out) …" in cut
    assert len(cut) < 17_000


def test_a_name_stays_on_its_line_and_keeps_its_spaces() -> None:
    assert printable_name("two  spaces\n\t\x1b") == r"two  spaces\x0a\x09\x1b"


def test_data_is_printable_all_through() -> None:
    data = {"a\x1b": ["\udcff", {"b": ("\0", 1.5, None, True)}]}
    shown = printable_data(data)
    assert shown == {r"a\x1b": [r"\udcff", {"b": [r"\x00", 1.5, None, True]}]}
    json.dumps(shown, ensure_ascii=False).encode()
