"""What a study's linkage key comes to say, and how a source comes back out of it."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from redact.audit.log import AuditLog
from redact.core import Entity, Replacement, SafeTranscript, Span
from redact.custody.payload import (
    GRAMMAR_TYPE,
    Document,
    Entry,
    Form,
    LinkageKey,
    Replaced,
)
from redact.errors import RedactError, Tampered
from redact.formats.edges import Edge, within_edges
from redact.formats.places import Placed
from redact.formats.registry import (
    Written,
    is_plain_text,
    read_file,
    safe_suffix,
    splice_file,
    stem_of,
    write_file,
)
from redact.formats.slots import Edit, Reading
from redact.formats.source_file import SourceFile
from redact.policy import Handling
from redact.replace.grammar import GRAMMAR
from redact.replace.splice import Original, restore
from redact.study import records
from redact.study.desk import Desk
from redact.study.memory import with_memory
from redact.study.names import neutral_names, token
from redact.study.sealed import superseding


def grown_key(
    desk: Desk,
    log: AuditLog,
    entities: tuple[Entity, ...],
    pseudonyms: dict[str, str],
    safe: tuple[SafeTranscript, ...],
    files: tuple[SafeFile, ...],
) -> LinkageKey:
    """The linkage key for these safe transcripts in their files, superseding the one in force."""
    texts = {transcript.id: transcript.text for transcript in desk.transcripts}
    used: dict[str, Counter[str]] = {}
    for item in safe:
        for r in item.replacements:
            used.setdefault(r.entity, Counter())[texts[item.id][r.start : r.end]] += 1
    entries: list[Entry] = []
    number_of_entity: dict[str, int] = {}
    form_at: dict[tuple[str, str], int] = {}
    for entity in entities:
        forms = used.get(entity.id)
        if not forms:
            continue
        number_of_entity[entity.id] = len(entries)
        form_at |= {(entity.id, form): at for at, form in enumerate(forms)}
        entries.append(
            Entry(
                pseudonym=pseudonyms[entity.id],
                type=entity.label,
                forms=tuple(Form(text=text, count=count) for text, count in forms.items()),
                decided_by=f"policy {desk.policy.name} {desk.policy.version}",
                reason="; ".join(entity.why),
            )
        )
    if changed := used.get(GRAMMAR):
        number_of_entity[GRAMMAR] = len(entries)
        form_at |= {(GRAMMAR, form): at for at, form in enumerate(changed)}
        entries.append(_grammar_entry(changed))
    entries += _organisations_never_named(desk, entries, pseudonyms.values())
    replacements = tuple(
        Replaced(
            doc=item.id,
            start=r.start,
            end=r.end,
            safe_start=r.safe_start,
            safe_end=r.safe_end,
            entry=number_of_entity[r.entity],
            form=form_at[r.entity, texts[item.id][r.start : r.end]],
        )
        for item in safe
        for r in item.replacements
    )
    names = neutral_names(
        (transcript.nation for transcript in desk.transcripts),
        (stem_of(document.safe_name) for document in desk.key.documents),
    )
    documents = tuple(
        document.model_copy(
            update={
                "safe_name": f"{name}{safe_suffix(document.source_name)}",
                "safe_sha256": hashlib.sha256(file.data).hexdigest(),
            }
        )
        for document, name, file in zip(desk.key.documents, names, files, strict=True)
    )
    grown = replace(
        superseding(desk.key, desk.key_sha256, log),
        documents=documents,
        entries=tuple(entries),
        replacements=replacements,
    )
    return with_memory(desk.key, grown, records.read_rulings(desk.study.rulings), texts)


def _grammar_entry(changed: Counter[str]) -> Entry:
    """What was changed beside mentions: an article, an apostrophe. It stands for nobody."""
    return Entry(
        pseudonym=f"[{GRAMMAR}]",
        type=GRAMMAR_TYPE,
        forms=tuple(Form(text=text, count=count) for text, count in changed.items()),
        decided_by="grammar",
        reason="the sentence stays whole",
    )


def _organisations_never_named(
    desk: Desk, entries: list[Entry], taken: Iterable[str]
) -> list[Entry]:
    """Organisations of interviews.csv that nobody names aloud still need a pseudonym there."""
    named = {
        form.text.casefold() for entry in entries if entry.type == "ORG" for form in entry.forms
    }
    listed = {
        form.casefold(): entry
        for entry in desk.roster
        if entry.kind == "ORG"
        for form in entry.forms
    }
    earlier = {
        form.text.casefold(): entry.pseudonym for entry in desk.key.entries for form in entry.forms
    }
    used = {e.pseudonym for e in (*entries, *desk.key.entries)} | set(taken)
    number, missing = 1, []
    counts = Counter(row.organisation for row in desk.interviews if row and row.organisation)
    for name, count in sorted(
        counts.items(), key=lambda item: token(desk.key.secret, "org", item[0])
    ):
        entry = listed.get(name.casefold())
        forms = {name.casefold()} | {f.casefold() for f in (entry.forms if entry else ())}
        if forms & named:
            continue
        label = earlier.get(name.casefold())
        while label is None or (label in used and earlier.get(name.casefold()) != label):
            label, number = f"[Organisation {number}]", number + 1
        used.add(label)
        missing.append(
            Entry(
                pseudonym=label,
                type="ORG",
                forms=(Form(text=name, count=count),),
                decided_by="interviews.csv",
                reason="named only in the table",
            )
        )
    return missing


@dataclass(frozen=True, slots=True)
class SafeFile:
    """The safe file of a transcript as it was written, and how it reads; read once, handed on."""

    transcript: str
    data: bytes = field(repr=False)
    reading: Reading

    @property
    def text(self) -> str:
        return self.reading.text


def made_file(
    source: SourceFile, safe: SafeTranscript, handling: Handling
) -> tuple[SafeFile, SafeTranscript]:
    """The source's own file with the safe words in it, and where they stand in its text.

    Raises RedactError if a word cannot be written in the file's encoding, or the file would not say
    what it should.
    """
    edits = [Edit(item.start, item.end, item.text) for item in safe.replacements]
    try:
        with suppress(RedactError):
            return _written(safe, write_file(source.reading, edits, source.name, handling))
        safe = with_copies_alike(source.reading, _in_pieces(source.reading, safe, edits))
        edits = [Edit(item.start, item.end, item.text) for item in safe.replacements]
        return _written(safe, write_file(source.reading, edits, source.name, handling))
    except UnicodeEncodeError:
        raise RedactError(
            f"a replacement cannot be written in {source.reading.encoding}",
            where=source.path,
            remedy="Save the source as UTF-8 and start anew, or use labels in the policy.",
        ) from None
    except RedactError as error:
        raise RedactError(error.what, where=source.path, remedy=error.remedy) from None


def _written(safe: SafeTranscript, written: Written) -> tuple[SafeFile, SafeTranscript]:
    """The file, and the replacements as they were made: one that was cut is several.

    What the file cannot hold stands for nobody, as grammar.
    """
    starts = [item.start for item in safe.replacements]
    replacements = tuple(
        Replacement(
            start=place.start,
            end=place.end,
            text=place.text,
            entity=_entity_at(place, safe.replacements, starts),
            safe_start=place.safe_start,
            safe_end=place.safe_end,
        )
        for place in written.placed
    )
    file = SafeFile(safe.id, written.data, written.reading)
    return file, SafeTranscript(safe.id, written.text, replacements)


def _entity_at(place: Placed, items: Sequence[Replacement], starts: Sequence[int]) -> str:
    number = bisect_left(starts, place.end) - 1
    item = items[number] if number >= 0 else None
    return item.entity if item is not None and place.start < item.end else GRAMMAR


def _in_pieces(reading: Reading, safe: SafeTranscript, edits: Sequence[Edit]) -> SafeTranscript:
    """The safe transcript with replacements that run over an edge of the file in pieces."""
    starts = [item.start for item in safe.replacements]
    return replace(
        safe,
        replacements=tuple(
            replace(
                safe.replacements[bisect_left(starts, piece.end) - 1],
                start=piece.start,
                end=piece.end,
            )
            for piece in within_edges(reading, edits, Edge.JOINT)
        ),
    )


def with_copies_alike(reading: Reading, safe: SafeTranscript) -> SafeTranscript:
    """The safe transcript with the same replacements wherever one place of the file is said again.

    The name of a tier stands once in its file and before each of its turns. What is hidden in one
    of them is hidden in all; where two differ it is as in the one in which more is.
    """
    copies: dict[tuple[str, int, int], list[Span]] = defaultdict(list)
    for slot in reading.slots:
        if not slot.layer:
            copies[slot.part, slot.at, slot.to].append(Span(slot.start, slot.end))
    items = list(safe.replacements)
    for spans in copies.values():
        if len(spans) > 1:
            items = _said_alike(items, spans)
    return replace(safe, replacements=tuple(sorted(items, key=lambda item: item.start)))


def _said_alike(items: list[Replacement], spans: Sequence[Span]) -> list[Replacement]:
    within = {
        span: [one for one in items if span.covers(Span(one.start, one.end))] for span in spans
    }
    chosen: list[Replacement] = []  # from the beginning of the place
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: -sum(one.end - one.start for one in within[span])):
        for one in within[span]:
            places = range(one.start - span.start, one.end - span.start)
            free = (at for at in places if at not in taken)
            for _, run in groupby(enumerate(free), key=lambda pair: pair[1] - pair[0]):
                (_, first), *more = run
                chosen.append(replace(one, start=first, end=first + len(more) + 1))
            taken.update(places)
    gone = {id(one) for some in within.values() for one in some}
    return [
        *(one for one in items if id(one) not in gone),
        *(
            replace(one, start=one.start + span.start, end=one.end + span.start)
            for span in spans
            for one in chosen
        ),
    ]


def original(key: LinkageKey, document: Document, safe: SafeFile) -> tuple[str, bytes]:
    """The source's name and bytes from the safe file and the key.

    Where hidden places were left out of the safe file, its text as UTF-8 under the name with .txt
    behind it, without an end of the last line that only the safe file has. Raises Tampered unless
    either is exact.
    """
    places = [
        (item.safe_start, item.safe_end, key.entries[item.entry].forms[item.form].text)
        for item in key.replacements_of(document.doc_id)
    ]
    text = data = b""
    with suppress(ValueError, LookupError):
        originals = [Original(Span(start, end), said) for start, end, said in places]
        text = restore(safe.text, originals).encode("utf-8")
    with suppress(ValueError, LookupError, RedactError):
        edits = [Edit(*place) for place in places if not _is_joint(safe.text, *place)]
        data = splice_file(safe.reading, edits, document.safe_name)
    if hashlib.sha256(data).hexdigest() == document.source_sha256:
        return document.source_name, data
    if not is_plain_text(document.source_name):
        for said in (text, text.removesuffix(b"\n")):
            if hashlib.sha256(said).hexdigest() == document.text_sha256:
                return f"{document.source_name}.txt", said
    raise Tampered(
        "this safe transcript does not restore to its source",
        where=document.safe_name,
        remedy="It was edited after it was made. Move it out of the folder: it is made again.",
        command="`redact replace` makes it.",
    )


def _is_joint(text: str, start: int, end: int, said: str) -> bool:
    """Whether a blank stands where a line of the text ended, or the other way round: in no byte."""
    return {text[start:end], said} == {" ", "\n"}


def as_text_only(
    key: LinkageKey, documents: Sequence[Document], files: Sequence[SafeFile]
) -> frozenset[str]:
    """The documents whose safe files bring back the text of the source, and not its bytes.

    Raises Tampered unless every safe file brings back one or the other.
    """
    return frozenset(
        document.doc_id
        for document, safe in zip(documents, files, strict=True)
        if original(key, document, safe)[0] != document.source_name
    )


def read_safe(folder: Path, document: Document, handling: Handling) -> SafeFile:
    """A safe file as it was written, by the policy's `handling`; Tampered if edited or gone."""
    path = folder / document.safe_name
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    if not document.safe_name or hashlib.sha256(data).hexdigest() != document.safe_sha256:
        raise Tampered(
            "this safe transcript is missing or was edited",
            where=str(path),
            remedy="Move it out of the folder: it is made again.",
            command="`redact replace` makes it.",
        )
    reading = read_file(data, document.safe_name, str(path), handling, document.encoding)
    return SafeFile(document.doc_id, data, reading)
