"""The one search for forms of names and numbers: in sources before they are replaced, in what is
released, and in tables.

Forms are matched as whole words with case, accents, apostrophes, hyphens, Mac/Mc and line breaks
set aside; long forms also when glued into other text, and numbers in every way they are written or
said; over the ends of lines and caption cues; and in what runs of a text say in another writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from redact.detect.lexicon import is_word_too
from redact.detect.numbers import NumberForms
from redact.formats.beside import Decoded, decoded_runs
from redact.transcript.captions import as_heard
from redact.transcript.glued import GluedForms
from redact.transcript.vocabulary import MONTHS, NUMBERS, ORDINALS
from redact.transcript.words import Forms, Hit, fold

_TELLING_FIGURES = 5  # fewer are an age, a count, a house, the end of a number
_SHORT_FIGURES = 3  # of an identifier: fewer are looked for nowhere else
_ADDRESSES = ("URL", "EMAIL")
_SHORT_WORD = 3  # letters: "co", "org"
_MONTHS = frozenset(fold(month)[0][:3] for month in MONTHS)
_LIKE_FIGURES = NUMBERS.keys() | ORDINALS.keys() | {"oh", "double", "triple", "hundred"}


class Reach(Enum):
    """Where a form is looked for beside the places at which it was found."""

    EVERYWHERE = auto()
    AS_WRITTEN = auto()  # everywhere, in just these letters
    IN_ITS_OWN = auto()  # in the transcripts it was found in, in just these letters
    NOWHERE = auto()


def reach_of(label: str, form: str) -> Reach:
    """How far a form is looked for: one that is too short or too ordinary is tied to its places.

    An age, a day without its month and a small number stand in every text, and say nothing there.
    So does an address of which one ordinary or short word is left. Two capitals are somebody's
    initials in their own interview and anything elsewhere (MD, LA, IT); a name of two letters (Jo,
    Al) is one only as it is written.
    """
    said = fold(form)
    run = "".join(said)
    if label == "AGE" or len(run) < 2:
        return Reach.NOWHERE
    if label in _ADDRESSES and len(said) == 1 and (len(run) <= _SHORT_WORD or is_word_too(run)):
        return Reach.NOWHERE
    if run.isdigit() or all(word in _LIKE_FIGURES or word.isdigit() for word in said):
        figures = sum(len(word) if word.isdigit() else 1 for word in said)
        if figures >= _TELLING_FIGURES:
            return Reach.EVERYWHERE
        is_code = label in ("PHONE", "ID", "") and figures >= _SHORT_FIGURES and run.isdigit()
        return Reach.IN_ITS_OWN if is_code else Reach.NOWHERE
    if label == "DATE":
        with_month = len(said) > 1 and any(word[:3] in _MONTHS for word in said)
        figures = sum(char.isdigit() for char in run)
        return Reach.EVERYWHERE if with_month or figures >= _TELLING_FIGURES else Reach.NOWHERE
    if len(run) == 2:
        letters = "".join(filter(str.isalnum, form))
        if letters.isupper():
            return Reach.IN_ITS_OWN
        return Reach.AS_WRITTEN if letters.istitle() else Reach.NOWHERE
    return Reach.EVERYWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A place where a form stands; `one_word` is its folded word if it has just one.

    `is_run` says that the place is longer than the form: a run of letters or figures that it
    stands in. `is_decoded` says that the form stands there in another writing.
    """

    start: int
    end: int
    label: str
    one_word: str = field(repr=False)
    form: str = field(default="", repr=False)
    is_run: bool = False
    is_decoded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filed:
    """A form under its label; of one that is looked for as it is written only, its letters."""

    label: str
    form: str = field(repr=False)
    letters: str | None = field(repr=False)
    own: frozenset[str] | None

    @property
    def one_word(self) -> str:
        said = fold(self.form)
        return said[0] if len(said) == 1 else ""

    def stands(self, surface: str, transcript: str | None) -> bool:
        """Whether this surface of this transcript is the form, where it is not so everywhere."""
        if self.own is not None and transcript not in self.own:
            return False
        return self.letters is None or self.letters == _letters(surface)


class KeySearch:
    """Forms of a linkage key, ready to be looked for in many texts."""

    def __init__(
        self,
        forms: Iterable[tuple[str, str]],
        own: Mapping[tuple[str, str], Iterable[str]] | None = None,
    ) -> None:
        """`forms` are (label, text) pairs; `own` the transcripts in which each was found.

        Of forms that are looked for in their own transcripts only, those without any are ignored.
        """
        filed = [_filed(label, text, own or {}) for label, text in dict.fromkeys(forms)]
        pairs = [(one.form, one) for one in filed if one is not None]
        self._forms = Forms(pairs)
        self._parted = Forms(pair for pair in pairs if _is_parted(pair[0]))
        self._glued = GluedForms(pairs)
        self._numbers: NumberForms[_Filed] = NumberForms(
            (text, one.label, one) for text, one in pairs
        )

    def find(self, text: str, transcript: str | None = None) -> Iterator[Occurrence]:
        """Every occurrence, overlapping ones too; a word by itself is not one run into others."""
        parted = self._parted.find(text, longest=False, near=False) if self._parted.count else ()
        whole = (*self._forms.find(text, longest=False), *parted)
        seen = {(hit.start, hit.end) for hit in whole}
        others = (*self._glued.find(text), *self._numbers.find(text))
        more = {(hit.start, hit.end): hit for hit in others if (hit.start, hit.end) not in seen}
        for hit in (*whole, *more.values()):
            if hit.key.stands(text[hit.start : hit.end], transcript):
                yield _occurrence(hit, is_run=(hit.start, hit.end) in more)

    def find_all(self, text: str, transcript: str | None = None) -> Iterator[Occurrence]:
        """Every occurrence, also over the ends of caption cues and in another writing."""
        found = dict.fromkeys(self.find(text, transcript))
        heard = as_heard(text)
        if heard != text:
            found |= dict.fromkeys(self.find(heard, transcript))
        yield from found
        for run in decoded_runs(text):
            yield from dict.fromkeys(self._decoded(text, run, transcript))

    def _decoded(self, text: str, run: Decoded, transcript: str | None) -> Iterator[Occurrence]:
        plain = text[run.at : run.end]
        for hit in self.find(run.text, transcript):
            said = run.text[hit.start : hit.end]
            if run.text.count(said) > plain.count(said):  # else it is seen where it stands
                yield Occurrence(
                    start=run.at,
                    end=run.end,
                    label=hit.label,
                    one_word="",
                    form=hit.form,
                    is_run=True,
                    is_decoded=True,
                )


def _filed(label: str, form: str, own: Mapping[tuple[str, str], Iterable[str]]) -> _Filed | None:
    reach = reach_of(label, form)
    mine = frozenset(own.get((label, form), ())) if reach is Reach.IN_ITS_OWN else None
    if reach is Reach.NOWHERE or (mine is not None and not mine):
        return None
    letters = None if reach is Reach.EVERYWHERE else _letters(form)
    return _Filed(label=label, form=form, letters=letters, own=mine)


def _letters(said: str) -> str:
    return "".join(filter(str.isalnum, said))


def _occurrence(hit: Hit[_Filed], is_run: bool) -> Occurrence:
    one = hit.key
    return Occurrence(
        start=hit.start,
        end=hit.end,
        label=one.label,
        one_word="" if is_run else one.one_word,
        form=one.form,
        is_run=is_run,
    )


def _is_parted(form: str) -> bool:
    """Whether something stands between its words that no name has there: "for Ann. Smith"."""
    return len(fold(form)) > 1 and not any(Forms([(form, form)]).find(form))
