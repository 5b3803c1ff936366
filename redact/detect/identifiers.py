"""Written identifiers of Scotland, the UK and the United States: one row a kind.

A row has the form, a check where the office defines one, and the words that must
stand nearby where the form alone says too little. Ambiguous forms are routed by
the transcript's nation: ten digits may be a CHI number or a telephone number.
Forms and rules: docs/identifiers.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass

from redact.core import Label, Mention, Nation, Place, Source, Transcript
from redact.detect import check_digits
from redact.detect import operating_points as points

BEFORE, AFTER = 70, 30


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of identifier. `near` must match within 70 characters before or 30 behind.

    `passes` lets a form whose check digit fits stand without context.
    """

    kind: str
    form: re.Pattern[str]
    _: KW_ONLY
    near: re.Pattern[str] | None = None
    passes: Callable[[str], bool] | None = None
    nation: Nation | None = None
    label: Label = "ID"
    must_pass: bool = False

    @property
    def source(self) -> Source:
        """The source of what this rule finds. ValueError if core.Source has none of this kind."""
        return Source(f"{self.kind} form")


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w£$€.]){pattern}(?![\w]|[.,]\d)", re.IGNORECASE)


def _near(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


_REFERENCE = (
    r"(?:case|docket|file|claim|reference|ref|incident|inmate|booking|parole|member|membership|"
    r"medicaid|client|account|acct|policy|badge|employee|payroll|staff|tenant|tenancy|hmis|ebt|snap|"
    r"record|chart|patient|hospital|unit|registration|licen[cs]e|permit|invoice|crime|scheme|pvg|"
    r"system|student|candidate|voucher|order|ticket|prison|prisoner|warrant|court|intake|referral|"
    r"provider|swift|carefirst|mosaic)"
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|"
    "NM|NY|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
# In small letters some are words: in, or, me, hi, ok, oh, id, la, ma, pa.
_STATES_LOW = "|".join(
    s for s in _STATES.lower().split("|") if s not in "in or me hi ok oh id la ma pa al de".split()
)
_AREAS = "AB|DD|DG|EH|FK|G|HS|IV|KA|KW|KY|ML|PA|PH|TD|ZE"

RULES: tuple[Rule, ...] = (
    # Scotland and the United Kingdom
    Rule(
        "CHI number",
        _form(r"\d{6}[ -]?\d{4}|\d{3}[ -]\d{3}[ -]\d{4}"),
        passes=check_digits.is_chi,
        nation="Scotland",
        must_pass=True,
    ),
    Rule("CHI number", _form(r"\d{6}[ -]?\d{4}|\d{3}[ -]\d{3}[ -]\d{4}"), near=_near("chi")),
    Rule(
        "NHS number",
        _form(r"\d{3}[ -]?\d{3}[ -]?\d{4}"),
        near=_near("nhs|hospital number"),
        passes=check_digits.is_nhs,
    ),
    Rule(
        "National Insurance number",
        _form(r"[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]?"),
        near=_near(r"national insurance|ni number|nino|ni"),
    ),
    Rule("National Insurance number", _form(r"[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]")),
    Rule(
        "postcode",
        _form(rf"(?:{_AREAS})\d{{1,2}}"),
        near=_near(
            "postcode|post code|lives?|living|stays?|staying|in|at|from|fae|area|out|around|over"
        ),
    ),
    Rule(
        "postcode", _form(r"[A-Z]{1,2}\d[A-Z\d]? ?\d(?!ST|ND|RD|TH|AM|PM|[KM]G|[KMC]M|ML)[A-Z]{2}")
    ),
    Rule("charity number", _form(r"SC ?0\d\d? ?\d{3}")),
    Rule("company number", _form(r"S[COLP]\d{6}")),
    Rule(
        "company number", _form(r"\d{8}"), near=_near("companies house|company number|company no")
    ),
    Rule("Care Inspectorate number", _form(r"(?:CS|SP)20\d{8}")),
    Rule("SSSC number", _form(r"\d{7}"), near=_near("sssc|registration|registered|registrant")),
    Rule(
        "tax reference",
        _form(r"\d{5} ?\d{5}"),
        near=_near("utr|tax reference|self assessment"),
        passes=check_digits.is_utr,
    ),
    Rule("passport number", _form(r"\d{9}"), near=_near("passport")),
    Rule("driving licence number", _form(r"[A-Z9]{5} ?\d{6} ?[A-Z9]{2}\d?[A-Z0-9]{2,3}")),
    Rule("vehicle registration", _form(r"[A-Z]{2}\d{2} ?[A-Z]{3}")),
    Rule(
        "vehicle registration",
        _form(r"[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]"),
        near=_near("reg|registration|plate|number plate|car|van|motor"),
    ),
    Rule("sort code", _form(r"\d{2}[- ]\d{2}[- ]\d{2}"), near=_near("sort code|account|bank")),
    Rule("bank account number", _form(r"\d{6,12}"), near=_near("account|acct|bank")),
    Rule("PVG number", _form(r"\d{4} ?\d{4} ?\d{4} ?\d{4}"), near=_near("pvg|scheme|disclosure")),
    Rule(
        "candidate number",
        _form(r"\d{9}"),
        near=_near("candidate|sqa|scn"),
        passes=check_digits.is_candidate_number,
    ),
    Rule("NMC PIN", _form(r"\d{2}[A-Z]\d{4}[A-Z]")),
    Rule(
        "police incident number", _form(r"PS-\d{8}-\d{4}"), passes=check_digits.is_police_incident
    ),
    # United States
    Rule("Social Security number", _form(r"\d{3}[- ]\d{2}[- ]\d{4}")),
    Rule(
        "Social Security number",
        _form(r"\d{9}|\d{4}"),
        near=_near(
            r"ssn|social(?: security)?(?: number)?"
            r"(?:'s| is| ends in| ending in)?|last four(?: of (?:my|her|his|their) social)?"
        ),
    ),
    Rule("taxpayer number", _form(r"9\d{2}-[5-9]\d-\d{4}")),
    Rule("employer number", _form(r"\d{2}-\d{7}")),
    Rule(
        "National Provider Identifier",
        _form(r"[12]\d{9}"),
        near=_near("npi|provider"),
        passes=check_digits.is_npi,
    ),
    Rule(
        "Medicare number",
        _form(
            r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]"
            r"[AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}"
        ),
    ),
    Rule(
        "DEA number",
        _form(r"[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}"),
        passes=check_digits.is_dea,
        must_pass=True,
    ),
    Rule("DEA number", _form(r"[A-Z]{2}\d{7}"), near=_near("dea")),
    Rule("ZIP code", _form(r"\d{5}-\d{4}")),
    Rule("ZIP code", re.compile(rf"(?<=\b(?:{_STATES})[ ])\d{{5}}(?!\w)")),
    Rule("ZIP code", re.compile(rf"(?<=\b(?:{_STATES_LOW})[ ])\d{{5}}(?!\w)")),
    Rule(
        "ZIP code",
        re.compile(r"(?<=, )\d{5}(?![\w,]|[.]\d)"),
        near=_near(r"street|st|avenue|ave|road|rd|lane|drive|way|boulevard|address|zip"),
    ),
    Rule("ZIP code", _form(r"\d{5}"), near=_near("zip|zip code|zipcode|postal code")),
    Rule(
        "routing number", _form(r"\d{9}"), near=_near("routing|aba"), passes=check_digits.is_routing
    ),
    Rule(
        "driver's license number",
        _form(r"[A-Z]{0,2}\d{5,13}[A-Z]?"),
        near=_near(r"driver'?s'? licen[sc]e|licen[sc]e number|dl number"),
    ),
    Rule("passport number", _form(r"[A-Z]\d{8}"), near=_near("passport")),
    Rule("A-number", _form(r"A[-# ]{0,2}\d{2,3}[- ]?\d{3}[- ]?\d{3}")),
    Rule("SEVIS number", _form(r"N\d{10}")),
    Rule("UEI", _form(r"[A-HJ-NP-Z1-9][A-HJ-NP-Z0-9]{11}"), near=_near("uei|sam|unique entity")),
    Rule(
        "vehicle number", _form(r"[A-HJ-NPR-Z0-9]{17}"), passes=check_digits.is_vin, must_pass=True
    ),
    # Both
    Rule("card number", _form(r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}")),
    Rule("IP address", _form(r"(?:\d{1,3}\.){3}\d{1,3}")),
    # A pair of degrees to four places or more is somebody's door.
    Rule(
        "reference number",
        re.compile(r"(?<![\w.])-?\d{2,3}\.\d{4,}°?[NS]?[,;]?\s+-?\d{1,3}\.\d{4,}(?![\w.]\d)"),
    ),
    Rule("MAC address", _form(r"(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}")),
    Rule("social handle", re.compile(r"(?<![\w@.])@[A-Za-z_][\w.-]{1,28}\w")),
    Rule(
        "social handle",
        re.compile(r"(?<![\w@.])[A-Za-z][\w.]*[_\d][\w.]*\w"),
        near=_near(
            r"insta|instagram|twitter|tiktok|tik tok|snapchat|snap|facebook|bluesky|handle|"
            r"username|user name|venmo|cash ?app|log-?in|screen name|gamertag"
        ),
    ),
    Rule(
        "reference number",
        re.compile(
            r"(?<=\s)(?=[A-Z0-9/-]*\d{2})[A-Z0-9]+(?:[-/][A-Z0-9]+)*(?<!\d\d:\d\d)(?!\w|[.]\d)",
            re.I,
        ),
        near=re.compile(
            rf"(?<!\w){_REFERENCE}\s+(?:number|no\.?|num|id|#|ref)\b[^.?!\d]{{0,20}}\Z"
            rf"|(?<!\w){_REFERENCE}\s+#?\Z|\b(?:id|ref)\s+(?:number\s+)?(?:is\s+|of\s+)?\Z",
            re.IGNORECASE,
        ),
    ),
    Rule(
        "reference number",
        re.compile(
            r"(?<=\s)(?:\d{5,}|[A-Z0-9]*\d[A-Z0-9]*[-/][A-Z0-9/-]*\d)"
            r"(?!\w|[.,]\d)",
            re.IGNORECASE,
        ),
        near=re.compile(rf"(?<!\w){_REFERENCE}\s+(?:is|was|were)\s+(?:like\s+)?\Z", re.IGNORECASE),
    ),
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def _score(rule: Rule, passed: bool) -> float:
    if passed:
        return points.CHECKED_IDENTIFIER
    return points.IDENTIFIER_FORM if rule.near is None else points.IDENTIFIER_BY_CONTEXT


class IdentifierRecognizer:
    """Every row of the table over a transcript."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        for rule in RULES:
            if rule.nation is not None and transcript.nation not in (rule.nation, "unknown"):
                continue
            yield from self._apply(rule, transcript)

    def _apply(self, rule: Rule, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        for match in rule.form.finditer(text):
            found = match[0]
            passed = rule.passes is not None and rule.passes(found)
            if rule.must_pass and not passed:
                continue
            if rule.near is not None:
                before = text[max(0, match.start() - BEFORE) : match.start()]
                behind = text[match.end() : match.end() + AFTER]
                anchored = rule.near.pattern.endswith("\\Z")
                if not rule.near.search(before) and (anchored or not rule.near.search(behind)):
                    continue
                if _YEAR.match(found):
                    continue
            yield Mention(
                place=Place.at(transcript.id, match.start(), match.end()),
                label=rule.label,
                score=_score(rule, passed),
                sources=(rule.source,),
                kind=rule.kind,
            )
