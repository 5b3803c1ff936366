"""Random corpora as files of every format: what is written leaves nothing, runs and cells aside.

python -m tests.link.one_search_files 300         (corpora of each format)
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from redact.core import Detection, Label, SafeTranscript, Span, Transcript
from redact.errors import BadInput
from redact.formats.beside import beside_the_text
from redact.formats.registry import read_file
from redact.formats.source_file import SourceFile
from redact.policy import Policy
from redact.release.findings import Finding
from redact.release.gates import gate_no_original
from redact.release.released import OF_PROGRAMS, ReleasedText
from redact.replace.splice import Original, restore
from redact.study.linkage import SafeFile, made_file
from redact.transcript.assemble import Corpus, make_transcript
from tests.link.files import MAKERS, Line, unpacked
from tests.link.one_search import (
    Made,
    Named,
    believed,
    gate_finds,
    made_of,
    messy,
    patterns_of,
    people_of,
    policy_of,
    scan_finds,
)

_SPOKEN = re.compile(r"(?:\W*)([\w .]{1,40}?)[:\t\]] ?(.*)")
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class MadeFiles:
    """A corpus of one format after `replace`, and its safe files."""

    made: Made
    files: tuple[SafeFile, ...]
    names: tuple[str, ...]
    sources: tuple[str, ...] = field(repr=False)


def lines_of(random: Random, named: list[Named]) -> tuple[list[Line], list[tuple[str, Label]]]:
    """What is said in a messy transcript, line by line, and what names were put in it."""
    text = messy(random, named)
    said = _NOT_IN_XML.sub("", "".join(text.pieces)).replace("\r\n", "\n")
    whole = "".join(text.pieces)
    put = [(whole[span.start : span.end], label) for span, label in text.put]
    lines = []
    for line in said.split("\n"):
        spoken = _SPOKEN.fullmatch(line)
        if spoken and spoken[2].strip():
            lines.append(Line(spoken[1].strip(), spoken[2]))
        elif line.strip():
            lines.append(Line(random.choice(named[:3]).forms[0], line))
    return lines or [Line("R", "so there")], put


def where_said(text: str, put: list[tuple[str, Label]]) -> Iterator[tuple[Span, Label]]:
    """The places of what was put, where the file's text has it in one piece."""
    for said, label in dict.fromkeys(put):
        for match in re.finditer(re.escape(said), text):
            yield Span(*match.span()), label


def make(suffix: str, seed: int) -> MadeFiles | None:
    """The corpus of this number in this format, or None if a reader refuses one of its files."""
    random = Random(f"one search {suffix} {seed}")
    named, policy = people_of(random), policy_of(seed)
    sources: list[SourceFile] = []
    transcripts: list[Transcript] = []
    detections: list[Detection] = []
    for number in range(1, random.randrange(2, 4)):
        lines, put = lines_of(random, named)
        data, doc = MAKERS[suffix](random, lines), f"D{number:04}"
        try:
            reading = read_file(data, f"a{suffix}", "a", policy.formats)
        except BadInput:
            return None
        sources.append(SourceFile(name=f"a{suffix}", path="a", sha256="", reading=reading))
        transcripts.append(make_transcript(doc, reading.text, ends=reading.ends))
        at, told = 0, []
        for span, label in sorted(where_said(reading.text, put)):
            if span.start >= at:
                told.append((span, label))
                at = span.end
        detections.append(believed(random, transcripts[-1], told))
    former = tuple((one.label, one.forms[0]) for one in random.sample(named, random.randrange(3)))
    files: dict[str, SafeFile] = {}

    def write(safe: SafeTranscript) -> SafeTranscript:
        source = sources[int(safe.id[1:]) - 1]
        files[safe.id], written = made_file(source, safe, policy.formats)
        return written

    corpus = Corpus(tuple(transcripts))
    made = made_of(corpus, tuple(detections), former, policy, write)
    names = tuple(f"a{suffix}" for _ in transcripts)
    return MadeFiles(made, tuple(files.values()), names, tuple(t.text for t in transcripts))


def beside_finds(one: MadeFiles, policy: Policy) -> tuple[Finding, ...]:
    """What G2 finds beside the text of the safe files."""
    texts = [
        ReleasedText(f"{name}, {beside.part or 'beside'}", beside.text, ours=OF_PROGRAMS)
        for name, file in zip(one.names, one.files, strict=True)
        for beside in beside_the_text(file.reading, name)
    ]
    return gate_no_original(one.made.key, texts, (), one.made.former).findings


def files_find(one: MadeFiles) -> Iterator[str]:
    """What a scan of the bytes finds of forms that no decision lets stand in any safe text."""
    texts = [safe.text.casefold() for safe in one.made.safe]
    for pattern in patterns_of(one.made):
        if any(pattern.search(text) for text in texts):
            continue  # a decision explains it there, or the scan of the texts finds it
        for file in one.files:
            if any(pattern.search(said.casefold()) for said in unpacked(file.data)):
                yield f"{file.transcript} in the file: {pattern.pattern!r}"


def unrestored(one: MadeFiles) -> Iterator[str]:
    """Transcripts that the key does not bring back."""
    key = one.made.key
    for safe, source in zip(one.made.safe, one.sources, strict=True):
        items = [
            Original(Span(r.safe_start, r.safe_end), key.entries[r.entry].forms[r.form].text)
            for r in key.replacements_of(safe.id)
        ]
        if restore(safe.text, items) != source:
            yield f"{safe.id} does not restore"


def wrong(suffix: str, seed: int) -> list[str] | None:
    """What is wrong with the corpus of this number; None if a reader refuses it."""
    one = make(suffix, seed)
    if one is None:
        return None
    found = (*gate_finds(one.made), *beside_finds(one, policy_of(seed)))
    said = [f"{finding.sentence()} {finding.span}" for finding in found]
    return [*said, *scan_finds(one.made), *files_find(one), *unrestored(one)]


def main(cases: int, *suffixes: str) -> int:
    """Runs so many cases of each format; says how many went wrong, and which."""
    total = 0
    for suffix in suffixes or tuple(MAKERS):
        refused = bad = 0
        for seed in range(cases):
            try:
                said = wrong(suffix, seed)
            except Exception as error:  # noqa: BLE001 what it is stands in the table
                said = [f"{type(error).__name__} {error}"]
            refused += said is None
            if said:
                bad += 1
                print(f"{suffix} {seed}: {said[:3]}", flush=True)
        print(
            f"{suffix}: {cases - refused} corpora, {refused} refused, {bad} went wrong", flush=True
        )
        total += bad
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))
