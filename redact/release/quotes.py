"""Single passages for a paper: chosen in a safe text, approved by people, and only then released.

A quote is a place in a safe text as it was when it was chosen: if the text changes, the quote is
stale, and is chosen anew. All of it is in the log; no words are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal
from unicodedata import normalize

from redact.audit.consent_events import QuoteChosen, QuoteDecided
from redact.audit.entries import LogEntry, says_something
from redact.audit.reading import read_log
from redact.core import Span
from redact.core.consent import allows
from redact.detect.key_search import KeySearch
from redact.errors import UsageError
from redact.formats.registry import stem_of
from redact.release.consented import entities_of
from redact.release.contents import Contents
from redact.release.datalist import cleared
from redact.release.gates import forms_of
from redact.release.released import account_for
from redact.release.transcript_head import participant_of
from redact.risk.residual import residual_names
from redact.study import records
from redact.study.consent import consents_of
from redact.study.desk import Desk
from redact.study.hold import hold
from redact.study.linkage import read_safe
from redact.study.nameless import require_nameless
from redact.study.records import DECISIONS
from redact.study.roles import require_one_of, require_role
from redact.study.search import line_of
from redact.transcript.words import squash

LONGEST = 400  # words of a passage: more is a transcript
QuoteState = Literal["approved", "refused", "open", "stale", "not agreed to"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteWord:
    """What somebody said of a quote, in their role, and when."""

    by: str
    role: str
    approved: bool
    reason: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenQuote:
    """A place of a safe text, with the newest word of each role on it."""

    number: str
    doc: str
    span: Span
    safe_sha256: str
    by: str
    words: tuple[QuoteWord, ...] = ()

    @property
    def is_approved(self) -> bool:
        """Whether somebody approved it, and the newest word of nobody's role is against it."""
        return bool(self.words) and all(one.approved for one in self.words)

    @property
    def is_taken_out(self) -> bool:
        """Whether the steward alone is against it: it may be chosen anew, to be approved anew."""
        against = [squash(one.role) for one in self.words if not one.approved]
        return bool(against) and set(against) == {"steward"}

    @property
    def is_refused(self) -> bool:
        return any(not one.approved for one in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteStanding:
    """A quote as it stands now. `text` is safe text, "" where it changed since.

    `k` is how many interviews agree with the row and the talk of its own (None: not measured), and
    `facts` counts what the passage itself states that tells of somebody, `looks` its words that
    look like a name to the second look. `told_role` is the participant's, as the data list says it.
    """

    quote: ChosenQuote
    state: QuoteState
    safe_name: str
    line: int = 0
    text: str = field(default="", repr=False)
    speaker: str = ""
    told_role: str = field(default="", repr=False)
    k: int | None = None
    facts: int = 0
    looks: int = 0


def quotes(entries: Iterable[LogEntry]) -> tuple[ChosenQuote, ...]:
    """All that the log has, in its order."""
    found: dict[str, ChosenQuote] = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, QuoteChosen):
            found[event.quote] = ChosenQuote(
                number=event.quote,
                doc=event.doc,
                span=Span(event.start, event.end),
                safe_sha256=event.safe_sha256,
                by=event.by,
            )
        elif isinstance(event, QuoteDecided) and event.quote in found:
            word = QuoteWord(
                by=event.by,
                role=event.role,
                approved=event.approved,
                reason=event.reason or "",
                time=entry.time,
            )
            one = found[event.quote]
            others = tuple(w for w in one.words if squash(w.role) != squash(word.role))
            found[event.quote] = replace(one, words=(*others, word))
    return tuple(found.values())


def quote_of(entries: Iterable[LogEntry], number: str) -> ChosenQuote:
    """The quote of this number, in whatever case; UsageError if there is none."""
    known = quotes(entries)
    found = next((one for one in known if squash(one.number) == squash(number)), None)
    if found is None:
        raise UsageError(
            "there is no quote of this number",
            where=number[:20],
            remedy=f"Quotes: {', '.join(one.number for one in known) or 'none yet'}.",
        )
    return found


def choose_quote(desk: Desk, interview: str, lines: tuple[int, int], by: str) -> ChosenQuote:
    """Records a passage of a safe text, by its lines (the first is 1), as a quote to be approved.

    Raises UsageError where there is no such interview or line, where its participant did not agree
    to quotes, or where it is too long. The same passage is recorded once.
    """
    document = next(
        (
            one
            for one in desk.key.documents
            if one.safe_name and stem_of(interview) == stem_of(one.safe_name)
        ),
        None,
    )
    if document is None:
        raise UsageError(
            "there is no safe transcript of this name",
            where=interview[:60],
            remedy="Give its name under safe/, such as scot_01.",
        )
    _require_agreed_to(desk, document.doc_id, document.safe_name)
    text = read_safe(desk.study.safe, document, desk.policy.formats).text
    span = _span_of(text, lines, document.safe_name)
    require_nameless(desk.key, by, "--by", is_sentence=False)
    known = quotes(read_log(desk.log))
    same = next(
        (
            one
            for one in known
            if (one.doc, one.span, one.safe_sha256) == (document.doc_id, span, document.safe_sha256)
            and not one.is_taken_out
        ),
        None,
    )
    if same is not None:
        return same
    event = QuoteChosen(
        quote=f"Q{len(known) + 1}",
        doc=document.doc_id,
        start=span.start,
        end=span.end,
        safe_sha256=document.safe_sha256,
        by=normalize("NFC", by),
    )
    with hold(desk.study, desk.seen) as log:
        if len(quotes(read_log(desk.log))) != len(known):
            return choose_quote(desk, interview, lines, by)
        log.append(event)
    return quote_of(read_log(desk.log), event.quote)


def _require_agreed_to(desk: Desk, doc: str, name: str) -> None:
    consents = consents_of(desk)
    if doc in consents and not allows(consents[doc].holds, "quotes"):
        raise UsageError(
            f"its participant did not agree to quotes ({consents[doc].holds})",
            where=name,
            remedy="Choose a passage of another interview.",
        )


def _span_of(text: str, lines: tuple[int, int], name: str) -> Span:
    """The stretch of these lines, without the blanks at its ends."""
    all_lines = [f"{line}\n" for line in text.split("\n")]
    if all_lines[-1] == "\n":  # the text ends with a line's end
        all_lines.pop()
    first, last = lines
    if not 1 <= first <= last <= len(all_lines):
        raise UsageError(
            f"there are no such lines: the text has {len(all_lines)}",
            where=name,
            remedy="Give them as 12 or 12-14, as your editor counts in the file under safe/.",
        )
    start = sum(map(len, all_lines[: first - 1]))
    said = "".join(all_lines[first - 1 : last])[: len(text) - start]
    if not said.strip():
        raise UsageError("these lines are empty", where=name, remedy="Choose others.")
    if len(said.split()) > LONGEST:
        raise UsageError(
            f"this passage has more than {LONGEST} words",
            where=name,
            remedy="Choose fewer lines: a quote is a passage, and no transcript.",
        )
    begin = start + len(said) - len(said.lstrip())
    return Span(begin, begin + len(said.strip()))


def decide_on_quote(
    desk: Desk, number: str, approved: bool, by: str, role: str, reason: str
) -> ChosenQuote:
    """Records that somebody approved or refused a quote, as its text is now.

    The steward may refuse one too, so that a stale one can be taken out; only an approver approves.
    UsageError to approve one that is stale or may not be quoted, and for words that say a name of
    the study. The same said twice is recorded once; the newest word of each role counts.
    """
    quote = quote_of(read_log(desk.log), number)
    said = {"--by": by, "--role": role, "--reason": reason}
    for option, word in said.items():
        if option != "--reason" and not says_something(word):
            raise UsageError("nothing is said here", where=option, remedy="Say who, in which role.")
        require_nameless(desk.key, word, option, is_sentence=option == "--reason")
    if not approved:
        require_one_of(desk.study, ("approver", "steward"), by)
    else:
        require_role(desk.study, "approver", by)
        _require_current(desk, quote)
    event = QuoteDecided(
        quote=quote.number,
        by=normalize("NFC", by.strip()),
        role=normalize("NFC", role.strip()),
        approved=approved,
        reason=normalize("NFC", reason.strip()) or None,
    )
    with hold(desk.study, desk.seen) as log:
        now = quote_of(read_log(desk.log), number)
        words = [(one.by, one.role, one.approved, one.reason) for one in now.words]
        if (event.by, event.role, event.approved, event.reason or "") not in words:
            log.append(event)
    return quote_of(read_log(desk.log), number)


def _require_current(desk: Desk, quote: ChosenQuote) -> None:
    document = next((one for one in desk.key.documents if one.doc_id == quote.doc), None)
    if document is None or document.safe_sha256 != quote.safe_sha256:
        raise UsageError(
            "the safe text changed since this passage was chosen",
            where=quote.number,
            remedy="Read it and choose it anew: `redact quotes add`.",
        )
    _require_agreed_to(desk, quote.doc, document.safe_name)


def quotes_standing(desk: Desk, contents: Contents | None = None) -> tuple[QuoteStanding, ...]:
    """Every quote as it stands now, in the order in which they were chosen.

    With the `contents` of a release for quotes also what singles out.
    """
    consents = consents_of(desk)
    shown = {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    entities = entities_of(desk)
    search = KeySearch(forms_of(desk.key))
    rows = {d.doc_id: row for d, row in zip(desk.key.documents, desk.interviews, strict=True)}
    documents = {one.doc_id: one for one in desk.key.documents}
    found = []
    for quote in quotes(read_log(desk.log)):
        document = documents.get(quote.doc)
        if document is None:
            found.append(QuoteStanding(quote=quote, state="stale", safe_name="withdrawn"))
            continue
        name = document.safe_name
        if document.safe_sha256 != quote.safe_sha256:
            found.append(QuoteStanding(quote=quote, state="stale", safe_name=name))
            continue
        if quote.doc in consents and not allows(consents[quote.doc].holds, "quotes"):
            found.append(QuoteStanding(quote=quote, state="not agreed to", safe_name=name))
            continue
        text = read_safe(desk.study.safe, document, desk.policy.formats).text
        row = rows[quote.doc]
        state: QuoteState = (
            "refused" if quote.is_refused else "approved" if quote.is_approved else "open"
        )
        found.append(
            QuoteStanding(
                quote=quote,
                state=state,
                safe_name=name,
                line=line_of(text, quote.span.start),
                text=text[quote.span.start : quote.span.end],
                speaker=participant_of(quote.doc, entities, shown),
                told_role=cleared(row.role, search, desk.key) if row and _tells_roles(desk) else "",
                k=contents.exposure.fits.get(stem_of(name)) if contents else None,
                facts=_facts_in(contents, quote) if contents else 0,
                looks=_looks_in(contents, quote) if contents else 0,
            )
        )
    return tuple(found)


def _tells_roles(desk: Desk) -> bool:
    return "role" in desk.policy.release.columns


def _facts_in(contents: Contents, quote: ChosenQuote) -> int:
    """How many facts of somebody the passage states."""
    return sum(
        one.said_in == quote.doc and one.span.overlaps(quote.span)
        for one in contents.exposure.stated
    )


def _looks_in(contents: Contents, quote: ChosenQuote) -> int:
    """How many words of the passage look like a name that nobody decided on."""
    safe = next((one for one in contents.safe if one.id == quote.doc), None)
    if safe is None:
        return 0
    sure = [(a.span.start, a.span.end) for a in account_for(safe, contents.kept.get(safe.id, ()))]
    seen = residual_names(safe.text, sure)
    return sum(Span(one.start, one.end).overlaps(quote.span) for one in seen)
