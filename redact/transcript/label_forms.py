"""The forms in which a line may say who speaks, and the pattern of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from redact.transcript.lines import DATE, NOON
from redact.transcript.lines import TIME as CLOCK
from redact.transcript.tokens import EMPTIED, PSEUDONYM
from redact.transcript.vocabulary import TITLES, one_of

TIME = rf"(?:{CLOCK}{NOON}?)"
_LETTERS = r"[^\W\d_][\w'’.&-]{0,29}"
_TOKEN = (
    rf"(?:{PSEUDONYM}|(?:[^\W\d_]|[█▇■])[\w'’.█▇■/&-]{{0,29}}(?:,?[ ](?!\(){_LETTERS}){{0,4}}"
    r"(?:[ ]\d{1,3})?)"
)
_FAMILY_NAME = r"[A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+)?"
_CLOCK_NEXT = r"[\[(<{]?\d{1,2}:\d{2}"
# Pronouns, a job, an employer; a time in brackets is none of these.
_ASIDE = rf"(?:[ \t]*(?!{_CLOCK_NEXT})[(\[][^()\[\]\r\n]{{1,40}}[)\]])?"
_END_BOLD = r"(?:\*{1,3}|_{1,3}|</(?:b|strong|i|em)>)"
_TITLE = rf"(?i:{one_of(TITLES)})"


class LabelForm(StrEnum):
    """How a label is written."""

    COLON = "colon"
    TIMED = "with a time, alone"
    VOICE = "voice tag"
    FIELD = "field of a record"
    TIGHT = "colon without a blank"
    DASH = "dash"
    STOP = "full stop"
    GAP = "gap"
    BRACKET = "brackets"
    BOLD = "bold"
    ALONE = "alone on a line"
    BLANK = "one blank"
    TAIL = "behind the words"
    CUED = "first in a cue"


# Forms that few other things have: they are believed at once.
STRONG = frozenset({LabelForm.COLON, LabelForm.TIMED, LabelForm.VOICE, LabelForm.FIELD})
WEAK: Mapping[LabelForm, re.Pattern[str]] = {
    LabelForm.DASH: re.compile(
        rf"(?P<speaker>{_TOKEN}){_END_BOLD}?"
        r"(?:(?:[ \t]+(?:-{1,2}|[–—])|[–—]|[ \t]*(?:[|│»/→⇒›]|>{1,3}|[-=]>))[ \t]+(?=\S)"
        r"|[ \t]*[;|│][ \t]*(?=[^\s|│])|,(?=\")"
        r"|[.:]?[-–—)\]~=+]{1,2}[ \t]+(?=\S))"
    ),
    LabelForm.STOP: re.compile(
        rf"(?P<speaker>(?:[A-Z]\.){{2,4}}(?=[ \t])|[A-Z]\.[ ][A-Z]\.(?=\t|[ ]{{2}})"
        rf"|[A-Z](?=\.)(?!\.[ ]{_FAMILY_NAME}(?:\t|[ ]{{2}}))"  # "R. Boyd" before a gap is one
        r"|[A-Z]{1,4}\d{1,2}(?=\.)"
        rf"|(?:{_TITLE}\.?[ ]|(?i:the)[ ])?(?!{_TITLE}\.)[A-Z][A-Z'’-]*[A-Z](?=\.))"
        r"\.?[ \t]+(?=\S)"
    ),
    LabelForm.GAP: re.compile(
        rf"(?P<speaker>{_TOKEN}{_ASIDE}){_END_BOLD}?(?:\t[ \t]*|[ ]{{2,}}|[ ](?={_CLOCK_NEXT}))"
        rf"(?:(?P<after>{TIME})[ \t:–-]+)?(?=\S)"
    ),
    LabelForm.BRACKET: re.compile(
        rf"(?:\[(?P<square>{_TOKEN}):?(?:,?[ \t]+(?P<after>{TIME}))?\]|\((?P<round>{_TOKEN})\)"
        rf"|<(?P<angle>{_TOKEN})>|\{{(?P<curly>{_TOKEN})\}}){_END_BOLD}?[ \t]*:?[ \t]*(?=\S|\Z)"
    ),
    LabelForm.TIGHT: re.compile(rf"(?P<speaker>{_TOKEN}):(?=[^\s:/\\\d])"),
    LabelForm.ALONE: re.compile(
        rf"(?P<speaker>{_TOKEN}{_ASIDE}){_END_BOLD}?[ \t]*"
        r"(?:={2,}|-{2,}|~{2,}|#{1,6})?[ \t]*\Z"
    ),
    LabelForm.BLANK: re.compile(rf"(?P<speaker>{EMPTIED}|[^\W\d_][\w.]{{0,14}})[ ](?=\S)"),
}
BOLD = re.compile(
    rf"(?:\*{{1,3}}|_{{1,3}}|<(?:b|strong)>)(?P<speaker>{_TOKEN}){_END_BOLD}[ \t]+(?=\S)"
)
TAIL = re.compile(rf"[ \t][(\[](?P<speaker>{_TOKEN})[)\]][ \t]*\Z")
# A number with more to it is a code: 01_F_43.
_CODE = r"\d{1,4}(?:[-_][A-Za-z0-9]{1,6}){1,4}"
_HIDDEN = r"[█▇■]{2,30}|_{3,30}"
COLON = re.compile(
    rf"(?P<speaker>{PSEUDONYM}|{EMPTIED}|{_HIDDEN}|{_CODE}"
    rf"|[^\W\d_](?:[^:\n\r\t\[\]<>?!;\"“”]|{PSEUDONYM}){{0,59}}?)"
    rf"{_END_BOLD}?[”’]?[ \t]*(?P<after>{TIME})?[ \t]*[:：]{_END_BOLD}?(?=[ \t\r\n]|\Z)"
)
TABBED = re.compile(
    rf"(?P<speaker>{PSEUDONYM}|[^\W\d_](?:[^:\n\r\t\[\]<>?!;]|{PSEUDONYM}){{0,59}}?)"
    rf"(?:[ \t]{{2,}}|\t|[ ]?[|–—-][ ])(?P<time>{TIME})[ \t]*\Z"
)
# With one blank, as Otter has it, where all words look like a name's; and in brackets, as Zoom
# saves what it heard; with a day, as chats have it.
_NAME = r"[^\W\d_][\w'’.-]*(?:,?[ \t][^\W\d_][\w'’.-]*){0,4}(?:[ \t]\d{1,2})?"
_FEW_WORDS = r"[^\W\d_][\w'’.-]*(?:,?[ \t][^\W\d_][\w'’.-]*){0,4}?"
_DAY = rf"(?:{DATE}|[Tt]oday|[Yy]esterday)"
FOLLOWED_BY_TIME = (
    re.compile(
        rf"\[(?P<speaker>{PSEUDONYM}|[^\W\d_][^\[\]\n\r]{{0,59}})\][ \t]+(?P<time>{TIME})[ \t]*\Z"
    ),
    re.compile(rf"(?P<speaker>{PSEUDONYM}|{_NAME}{_ASIDE})[ \t](?P<time>{TIME})[ \t]*\Z"),
    re.compile(
        rf"(?P<speaker>{PSEUDONYM}|{_FEW_WORDS}),?[ \t]+(?:[–—|•·@-][ \t]*|at[ \t]+(?=\d+:\d+:))?"
        rf"(?:[\[(]?{_DAY}(?:,|[ ]at)?[ \t]+)?"
        rf"(?P<time>{TIME})[\])]?[ \t]*\Z"
    ),
)
NAME_ALONE = re.compile(rf"(?P<speaker>{PSEUDONYM}|{_NAME}{_ASIDE})[ \t]*\Z")
VOICE = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+(?P<speaker>[^<>\r\n]{1,60})>")
FIELD = re.compile(
    r"[\"'](?:speaker|speaker_?name|speaker_?label|from|author|who|username|display_?name|participant"
    r"|sender|spk)[\"'][ \t]*:[ \t]*[\"'](?P<speaker>[^\"'\r\n]{1,60})[\"']",
    re.IGNORECASE,
)
# A line of SubStation Alpha: layer, start, end, style, who speaks.
EVENT = re.compile(
    r"(?:Dialogue|Comment):[ \t]*\d+,[\d:.]+,[\d:.]+,[^,\r\n]*,(?P<speaker>[^,\r\n]{1,60}),"
)
# A line of a chat that says who writes to whom.
ADDRESSED = re.compile(
    r"from[ \t]+(?P<speaker>[^\W\d_][^:\r\n\t]{0,50}?)[ \t]+to[ \t]+[^:\r\n]{1,60}?[ \t]*:[ \t]*",
    re.IGNORECASE,
)
