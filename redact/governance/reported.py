"""A report of words that should not be readable: looked for in every release, hidden in the study.

The words live only as long as the command: the log, errors and files never have them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from unicodedata import normalize

from redact.audit.entries import says_something
from redact.audit.incident_events import (
    IncidentClosed,
    IncidentOpened,
    IncidentTakenBack,
    IncidentTold,
)
from redact.audit.reading import read_log
from redact.audit.releases import made_releases
from redact.core import LABELS, Label
from redact.disk import files_below
from redact.errors import BadInput, UsageError
from redact.formats.registry import read_file
from redact.governance.incident import Incident, holders, incident_of, incidents, left_to_do
from redact.governance.register import Holding, register
from redact.governance.sought import Sought
from redact.governance.told import told_day
from redact.policy import Handling
from redact.review.decide import decide, newest, places_with
from redact.study.desk import Desk, detections_of
from redact.study.folder import Study
from redact.study.hold import hold
from redact.study.nameless import require_nameless
from redact.study.names import token
from redact.transcript.words import squash

_AROUND_A_WORD = ".,;:!?()[]{}<>\"'“”‘’"


@dataclass(frozen=True, slots=True)
class AffectedFile:
    """A file of a release in which the words stand, and the lines, from 1."""

    release: str
    file: str
    lines: tuple[int, ...]


def files_with(study: Study, label: Label, words: str, handling: Handling) -> list[AffectedFile]:
    """Every file of every release that is still in the study's folder and says these words.

    A line that redact writes itself, whatever the study, does not count.
    """
    sought = Sought.of(label, words)
    found = []
    releases = sorted(study.releases.iterdir()) if study.releases.is_dir() else []
    for bag in releases:
        payload = bag / "data"
        for path in files_below(payload) if payload.is_dir() else ():
            if not path.is_file() or _is_page_of(path):
                continue
            name = path.relative_to(payload).as_posix()
            if lines := sought.lines_of(_text(path, handling), name):
                found.append(AffectedFile(bag.name, name, lines))
    return found


def _is_page_of(path: Path) -> bool:
    """Whether this shows a paper beside it that is looked at: its pages say the same words."""
    papers = (path.with_suffix(".md"), path.with_suffix(".csv"))
    return path.suffix in (".html", ".pdf") and any(paper.is_file() for paper in papers)


def _text(path: Path, handling: Handling) -> str:
    """What a released file says; of one of no known format its letters as they are."""
    data = path.read_bytes()
    try:
        return read_file(data, path.name, str(path), handling).text
    except BadInput:
        return data.decode("utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Reported:
    """An incident that was opened, the files with the words, and how many places are hidden."""

    incident: Incident
    files: tuple[AffectedFile, ...]
    hidden: int


def open_incident(desk: Desk, label: Label, words: str, by: str) -> Reported:
    """Opens an incident: finds the words in releases and sources, and hides them in the study.

    The safe transcripts follow with the next `redact replace` or `redact release`. Raises
    UsageError if the words say nothing, or stand neither in a release nor in a source; then
    nothing was recorded.
    """
    words = _said(words)
    _require_signed(desk, label, words, by)
    files = files_with(desk.study, label, words, desk.policy.formats)
    hidden = {d.transcript: [m.span for m in d.mentions] for d in detections_of(desk)}
    standing = tuple(places_with(desk, words, label))
    verdicts = [
        one
        for one in standing
        if not any(span.covers(one.place.span) for span in hidden[one.transcript])
    ]
    if not files and not verdicts:
        raise UsageError(
            "these words stand in no release that is here, "
            + ("and in the sources they are hidden already" if standing else "and in no source"),
            where="the words",
            remedy="Nothing was recorded."
            if standing
            else "Type them as they stand in the file, whole words; nothing was recorded.",
        )
    places = sum(len(one.lines) for one in files)
    with hold(desk.study, desk.seen) as log:
        number = f"I{len(incidents(read_log(desk.log))) + 1}"  # while held: no two have one number
        if verdicts:  # first, so that what was cut short hides more than it says
            decide(desk, verdicts, by, newest(desk))
        log.append(
            IncidentOpened(
                incident=number,
                by=normalize("NFC", by),
                label=label,
                releases=tuple(sorted({one.release for one in files} | _not_here(desk))),
                counts={"places in releases": places, "places in the study": len(verdicts)},
                words_token=_token(desk, words),
            )
        )
    (opened,) = (one for one in incidents(read_log(desk.log)) if one.number == number)
    return Reported(opened, tuple(files), len(verdicts))


def _said(words: str) -> str:
    """The words in one line; UsageError if they say nothing."""
    words = normalize("NFC", " ".join(words.split()))
    if not any(char.isalnum() for char in words):
        raise UsageError("no words were given", where="the words", remedy="Type what was found.")
    return words


def _token(desk: Desk, words: str) -> str:
    return token(desk.key.secret, "incident", words.casefold())


def _require_signed(desk: Desk, label: Label, words: str, by: str) -> None:
    """UsageError if who records it is called by a name of the study, or by these words."""
    require_nameless(desk.key, by, "--by", is_sentence=False)
    if Sought.of(label, words).in_text(by):
        raise UsageError(
            "this says the words that were found, and the log must hold none",
            where="--by",
            remedy="Write who records it in another way, such as initials.",
        )


def _not_here(desk: Desk) -> set[str]:
    """Releases of the log whose folder is gone: nobody can look in them, so they count."""
    made = made_releases(read_log(desk.log))
    return {name for name in made if not (desk.study.releases / name / "data").is_dir()}


def _held(desk: Desk, today: date) -> tuple[Holding, ...]:
    return register(read_log(desk.log), today)


def tell(desk: Desk, number: str, to: str, on: str, today: date) -> IncidentTold:
    """Records that a holder was told; UsageError for one who has none of the affected releases.

    The same said twice is recorded once.
    """
    incident = incident_of(read_log(desk.log), number)
    wider = replace(incident, releases=(*incident.releases, *incident.made_since))
    known = [one.to for one in holders(wider, _held(desk, today))]
    name = next((one for one in known if squash(one) == squash(to)), None)
    if name is None:
        raise UsageError(
            "they have none of the releases in which it stands",
            where="--to",
            remedy=f"Who has one: {', '.join(known) or 'nobody'}.",
        )
    day = told_day(on, date.fromisoformat(incident.opened[:10]), today, "it was opened")
    event = IncidentTold(incident.number, name, day.isoformat())
    with hold(desk.study, desk.seen) as log:
        if not any(entry.event == event for entry in read_log(desk.log)):
            log.append(event)
    return event


def close(desk: Desk, number: str, words: str, by: str, today: date) -> Incident:
    """Records that all was done; UsageError that says what is left where something is.

    The words must be those that were reported, and stand in the newest release no more. Whoever
    has another release that was made since, and has them or is not here, must be told too.
    """
    incident, words = incident_of(read_log(desk.log), number), _said(words)
    if not incident.is_open:
        return incident
    if _token(desk, words) != incident.words_token:
        raise UsageError(
            "these are not the words that were reported",
            where=incident.number,
            remedy="Type them as they were typed when it was opened.",
        )
    label = next(one for one in LABELS if one == incident.label)
    _require_signed(desk, label, words, by)
    found, gone = files_with(desk.study, label, words, desk.policy.formats), _not_here(desk)
    if incident.releases and incident.corrected in gone:
        raise UsageError(
            "the newest release is not in the study's folder: nobody can look in it",
            where=incident.corrected,
            remedy="Put its folder back, or release again under another name.",
        )
    have = ({one.release for one in found} | gone) - {incident.corrected}
    more = [one for one in incident.made_since if one in have]
    wider = replace(incident, releases=(*incident.releases, *more))
    left = left_to_do(wider, _held(desk, today), str(desk.study.root))
    if left:
        raise UsageError(
            "this incident cannot be closed yet",
            where=incident.number,
            remedy=" ".join(one.what for one in left),
            command=" ".join(one.command for one in left),
        )
    still = [one for one in found if one.release == incident.corrected]
    if still:
        lines = ", ".join(str(line) for line in still[0].lines)
        raise UsageError(
            f"the words still stand in {incident.corrected}",
            where=f"{still[0].file}, line {lines}",
            remedy="Hide them there, or take them out of the description, the tables or the "
            "papers, and release again under another name.",
            command="`redact review` opens it.",
        )
    with hold(desk.study, desk.seen) as log:
        log.append(IncidentClosed(incident.number, normalize("NFC", by)))
    return incident_of(read_log(desk.log), number)


def take_back(desk: Desk, number: str, by: str, reason: str) -> Incident:
    """Records that the words of an open incident were typed by mistake, and why; never the words.

    What was hidden for them stays hidden. UsageError where it is closed, where nothing is said, or
    where a name of the study or the words themselves are said.
    """
    said = {"--by": by, "--reason": reason}
    said = {option: normalize("NFC", " ".join(one.split())) for option, one in said.items()}
    for option, one in said.items():
        if not says_something(one):
            raise UsageError("nothing is said here", where=option, remedy="Say who, and why.")
        require_nameless(desk.key, one, option, is_sentence=option == "--reason")
    with hold(desk.study, desk.seen) as log:
        incident = incident_of(read_log(desk.log), number)
        if incident.taken_back:
            return incident
        if not incident.is_open:
            raise UsageError(
                f"it was closed on {incident.closed[:10]}",
                where=incident.number,
                remedy="What was closed stays as it is in the log.",
            )
        for option, one in said.items():
            if _says_words_of(desk, incident, one):
                raise UsageError(
                    "this says the words that were typed, and the log must hold none",
                    where=option,
                    remedy="Say it without them: they were mistyped, or belong to nobody.",
                )
        log.append(
            IncidentTakenBack(incident=incident.number, by=said["--by"], reason=said["--reason"])
        )
    return incident_of(read_log(desk.log), number)


def _says_words_of(desk: Desk, incident: Incident, said: str) -> bool:
    """Whether the words of an incident stand in a row in this: they are known by their token."""
    typed = said.split()
    bare = [one for word in typed if (one := word.strip(_AROUND_A_WORD))]
    rows = (
        " ".join(words[start:end])
        for words in (typed, bare)
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    return any(_token(desk, row) == incident.words_token for row in rows)
