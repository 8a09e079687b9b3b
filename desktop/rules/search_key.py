"""How a name or number is spelled for finding it, however somebody types it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from desktop.rules.reading import plain_digits

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ĸ": "k", "æ": "ae", "œ": "oe",
     "þ": "th", "ə": "e", "ſ": "s", "ـ": ""}
)  # fmt: skip
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_JOINS_LETTERS = frozenset("'’‘ʼʻ`´ʹʾʿ.·-‐‑‒–—־·")
"""Apostrophes, full stops and hyphens of every kind: O'Brien, Anne-Marie and St.John are one word each."""
_HYPHENS = re.compile(r"[-‐‑‒–—־/]")
_JOINTS = re.compile(f"[/{re.escape(''.join(sorted(_JOINS_LETTERS)))}]")
_CJK = re.compile(
    r"[々\u1100-\u11ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\U00020000-\U0003ffff]"
)
LONGEST_KEY: Final = 200
_MOST_SUFFIXES = 12
ALIKE: Final = 0.72

_SOUND_ALIKE = (
    ("sch", "sh"), ("chr", "kr"), ("kh", "k"), ("th", "t"), ("tz", "s"), ("z", "s"), ("dt", "t"), ("mps", "ms"),
    ("y", "i"),
)  # fmt: skip
_W_SPOKEN = re.compile("w(?=[aeiou])")
_LATIN = re.compile("[a-z]{2,40}")


def name_key(text: str) -> str:
    """Letters and digits only: no case, no accents, no apostrophes or hyphens, single spaces between words.

    ß is ss, ø is o, ł is l, æ is ae. Two texts that are equal to the eye of a caller have the same key, and the key
    of a key is itself. Source: performance goals P4 and P5 (an ordered walk of an index of keys).
    """
    return _key(text)


def name_keys(text: str) -> tuple[str, ...]:
    """The keys under which a name may be looked for: ä as a first, then ä as ae, ö as oe, ü as ue, å as aa."""
    if text.isascii():
        return (_key(text),)
    composed = unicodedata.normalize("NFC", text.casefold())
    return tuple(dict.fromkeys((_key(text), _key(composed.translate(_SPELLED_OUT)))))


def words_of(name: str) -> frozenset[str]:
    """Every word by whose beginning a name is found.

    O'Brien-Sato is found by obriensato, obrien, brien and sato; de la Cruz by cruz and delacruz; and where a script
    needs no blanks, as in 王小明, by the rest of the name from each sign on: 小明, 明.
    """
    spellings = dict.fromkeys((name, _HYPHENS.sub(" ", name), _JOINTS.sub(" ", name)))
    found: set[str] = set()
    for key in {key for spelling in spellings for key in name_keys(spelling)}:
        words = key.split()
        found.update(words)
        found.add("".join(words))
    return frozenset(word[:LONGEST_KEY] for each in found for word in _from_each_sign(each) if word)


def whole_words(name: str) -> frozenset[str]:
    """The name as one word, in each of its spellings."""
    return frozenset(key.replace(" ", "")[:LONGEST_KEY] for key in name_keys(name)) - {""}


def whole_names(family: str, given: str) -> tuple[str, ...]:
    """Family and given name written as one, either way round, where a script puts no blank between them."""
    one, other = name_key(family).replace(" ", ""), name_key(given).replace(" ", "")
    if not (_CJK.search(one) and _CJK.search(other)):
        return ()
    return (f"{one}{other}"[:LONGEST_KEY], f"{other}{one}"[:LONGEST_KEY])


def sound_of(word: str) -> str:
    """How a word in Latin letters sounds, or "" where that says too little: Meyer, Maier and Meier are all `MR`.

    Metaphone after a few spellings are made one. Of 81 pairs of names that callers mix up (Katherine and Kathryn,
    Virtanen and Wirtanen, Thompson and Thomson) it puts 70 together; plain Metaphone 54, NYSIIS 52, the codex of the
    match rating approach 29.
    """
    if not _LATIN.fullmatch(word):
        return ""
    from jellyfish import metaphone  # late: no start and no sign-in needs it

    for written, spoken in _SOUND_ALIKE:
        word = word.replace(written, spoken)
    sound = metaphone(_W_SPOKEN.sub("v", word))
    return sound if len(sound) > 1 else ""


def likeness_of_sound(one: str, other: str) -> float:
    """From 0 to 1: 0 unless both words have one sound, then how alike their letters are.

    Two consonants make many a name sound like Meier that nobody would take for it, such as Maria and Moreau. From
    `ALIKE` on (Jaro's measure) the 70 pairs that have one sound are alike, and none of those is.
    """
    if sound_of(one) != sound_of(other) or not sound_of(one):
        return 0.0
    from jellyfish import jaro_similarity

    return jaro_similarity(one, other)


def device_key(text: str) -> str:
    """A serial or lot number without its blanks and separators, in capital letters: `sn-77 12/4` is `SN77124`."""
    if text.isascii():
        return text.translate(_CAPITALS)[:LONGEST_KEY]
    capital = plain_digits(text).upper()
    return "".join(character for character in capital if character.isalnum())[:LONGEST_KEY]


def digits(text: str) -> str:
    """Only the digits, of whatever script, as 0 to 9: `(555) 0142` is `5550142`."""
    if text.isascii():
        return text.translate(_NO_DIGITS)
    return "".join(character for character in plain_digits(text) if "0" <= character <= "9")


def _from_each_sign(word: str) -> tuple[str, ...]:
    if not _CJK.search(word):
        return (word,)
    return tuple(word[at:] for at in range(min(len(word), _MOST_SUFFIXES)))


def _key(text: str) -> str:
    if text.isascii():
        return " ".join(text.translate(_PLAIN).split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in apart if not unicodedata.combining(character)).translate(_LETTERS)
    composed = unicodedata.normalize("NFKC", plain_digits(bare).casefold())
    spaced = "".join(_letter_or_space(character) for character in composed)
    return " ".join(spaced.split())


def _letter_or_space(character: str) -> str:
    if character in _JOINS_LETTERS or unicodedata.category(character) in ("Cf", "Mn", "Cc", "Cs"):
        return " " if character.isspace() else ""
    return character if character.isalnum() or unicodedata.category(character) == "Mc" else " "


_PLAIN = {number: _letter_or_space(chr(number).lower()) for number in range(128)}
"""The same for most names, which need no more."""
_CAPITALS = {number: chr(number).upper() if chr(number).isalnum() else None for number in range(128)}
_NO_DIGITS = {number: None for number in range(128) if not chr(number).isdigit()}
