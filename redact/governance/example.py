"""One small invented talk with a sentence for each kind, to show what a policy makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from redact.chain import link_mentions, replace_mentions
from redact.core import LABELS, Detection, Label, Mention, Place, RosterEntry, Source, Transcript
from redact.policy import Policy
from redact.transcript.assemble import Corpus

_TALK = "example"
_SECRET = b"no secret: what is invented may be read by all."
_ROSTER = (
    RosterEntry(
        row=2,
        kind="PERSON",
        name="Morag Haldane",
        role="team leader",
        organisation="Corriedoon Care",
        nation="Scotland",
        gender="woman",
    ),
    RosterEntry(
        row=3,
        kind="ORG",
        name="Corriedoon Care",
        category="care charity",
        nation="Scotland",
        size="small",
    ),
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, and the words in it that are of the kind."""

    sentence: str
    words: tuple[str, ...]
    kind: str | None = None


# Ofcom keeps 01632 960 for drama, and the Post Office has no KA99.
_SENTENCES: Mapping[Label, _Sentence] = {
    "PERSON": _Sentence("Morag Haldane runs it, and Morag asked me.", ("Morag Haldane", "Morag")),
    "PLACE": _Sentence("We opened a second office in Kilmarnock.", ("Kilmarnock",), "town"),
    "ORG": _Sentence("Then I went to Corriedoon Care.", ("Corriedoon Care",)),
    "DATE": _Sentence("The letter came on 14 March 2019.", ("14 March 2019",)),
    "AGE": _Sentence("My mother was 47 then.", ("47",)),
    "PHONE": _Sentence("You can ring us on 01632 960123.", ("01632 960123",)),
    "EMAIL": _Sentence(
        "Write to morag.haldane@corriedoon.example.", ("morag.haldane@corriedoon.example",)
    ),
    "URL": _Sentence("It is on www.corriedoon.example.", ("www.corriedoon.example",)),
    "ID": _Sentence("Send it to us at KA99 1AA.", ("KA99 1AA",), "postcode"),
}


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A sentence as it was said, and as the policy leaves it."""

    before: str
    after: str


def shown_by(policy: Policy) -> Mapping[Label, BeforeAfter]:
    """By kind what this policy makes of a sentence; the same at each call."""
    lines = [_SENTENCES[label].sentence for label in LABELS]
    text = "\n".join(lines) + "\n"
    transcript = Transcript(id=_TALK, text=text, nation="Scotland", organisation="Corriedoon Care")
    mentions, at = [], 0
    for label in LABELS:
        said, start = _SENTENCES[label], at
        for words in said.words:
            start = text.index(words, start)
            mentions.append(
                Mention(
                    place=Place.at(_TALK, start, start + len(words)),
                    label=label,
                    score=1.0,
                    sources=(Source.GOLD,),
                    kind=said.kind,
                )
            )
            start += len(words)
        at += len(said.sentence) + 1
    corpus = Corpus((transcript,), _ROSTER)
    entities = link_mentions(corpus, (Detection(_TALK, tuple(mentions)),), policy)
    safe = replace_mentions(corpus, entities, policy, _SECRET).transcripts[0].text.splitlines()
    return {
        label: BeforeAfter(before, after)
        for label, before, after in zip(LABELS, lines, safe, strict=True)
    }
