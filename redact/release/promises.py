"""What a consent form or information sheet promises, held against who is to have the transcripts.

It reads for five promises that archiving may break: to destroy, to show nobody but the team, not to
share, to publish quotes only, and to let people withdraw at any time or until a day; and for
safeguards that open access would not have. It is a list of shapes, not a lawyer: what it finds is
quoted to the steward, who says what people agreed to. A sentence that limits what is done with the
transcripts in words that no shape knows is quoted as well, as one to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from redact.release.statements import Clause, Statement, Thing, statements_in
from redact.replace.dates import read_date
from redact.study.description import Access

PromiseKind = Literal[
    "destroy",
    "the team only",
    "no sharing",
    "quotes only",
    "withdrawal",
    "safeguards",
    "not understood",
]
_US = (
    r"(?:(?:research|project|study) (?:team|group|staff)|team|"
    r"(?<!registered )(?<!fide )(?<!genuine )(?<!approved )(?<!accredited )(?<!authorised )"
    r"(?<!authorized )(?<!other )(?<!qualified )researchers?|interviewers?|"
    r"supervisors?|project|study|us|me|myself|I|we)"
)
_ONLY = r"(?:only|solely|just|exclusively|alone)"
_SEE = (
    r"(?:see|seen|access|accessed|accessible|read|hear|heard|view|viewed|look|looked|use|used|"
    r"handle|handled|available|listen|shared?|shown?|know what|learn what|known to|going to read)"
)
_NO_ONE = r"(?:nobody|no one|no-one|no other|none)"
_BUT = r"(?:but|except|outside|beyond|else|other than|apart from|save|besides)"
_TEAM = re.compile(
    rf"\b{_ONLY}\b(?: \S+){{0,6}} {_US}\b.*\b{_SEE}\b"
    rf"|\b{_SEE}\b.*\b(?:{_ONLY}|no further than|within)\b(?: \S+){{0,5}} {_US}\b"
    rf"|\b{_SEE}\b.*\b{_US} {_ONLY}\b|\b{_US} {_ONLY}\b.*\b{_SEE}\b"
    rf"|\b{_NO_ONE}\b.*\b{_BUT}\b.*\b{_SEE}\b|\b{_SEE}\b.*\b{_NO_ONE}\b.*\b{_BUT}\b"
    rf"|(?:\bnot|\bnever|n['’]t)\b.*\b{_SEE}\b.*\b(?:people|persons?|staff) (?:outside|beyond)\b"
    rf"|\b(?:people|persons?|anybody|anyone)\b.*\boutside\b.{{0,20}}\b{_US}\b.*\bnot\b.*\b{_SEE}\b"
    rf"|(?:\bnot|\bnever|n['’]t)\b.*\b{_SEE}\b.*\b(?:anybody|anyone)\b.*\b{_BUT}\b"
    rf"|\b{_SEE}\b.*\b(?:restricted|limited|confined) to\b.*\b{_US}\b"
    rf"|\b{_ONLY} (?:people|persons?|ones?)\b.*\b{_SEE}\b"
    rf"|\b(?:restrict|limit|confine)s? access\b.*\bto\b.*\b{_US}\b"
    rf"|^(?:apart from|except for|except|besides|other than)\b.*\b{_NO_ONE}\b.*\b{_SEE}\b"
    rf"|\bfor the (?:eyes|ears|use)\b.*\b{_US}\b.*\b{_ONLY}\b"
    rf"|\bfor the (?:eyes|ears) of\b.*\b{_US}\b|\bfor {_ONLY} the (?:eyes|ears) of\b"
    rf"|\b(?:confidential (?:to|within)|not go beyond|"
    rf"(?:stays?|remains?|kept) (?:with|within|among|between|inside))"
    rf"(?: \S+){{0,3}} {_US}\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:destroy(?:ed|s|ing)?|delet(?:e|ed|es|ing)|eras(?:e|ed|es|ing)|shred(?:ded|s)?|"
    r"wip(?:e|ed|es)|dispos(?:e|ed|es) of|discard(?:ed|s)?|burn(?:ed|t|s)?|get rid of|"
    r"thr(?:ow|own) away|shredder|permanently removed|ceases? to exist|"
    r"removed (?:permanently|completely|for good|for ever|"
    r"from (?:our|the|all) (?:servers?|computers?|drives?|disks?|systems?)))\b",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\b(?:keep|kept|retain(?:ed)?|stored?|hold|held|preserved?)\b", re.IGNORECASE)
_KEPT_UNTIL = re.compile(
    r"\b(?:keep|kept|retain(?:ed)?|stored?|hold|held)\b.{0,30}\b(?:only|no longer than|not longer "
    r"than|at most|a maximum of|until)\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"(?<!what is )(?<!what we )\b(?:shar(?:e|ed|ing)|pass(?:ed)? (?:\w+ ){0,4}?(?:on|to)|"
    r"giv(?:e|en) (?:\S+ ){0,5}?(?:to|away|out)|hand(?:ed)? (?:on|over|to)|"
    r"made (?:available|public)|mak(?:e|ing) .{0,40}\b(?:available|public)|deposit(?:ed)?|"
    r"(?<!the )(?<!an )(?<!any )(?<!data )archive|archived|publish(?:ed)?|"
    r"disclosed?|released?|circulated?|transferred|sent|sold|lent|loaned|copied|"
    r"put (?:in|into|on)|placed (?:in|on)|upload(?:ed)?|leaves?|"
    r"(?:go|goes|taken) (?:to|beyond|outside|no further|any further|further)|"
    r"let .{0,20}\bhave|lodged|repeated|told to|distributed|exported|"
    r"used (?:by others|by other|for any ?(?:thing|other)))\b",
    re.IGNORECASE,
)
_STILL_NAMED = re.compile(  # what is not shared so may be shared otherwise
    r"\b(?:with|under|alongside|next to) (?:your|my|the|any|their) (?:real |full |own )?names?\b|"
    r"\bin (?:a|any) (?:way|form)s? (?:that|which|in which)\b|"
    r"\b(?:that|which) (?:could |can |may |might |would |will )?(?:identif|reveal|name|point)|"
    r"\b(?:before|until|unless) (?:it|they|all|your|any|the|names?)\b.*"
    r"\b(?:anonymi[sz]|pseudonymi[sz]|removed|changed|taken out)|"
    r"\bwithout (?:\w+ ){0,3}(?:anonymi[sz]|remov|chang|tak)",
    re.IGNORECASE,
)
_HERE_ALONE = re.compile(  # used for this, and for nothing else
    rf"\b(?:us(?:e|ed|ing)|analys(?:e|ed)|needed)\b(?: \S+){{0,4}} {_ONLY} "
    rf"(?:for|in|within|by)\b"
    rf"|\b(?:us(?:e|ed)|analysed)\b.*\bfor\b.*\b(?:and|but) (?:for )?(?:nothing|no other)\b"
    rf"|\b{_ONLY} (?:be )?used (?:for|in)\b"
    rf"|\bfor the (?:purposes?|use) of (?:this|the present|my|our)\b.{{0,30}}\b{_ONLY}\b"
    rf"|\bus(?:e|ed) (?:for|in) (?:the (?:purposes?|aims) of )?(?:this|the present|my|our)\b"
    rf".{{0,40}}\b{_ONLY}$",
    re.IGNORECASE,
)
_ANY_RESEARCH = re.compile(  # "used only for research" lets others do it
    r"\bfor (?:the purposes? of )?(?:scientific |academic |future |further |other )*"
    r"(?:research|teaching|learning|education\w*|non-?commercial)\b",
    re.IGNORECASE,
)
_NO_FURTHER = re.compile(
    r"\b(?:used|reused|re-used|us(?:e|ing)|re-?use|analys(?:ed|is))\b.{0,40}"
    r"\b(?:(?:in|for|by) (?:any )?(?:future|further|other|later|new|another|someone else)|again|"
    r"beyond|outside|elsewhere)\b|\bre-?used?\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:excluded|ruled out|prohibited|forbidden|refuse|object|disallowed)\b", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\bno (?:third part|other researcher|outside|one outside|other person)", re.IGNORECASE
)
_QUOTES = re.compile(
    rf"(?<!not )\b(?:{_ONLY}|nothing but|nothing (?:more|other) than|no more than|limited to)"
    r"(?: (?:as|in|through|use|using|quote|publish|print|from|be|of))*"
    r"(?: (?:\w+,?|an?)){0,4}? (?:quotes?|quotations?|extracts?|excerpts?|passages?|snippets?)\b|"
    rf"\b(?:quotes?|quotations?|extracts?|excerpts?) {_ONLY}\b(?! (?:with|if|when|after|once))|"
    r"\b(?:quotes?|quotations?|extracts?|excerpts?)\b.*\b(?:nothing|no) more\b|"
    rf"\b{_ONLY} (?:parts?|pieces?|bits?)\b.*\b(?:quotes?|quotations?|extracts?|excerpts?)\b",
    re.IGNORECASE,
)
_FEW_WORDS = re.compile(
    rf"\b(?:{_ONLY}|no more than|nothing but|limited to) (?:a |some |the )?"
    r"(?:few|odd|single|short|brief) (?:\w+ )?(?:sentences?|lines?|words|phrases?|remarks?)\b",
    re.IGNORECASE,
)
_NOT_WHOLE = re.compile(
    r"\b(?:quotes?|quotations?|extracts?|excerpts?),? (?:but|and|though) (?:not|never) "
    r"(?:\w+ ){0,4}(?:transcripts?|interviews?)\b",
    re.IGNORECASE,
)
_WITHDRAW = re.compile(
    r"\b(?:withdraw(?:n|al|ing|s)?|(?:pull|drop|opt) (?:\w+ ){0,3}out|"
    r"(?:ask|request|want|wish|demand|have)\b.{0,20}\b(?:my|your) (?:\w+ )?"
    r"(?:interview|data|transcript|words|information|answers|contribution)s? (?:to be |be )?"
    r"(?:taken (?:back|out)|removed|deleted|destroyed|erased|withdrawn)|"
    r"take back (?:my|your) \w+|take (?:my|your|the|their|back my|back your) (?:\w+ )?(?:back|out)|"
    r"(?:remove|delete|destroy|erase|take out|pull|have) (?:my|your) (?:\w+ ){0,2}"
    r"(?:interview|data|transcript|words|information|answers|contribution)s?"
    r"(?: (?:removed|deleted|destroyed|erased))?|chang(?:e|ed) (?:my|your) minds?)\b",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:may|can|could|free|right|able|entitled|allowed|possible|ask|request|tell us|let us know|"
    r"at any|whenever|until|any time|anytime)\b",
    re.IGNORECASE,
)
_NO_LIMIT = re.compile(
    r"\b(?:no|never an?|without an?y?) (?:\w+ ){0,2}(?:deadline|time limit|limit|cut-?off|end date|"
    r"last day|final date)\b",
    re.IGNORECASE,
)
_SAFEGUARDS = re.compile(
    r"\bsafeguards?\b|\bregistered (?:users?|researchers?)\b|\b(?:bona fide|genuine) "
    r"researchers?\b|\bresearch (?:purposes )?only\b|\bnon-?commercial\b|"
    r"\bonly (?:for|in) (?:research|teaching)\b|\bother researchers\b|"
    r"\b(?:sign|accept|agree to|bound by|under)\b.{0,25}\b(?:agreement|licen[cs]e|conditions|terms)"
    r"\b|\b(?:approved|accredited|authori[sz]ed|qualified) (?:users?|researchers?)\b|"
    r"\b(?<!\byou )(?<!\bI )(?:have to|must|needs? to) (?:first )?(?:apply|register|ask for)\b|"
    r"\b(?:restricted|controlled) access\b|"
    r"\bpermission (?:of|from) the (?:archive|depositor|team)\b",
    re.IGNORECASE,
)
_IF_NOT = re.compile(  # what is done for those who do not want to
    r"\b(?:if|where|when|should|unless) (?:you|I|participants?|they|somebody|someone)\b.{0,20}"
    r"\b(?:withdraw|stop|change|not|don't|decide|ask|prefer|object|refuse|agree)",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(?:only|solely|alone|just|exclusively|nobody|no one|no-one|none|not|never|no|nothing|"
    r"neither|cannot|restrict\w*|limit\w*|confin\w*|confidential|secret|private|whenever|"
    r"(?:at )?any ?(?:time|moment|point)|apart from|except|all that|purged?|"
    r"(?:end|close|completion) of the (?:study|project)|cancel\w*|struck out)\b|n['’]t\b",
    re.IGNORECASE,
)
_DONE_WITH = re.compile(
    rf"\b{_SEE}\b|\b(?:ke(?:ep|pt)|stored?|held|taken?|tak(?:e|ing)|ours?|purposes?|others?|"
    r"people|person|confidential|secret|private|exist|last|printed?|appears?|quoted?|known?|tell|"
    r"told|say|said)\b",
    re.IGNORECASE,
)
_OF_TAKING_PART = re.compile(  # what is said in every form, and limits nothing that is done
    r"\b(?:questions?|voluntary|take part|taking part|participat\w*|reasons?|risks?|benefits?|paid|"
    r"payment|(?:stop|pause|end|leave)(?:d|s)? (?:the|this|an) (?:interview|conversation)|paused|"
    r"(?:an|one|two|half an|\d+) (?:hours?|minutes)|no (?:real )?names?|"
    r"your (?:care|job|treatment|employer|manager|rights))\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till|before|up to|by|within|no later than|during)\b (?P<when>.{3,60})", re.I
)
_DATE = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+,? \d{4}|"
    r"[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}/\d{1,2}/\d{2,4})\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A sentence of a paper that promises something, with the line it begins at."""

    kind: PromiseKind
    paper: str
    line: int
    quote: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A promise that the deposit would break, and why."""

    promise: Promise
    why: str

    @property
    def is_sure(self) -> bool:
        """Whether it was understood; else a person is to read it, and nothing waits for that."""
        return self.promise.kind != "not understood"


def promises_in(paper: str, text: str) -> tuple[Promise, ...]:
    """What a paper promises, in its order; a sentence may promise more than one thing.

    It is read clause by clause, each with what it is about (`statements.py`).
    """
    return tuple(
        Promise(kind=kind, paper=paper, line=one.line, quote=one.said)
        for one in statements_in(text)
        for kind in tuple(dict.fromkeys(_kinds(one))) or _limits(one)
    )


def _kinds(one: Statement) -> Iterator[PromiseKind]:
    """What a sentence promises, in the order of the kinds."""
    on_condition = bool(_IF_NOT.search(one.said))
    if not on_condition and any(map(_destroys, one.clauses)):
        yield "destroy"
    if any(map(_is_for_the_team, one.clauses)):
        yield "the team only"
    if not on_condition and any(map(_is_not_shared, one.clauses)):
        yield "no sharing"
    quotes = any(_QUOTES.search(clause.text) and not clause.answered_no for clause in one.clauses)
    if quotes or _NOT_WHOLE.search(one.said) or _FEW_WORDS.search(one.said):
        yield "quotes only"
    if any(map(_lets_withdraw, one.clauses)):
        yield "withdrawal"
    if _SAFEGUARDS.search(one.said):
        yield "safeguards"


def _limits(one: Statement) -> tuple[PromiseKind, ...]:
    """Whether it limits what is done with the transcripts, in words that no shape knows."""
    found = any(
        _LIMITS.search(clause.text)
        and (_DONE_WITH.search(clause.text) or Thing.WORDS in {thing for _, thing in clause.about})
        and not _OF_TAKING_PART.search(clause.text)
        and (not clause.about or clause.is_about_data())
        and not _STILL_NAMED.search(clause.text)
        for clause in one.clauses
    )
    return ("not understood",) if found else ()


def _destroys(clause: Clause) -> bool:
    """Whether what is deposited is to be destroyed, or is kept for a time only."""
    gone, kept = _GONE.search(clause.text), _KEPT.search(clause.text)
    if gone is not None and not clause.is_negated_at(gone.start()):
        return clause.is_about_data(gone.start(), gone.end()) and not _lets_withdraw(clause)
    if kept is None or not clause.is_about_data(kept.start(), kept.end()):
        return False
    return clause.is_negated_at(kept.start()) or bool(_KEPT_UNTIL.search(clause.text))


def _is_for_the_team(clause: Clause) -> bool:
    return bool(_TEAM.search(clause.text)) and (not clause.about or clause.is_about_data())


def _is_not_shared(clause: Clause) -> bool:
    if _OTHERS.search(clause.text):
        return clause.is_about_data()
    if _is_for_this_alone(clause):
        return True
    away = _AWAY.search(clause.text)
    taken_back = _WITHDRAW.search(clause.text)
    if away and taken_back and not clause.is_negated_at(away.start()):
        return False
    return (
        away is not None
        and (clause.is_negated or "no further" in clause.text.casefold())
        and clause.is_about_data(away.start(), away.start())
        and not _STILL_NAMED.search(clause.text)
    )


def _is_for_this_alone(clause: Clause) -> bool:
    """Whether what people said may be used for this study and nothing else."""
    if not clause.is_about_data() or _STILL_NAMED.search(clause.text):
        return False
    further = _NO_FURTHER.search(clause.text)
    if further is not None and (clause.is_negated or _REFUSED.search(clause.text)):
        return True
    return bool(_HERE_ALONE.search(clause.text)) and not _ANY_RESEARCH.search(clause.text)


def _lets_withdraw(clause: Clause) -> bool:
    found = _WITHDRAW.search(clause.text)
    if found is not None and _NO_LIMIT.search(clause.text):
        return True
    return (
        found is not None
        and not clause.is_negated_at(found.start())
        and bool(_MAY.search(clause.text))
    )


def contradictions(
    promises: Iterable[Promise], access: Access | Literal[""], is_open_licence: bool, today: date
) -> tuple[Contradiction, ...]:
    """The promises that a deposit with this access and licence would break.

    `today` is the day of the release: who may still withdraw then is asked about.
    """
    found = []
    for one in promises:
        why = _why(one, access or "controlled", is_open_licence, today)
        if why:
            found.append(Contradiction(one, why))
    return tuple(found)


def _why(one: Promise, access: Access, is_open_licence: bool, today: date) -> str:
    match one.kind:
        case "destroy":
            return "an archive keeps what is deposited"
        case "the team only":
            return f"with {access} access people outside the team read it"
        case "no sharing":
            return f"a deposit shares it, with {access} access"
        case "quotes only":
            return "whole transcripts are deposited, not quotes"
        case "withdrawal":
            return _withdrawal(one.quote, today)
        case "not understood":
            return "whether the deposit keeps it, only a person can say"
        case "safeguards":
            if access == "open":
                return "open access has no safeguards: anybody may have it"
            return "this licence lets anybody use it for anything" if is_open_licence else ""


def _withdrawal(quote: str, today: date) -> str:
    """Why a promise about withdrawing is still open; nothing where it ends with the deposit."""
    until = _UNTIL.search(quote)
    if until is None:
        return "people may withdraw at any time, and what an archive gave out cannot be taken back"
    said = _DATE.search(until["when"])
    if said is None:
        return ""
    day = read_date(said[0], "unknown")
    if not (day.year and day.month and day.day):
        return ""
    try:
        ends = date(day.year.value, day.month.value, day.day.value)
    except ValueError:
        return ""
    return f"people may still withdraw until {ends.isoformat()}" if ends >= today else ""
