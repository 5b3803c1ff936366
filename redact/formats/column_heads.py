"""What the head of a column in a steward's table says that the column is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Role = Literal["roster", "interviews", "consent"]
OWN, PLAIN, IN_PART = 8, 4, 2  # our own head; a usual one; one that has the word in it


class Meaning(StrEnum):
    """What a column can be. The values stand in a study's tables.toml."""

    KIND = "kind"
    NAME = "name"
    SURNAME = "surname"
    FIRST = "first name"
    ALIAS = "also called"
    ROLE = "role"
    ORGANISATION = "organisation"
    PLACE = "place"
    NATION = "nation"
    GENDER = "gender"
    CATEGORY = "category"
    SIZE = "size"
    FOUNDED = "founded"
    TOWN_CLASS = "town class"
    INTERVIEW = "interview"
    ID = "number"
    FILE = "file"
    PARTICIPANT = "interviewee"
    INTERVIEWER = "interviewer"
    LABEL = "initials or label"
    EMAIL = "e-mail address"
    PHONE = "telephone"
    DATE = "date"
    NOTE = "note"
    CONSENT = "consent"
    CONSENT_DATE = "consent date"
    CONSENT_FORM = "consent form"
    WITHDRAW_UNTIL = "withdrawal deadline"
    CONDITIONS = "consent conditions"
    AGREED_TEAM = "agreed to the team"
    AGREED_ARCHIVE = "agreed to an archive"
    AGREED_QUOTES = "agreed to quotes"
    AGREED_OPEN = "agreed to open access"
    OTHER = "other"


AGREED = (Meaning.AGREED_TEAM, Meaning.AGREED_ARCHIVE, Meaning.AGREED_QUOTES, Meaning.AGREED_OPEN)
OF_CONSENT = (
    Meaning.CONSENT,
    Meaning.CONSENT_DATE,
    Meaning.CONSENT_FORM,
    Meaning.WITHDRAW_UNTIL,
    Meaning.CONDITIONS,
    *AGREED,
)

_EVERY: tuple[Role, ...] = ("roster", "interviews", "consent")


@dataclass(frozen=True, slots=True, kw_only=True)
class _HeadRule:
    """A meaning, the heads that say it by themselves, and the words that say it in a longer one."""

    meaning: Meaning
    plain: re.Pattern[str]
    part: re.Pattern[str] | None = None
    of: tuple[Role, ...] = _EVERY
    own: tuple[str, ...] = ()


def _rule(
    meaning: Meaning,
    plain: str,
    part: str = "",
    of: tuple[Role, ...] = _EVERY,
    own: tuple[str, ...] = (),
) -> _HeadRule:
    return _HeadRule(
        meaning=meaning,
        plain=re.compile(rf"(?:{plain})\Z"),
        part=re.compile(rf"\b(?:{part})\b") if part else None,
        of=of,
        own=own,
    )


_ROSTER: tuple[Role, ...] = ("roster",)
_TALKS: tuple[Role, ...] = ("interviews", "consent")
_OWN_TABLE: tuple[Role, ...] = ("consent",)
# In the order in which they are asked where two say a head equally plainly.
_RULES = (
    _rule(
        Meaning.WITHDRAW_UNTIL,
        r"(?:withdraw(?:al|n)?|can withdraw|may withdraw|consent|withdrawal possible)"
        r"(?: (?:deadline|until|by|before|end|ends|date|cut ?off))+|withdrawal|withdraw|"
        r"(?:deadline|last day|cut ?off|end date) (?:for|of|to) (?:withdraw(?:al|ing)?|withdraw)",
        of=_TALKS,
        own=("withdrawal deadline", "withdraw until"),
    ),
    _rule(
        Meaning.CONSENT_DATE,
        r"(?:date of consent|consent (?:date|day|on|given|signed|given on|signed on|obtained)|"
        r"consented(?: on)?|(?:date|day) (?:consented|signed|of signature)|signed on)",
        of=_TALKS,
        own=("consent date",),
    ),
    _rule(
        Meaning.CONSENT_FORM,
        r"(?:consent )?form(?: (?:version|no|number|used))?|version of (?:the )?(?:consent )?form|"
        r"consent version|consent form version",
        of=_TALKS,
        own=("consent form", "form version"),
    ),
    _rule(
        Meaning.CONDITIONS,
        r"(?:consent )?(?:conditions?|restrictions?|caveats?)"
        r"(?: (?:of|on) (?:consent|use|sharing))?|consent notes?",
        of=_TALKS,
        own=("consent conditions",),
    ),
    _rule(
        Meaning.CONSENT,
        r"consent(?: (?:level|for|to|status|given for|scope|type))?|consented to|agreed(?: to)?|"
        r"level of consent|sharing(?: (?:level|consent|agreed))?|may be shared|"
        r"(?:data )?sharing permission|permissions?|archiving(?: consent)?|"
        r"consent (?:to|for) (?:sharing|archiving|archive)",
        of=_TALKS,
        own=("consent level",),
    ),
    # In a table of consent alone these words are about nothing else.
    _rule(Meaning.CONSENT, "level|scope|answer|what for|allowed|agreement", "", _OWN_TABLE),
    _rule(Meaning.CONSENT_DATE, "date|day|signed|when|given", "", _OWN_TABLE),
    _rule(Meaning.CONSENT_FORM, "version", "", _OWN_TABLE),
    _rule(Meaning.WITHDRAW_UNTIL, "deadline|until|last day", "", _OWN_TABLE),
    _rule(
        Meaning.CONDITIONS,
        "notes?|remarks?|comments?|but|except(?:ions?)?|limits?",
        "condition|restriction|except|caveat",
        _OWN_TABLE,
    ),
    _rule(Meaning.KIND, "kind|type|entity|what", "kind of (?:name|entry)", _ROSTER, ("kind",)),
    _rule(Meaning.CATEGORY, "category|sector|kind of organi[sz]ation", "", _ROSTER, ("category",)),
    _rule(Meaning.SIZE, "size", "", _ROSTER, ("size",)),
    _rule(Meaning.FOUNDED, "founded", "", _ROSTER, ("founded",)),
    _rule(Meaning.TOWN_CLASS, "town class", "", _ROSTER, ("town class",)),
    _rule(
        Meaning.SURNAME,
        "(?:last|family|second|sur)[ ]?names?|family|last|surname",
        r"sur[ ]?name|(?:last|family) name",
    ),
    _rule(
        Meaning.FIRST,
        "(?:first|given|fore|christian)[ ]?names?|first|given",
        r"fore[ ]?name|(?:first|given|christian) name",
    ),
    _rule(
        Meaning.ALIAS,
        r"a[ ]?k[ ]?a|alias(?:es)?|also|nick[ ]?names?|goes by|known as|also (?:known as|called)|"
        r"called|preferred|maiden|n[eé]e|other (?:names?|forms?|spellings?)|variants?",
        r"aka|alias(?:es)?|nick[ ]?names?|goes by|known as|also|called|maiden|former(?:ly)?|"
        r"n[eé]e|previous names?|preferred names?|(?:other|alternative) (?:names?|forms?|"
        r"spellings?)|birth name|pet name|short(?:ened)? name|variants?",
        own=("aliases",),
    ),
    _rule(
        Meaning.FILE,
        r"files?|file ?names?|transcripts?|recordings?|audio|tape|documents?|sources?",
        r"files?|file ?names?|transcripts?|recording|audio|document|tape",
        _TALKS,
        ("file",),
    ),
    _rule(
        Meaning.DATE,
        "date|when|day|recorded|held on",
        r"date|when|recorded on|dob|born|birthday",
    ),
    _rule(
        Meaning.INTERVIEWER,
        r"by|interviewers?|interviewed by|researchers?|fieldworkers?|facilitators?|moderators?|"
        r"conducted by|done by|asked by|interviewer name",
        r"interviewers?|interviewed by|conducted by|researcher|fieldworker|facilitator|moderator",
        _TALKS,
    ),
    _rule(
        Meaning.LABEL,
        r"initials?|labels?|tags?|speaker labels?|speaker|abbreviation",
        r"initials?|label|abbreviation",
    ),
    _rule(Meaning.EMAIL, r"e ?mails?(?: address(?:es)?)?", r"e ?mail"),
    _rule(Meaning.PHONE, r"(?:tele)?phones?|tel|mobile|cell|telephone", r"phone|tel|mobile|cell"),
    _rule(Meaning.GENDER, r"m ?/ ?f|f ?/ ?m|sex|gender|pronouns?", r"gender|sex", own=("gender",)),
    _rule(Meaning.NATION, r"country|nation|nations", r"country", own=("nation",)),
    _rule(
        Meaning.ROLE,
        r"roles?|jobs?|posts?|positions?|job titles?|title|occupations?|professions?|"
        r"what they (?:are|do)|who they are|designation|capacity|function",
        r"roles?|job|post|position|occupation|profession|what (?:they|he|she) (?:are|do|does|is)|"
        r"who they are|designation",
        own=("role",),
    ),
    _rule(
        Meaning.ORGANISATION,
        r"orgs?|organi[sz]ations?|agency|agencies|employers?|company|charity|service|"
        r"institution|provider|affiliation|works? for|workplace|firm",
        r"org|organi[sz]ation|agency|employer|company|charity|institution|provider|affiliation|"
        r"works? (?:for|at)|workplace|where (?:they|he|she) works?",
        own=("organisation",),
    ),
    _rule(
        Meaning.PLACE,
        r"places?|sites?|locations?|where|towns?|city|county|parish|area|based(?: (?:at|in))?|"
        r"venues?|region|village|lives(?: in)?|state|address|home|neighbou?rhood",
        r"place|site|location|where|town|city|county|parish|area|based|venue|region|village|"
        r"lives|address|held at|neighbou?rhood",
    ),
    _rule(
        Meaning.ID,
        r"id|no|nr|num|number|ref|reference|code|#|int(?:erview)? ?(?:#|no|id|number|ref|code)?|"
        r"case(?: ?(?:no|id|number))?|record(?: ?(?:no|id|number))|serial(?: ?(?:no|number))?|"
        r"(?:participant|respondent|transcript|file|recording) ?(?:id|no|number|code|#)",
        r"interview ?(?:id|no|number|#)|id|ref",
        _TALKS,
        ("interview",),
    ),
    _rule(Meaning.INTERVIEW, "interview", "", _ROSTER, ("interview",)),
    _rule(
        Meaning.NAME,
        r"names?|full names?|who|person|people|participants?|entry|contact|client|member|"
        r"interviewees?|respondents?|display name|pupil|patient|resident|informants?|narrators?",
        r"name|person|participant|interviewee|respondent|narrator|who",
        _ROSTER,
        ("name",),
    ),
    _rule(
        Meaning.PARTICIPANT,
        r"names?|full names?|who|with(?: whom)?|person|people|participants?|interviewees?|"
        r"respondents?|narrators?|informants?|subjects?|clients?|speakers?|members?|contact",
        r"interviewees?|participants?|respondents?|narrators?|informants?|who was interviewed|"
        r"(?:with|to) whom|name",
        _TALKS,
    ),
    _rule(
        Meaning.NOTE,
        r"notes?|remarks?|comments?|memos?|observations?",
        r"notes?|remarks?|comments?|memos?",
    ),
)
_NO_HEAD = re.compile(
    r"\b(?:consent|minutes?|mins|words|pages?|length|duration|transcribed|typed|checked|pseudonym|"
    r"staff|payroll|national insurance|nhs)\b"
)


def _head_words(head: str) -> str:
    plain = re.sub(r"\((?:s|es)\)", "s", head.casefold())
    plain = re.sub(r"[_.:;?!*\"“”()\[\]-]+", " ", plain)
    return " ".join(plain.split())


# What a yes may be a yes to. Of a head that names two of them, or says no to one, none is read.
_NAMED = (
    (Meaning.AGREED_OPEN, r"open(?:ly)?|public(?:ly)?"),
    (
        Meaning.AGREED_ARCHIVE,
        r"archiv(?:e|es|ed|ing|al)|deposit(?:ed|ing)?|repository|data (?:service|bank)",
    ),
    (Meaning.AGREED_QUOTES, r"quot(?:e|es|ed|ing|ations?)|excerpts?|extracts?"),
    (Meaning.AGREED_TEAM, r"team|(?:project|study) (?:use|only)"),
)
_AGREES = re.compile(
    r"\b(?:consent(?:s|ed)?|agree[sd]?|agreement|permission|permitted|shar(?:e|ed|ing)|may|can|"
    r"happy|ok|okay|allow(?:s|ed)?|willing)\b"
)
_STATE = re.compile(r"\b(?:archived|deposited|quoted)\b")  # that it was done: no consent
_AGAINST = re.compile(
    r"\b(?:no|not|never|refus\w*|opt\w*|declin\w*|against|without|withh\w*|withdr\w*|object\w*|"
    r"embargo\w*|date|on|until|by|when|version|form|conditions?)\b"
)


def _agreed_to(said: str, role: Role) -> Meaning | None:
    """What a yes under this head is a yes to; in a table of consent the head need not say agree."""
    if role == "roster" or _AGAINST.search(said):
        return None
    named = [meaning for meaning, words in _NAMED if re.search(rf"\b(?:{words})\b", said)]
    if named == [Meaning.AGREED_OPEN, Meaning.AGREED_ARCHIVE]:  # `open archive`
        named = named[:1]
    is_state = bool(_STATE.search(said)) or role != "consent"
    if len(named) != 1 or (is_state and not _AGREES.search(said)):
        return None
    return named[0]


@dataclass(frozen=True, slots=True, order=True)
class HeadMeaning:
    """A meaning that a head may have: how plainly it says so, and where its rule stands."""

    plainness: int
    order: int
    meaning: Meaning


def meanings_of(head: str, role: Role) -> list[HeadMeaning]:
    """The meanings that a head may have, the plainest first, with how plainly it says each."""
    said = _head_words(head)
    if not said or len(said) > 40:
        return []
    found = []
    if (agreed := _agreed_to(said, role)) is not None:
        found.append(HeadMeaning(OWN, 0, agreed))
    for order, rule in enumerate(_RULES):
        if role not in rule.of:
            continue
        if said in rule.own:
            found.append(HeadMeaning(OWN, -order, rule.meaning))
        elif rule.plain.match(said):
            found.append(HeadMeaning(PLAIN, -order, rule.meaning))
        elif rule.part and rule.part.search(said) and not _NO_HEAD.search(said):
            found.append(HeadMeaning(IN_PART, -order, rule.meaning))
    return sorted(found, reverse=True)
