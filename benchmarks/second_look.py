"""What does the second look find of the names that detection missed, and how much else?

On texts that the second look was neither trained nor tuned on: the documents of the open corpora
that training held back (web text and Twitter), the hand-written transcripts of samples/, and these
again with every person renamed from lists that no training held (name_origins.py): as interviews
have few misses, many names have to be tried. A name counts once however often a transcript says it.
Left out are names without a word that either look considers: letters, "US", "the Government".

    .venv/bin/python benchmarks/second_look.py CORPORA
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from name_origins import ROOT, read_origins, read_texts, renamed

from redact.core import NAMES, Transcript
from redact.detect.detector import detect
from redact.detect.lexicon import is_function_word
from redact.evaluate.gold import GoldDocument, GoldSpan, lowered
from redact.policy import Policy, load_policy
from redact.risk.residual import residual_names
from redact.transcript.turns import read_structure
from redact.transcript.words import fold


@dataclass
class Count:
    """Of one set of texts: words, false finds, and of each missed name whether it was found."""

    words: int = 0
    false: int = 0
    missed: dict[tuple[str, str], bool] = field(default_factory=dict)


def held_back(corpora: Path) -> list[GoldDocument]:
    sys.path.insert(0, str(ROOT / "training" / "name_model"))
    from data import CORPORA, read_corpus  # type: ignore[import-not-found]

    return [
        GoldDocument(
            id=f"{name}/{row['id']}",
            text=row["text"],
            spans=tuple(
                GoldSpan(start=s["start"], end=s["end"], label=s["label"]) for s in row["spans"]
            ),
        )
        for name in CORPORA
        for row in read_corpus(corpora, name)[1]
    ]


def told_again(texts: list[GoldDocument]) -> Iterator[GoldDocument]:
    origins = read_origins(ROOT / "samples" / "further" / "origins.txt")
    for given, family in origins.values():
        yield from renamed(texts, given, family)


def count(documents: Iterable[GoldDocument], policy: Policy) -> Count:
    """Each document read alone, so that a name is not carried from one to the next."""
    total = Count()
    missed: dict[tuple[str, str], bool] = defaultdict(bool)
    for document in documents:
        text = document.text
        transcript = Transcript(id=document.id, text=text, turns=read_structure(text).turns)
        (found,) = detect((transcript,), policy)
        sure = [(m.start, m.end) for m in found.mentions] + [(k.start, k.end) for k in found.kept]
        names = [span for span in document.spans if span.label in NAMES]
        seen = residual_names(text, sure)
        total.words += len(text.split())
        total.false += sum(
            not any(n.start < s.end and s.start < n.end for n in names) for s in seen
        )
        for name in names:
            parts = fold(text[name.start : name.end])
            can_be_seen = any(len(p) > 2 and p.isalpha() and not is_function_word(p) for p in parts)
            if can_be_seen and not any(a < name.end and name.start < b for a, b in sure):
                key = document.id, " ".join(parts)
                missed[key] |= any(s.start < name.end and name.start < s.end for s in seen)
    total.missed = dict(missed)
    return total


def main() -> None:
    policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    texts = read_texts()
    sets = {
        "corpora, held back": held_back(Path(sys.argv[1])),
        "hand-written interviews": texts,
        "the same, told with other names": list(told_again(texts)),
    }
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for name, documents in sets.items():
        for case, shown in (("as written", documents), ("lower", list(map(lowered, documents)))):
            got = count(shown, policy)
            found[case] += sum(got.missed.values())
            missed[case] += len(got.missed)
            print(
                f"{name:32} {case:10} finds {sum(got.missed.values()):3} of {len(got.missed):3} "
                f"missed names; {10_000 * got.false / got.words:5.1f} false in 10,000 words",
                flush=True,
            )
    for case in found:
        print(f"all, {case}: {found[case]} of {missed[case]}")


if __name__ == "__main__":
    main()
