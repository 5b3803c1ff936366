"""What people write for the log, with the key open: it must say no name of the study.

The log is shown to boards and auditors, and keeps what it has for ever.
"""

from __future__ import annotations

import re

from redact.core import DETAIL
from redact.custody.payload import GRAMMAR_TYPE, LinkageKey
from redact.detect.key_search import KeySearch, Occurrence
from redact.detect.lexicon import is_word_too
from redact.errors import UsageError
from redact.study.forgotten import recalled
from redact.study.search import name_words
from redact.transcript.words import fold

READ = "read against the original"  # redact's own words: no name is looked for in them

_CAPITAL = re.compile(r"(?<=\s)[^\W\d_a-z][\w'’-]*")  # within a sentence


def require_nameless(key: LinkageKey, words: str, where: str, *, is_sentence: bool = True) -> None:
    """UsageError if these words say a form that the key hides, or hid; `where` is their option.

    A name that is a word too, and a word of a longer name, counts where it is written as a name,
    with a capital within a sentence. Where the words are no sentence but whom they mean, every
    capital counts. What somebody who withdrew was called counts too.
    """
    if words == READ:
        return
    forms = [
        (entry.type, form.text)
        for entry in key.entries
        if entry.type not in (GRAMMAR_TYPE, DETAIL)
        for form in entry.forms
    ]
    search = KeySearch([*forms, *((one.type, one.text) for one in key.former)])
    said = (*search.find_all(words), *recalled(key.secret, key.forgotten, words))
    hits = any(not _is_a_word(words, hit, is_sentence) for hit in said)
    known = {word for word in name_words(key) if not is_word_too(word)}
    if hits or any(known.intersection(fold(word)) for word in _CAPITAL.findall(words)):
        raise UsageError(
            "this says a name of the study, and the log must hold none",
            where=where,
            remedy="Write the pseudonym, for example [Person 1], or leave the name out. Nothing "
            "was done.",
        )


def _is_a_word(words: str, hit: Occurrence, is_sentence: bool) -> bool:
    first = is_sentence and not words[: hit.start].strip()
    in_small = words[hit.start].islower()
    return bool(hit.one_word) and is_word_too(hit.one_word) and (in_small or first)
