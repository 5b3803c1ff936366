"""DDI-Codebook 2.5 as CESSDA's Data Catalogue reads it: a study, its files, and this document.

After the CDC profile of DDI 2.5 (v3.1.0, 2025-12-09) and the DDI Alliance's vocabularies, whose
codes are given only where the steward's own words say one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from redact.release.crate import media_type
from redact.release.metadata import Facts, published_by, title_of
from redact.release.schemas import validated
from redact.release.xml_elements import add_element, xml_text
from redact.study.description import Description

_DDI = "ddi:codebook:2_5"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_AT = f"{_DDI} https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
_ISO_3166 = {"Scotland": "GB-SCT", "United States": "US"}
# DDI's vocabulary AnalysisUnit: who or what an interview is about.
_UNITS = (
    (r"organi[sz]ations?|institutions?|compan(?:y|ies)", "OrganizationOrInstitution"),
    (r"famil(?:y|ies)", "Family"),
    (r"households?", "HousingUnit"),
    (r"groups?|teams?|focus groups?", "Group"),
    (r"individuals?|persons?|people|participants?|workers?|staff", "Individual"),
)
_LANG = "en"  # of what the tool writes, and of what the steward is asked in
_DATA = ("transcripts/", "as-docx/", "as-rtf/", "original-format/", "projects/", "interviews.csv")
# Words of the steward's, and the code of the DDI Alliance's vocabulary that they say.
_MODES = (
    (r"face[- ]to[- ]face|in person", "Interview.FaceToFace"),
    (r"(?:tele)?phones?", "Interview.Telephone"),
    (r"focus groups?", "FocusGroup"),
    (r"interview(?:s|ed)?", "Interview"),
)
_SAMPLING = (
    (r"purposive|purposeful", "Nonprobability.Purposive"),
    (r"snowball|respondent[- ](?:assisted|driven)", "Nonprobability.RespondentAssisted"),
    (r"convenience|availability", "Nonprobability.Availability"),
    (r"quota", "Nonprobability.Quota"),
)
_TIMES = (
    (r"cross[- ]section(?:al)?", "CrossSection"),
    (r"panel (?:study|survey|design|data|interviews?)", "Longitudinal.Panel"),
    (r"longitudinal|repeated|follow[- ]up", "Longitudinal"),
)
_WIDE = ("Interview", "Longitudinal")  # said beside one that says more, they say nothing more
_NEGATED = re.compile(r"\b(?:not?|nobody|never|none|without)\b", re.IGNORECASE)


def ddi(description: Description, facts: Facts, files: Iterable[str] = ()) -> str:
    """DDI-Codebook 2.5, in the order of elements that its schema has; `files` are the release's."""
    root = ET.Element(
        "codeBook",
        {
            "xmlns": _DDI,
            "xmlns:xsi": _XSI,
            "xsi:schemaLocation": _AT,
            "version": "2.5",
            "xml:lang": _LANG,
        },
    )
    _document(root, description, facts)
    study = ET.SubElement(root, "stdyDscr")
    _citation(study, description, facts)
    if description.ethics or description.legal_basis:
        allowed = ET.SubElement(study, "studyAuthorization")
        add_element(allowed, "authorizationStatement", description.ethics)
        add_element(allowed, "authorizationStatement", description.legal_basis)
    _about(study, description, facts)
    _method(study, description, facts)
    _access(study, description, facts)
    _publications(study, description)
    for number, name in enumerate((f for f in files if f.startswith(_DATA)), start=1):
        described = ET.SubElement(root, "fileDscr", {"ID": f"F{number}"})
        text = ET.SubElement(described, "fileTxt")
        add_element(text, "fileName", name, lang=description.language)
        add_element(text, "fileType", media_type(name))
    return validated("ddi-codebook", xml_text(root))


def _document(root: ET.Element, description: Description, facts: Facts) -> None:
    citation = ET.SubElement(ET.SubElement(root, "docDscr"), "citation")
    titles = ET.SubElement(citation, "titlStmt")
    add_element(titles, "titl", f"DDI of {title_of(description, facts)}", lang=_LANG)
    made = ET.SubElement(citation, "prodStmt")
    add_element(made, "prodDate", facts.date, date=facts.date)
    add_element(made, "software", facts.tool)


def _citation(study: ET.Element, description: Description, facts: Facts) -> None:
    citation = ET.SubElement(study, "citation")
    publisher = published_by(description, facts)
    titles = ET.SubElement(citation, "titlStmt")
    add_element(titles, "titl", title_of(description, facts), lang=_LANG)
    deposited = description.institution or publisher or "not named"
    add_element(titles, "IDNo", facts.name, agency=deposited, lang=_LANG)
    makers = ET.SubElement(citation, "rspStmt")
    for one in description.creators:
        maker = add_element(makers, "AuthEnty", one.name, affiliation=one.affiliation, lang=_LANG)
        if maker is not None and one.orcid:
            at = f"https://orcid.org/{one.orcid}"
            add_element(maker, "ExtLink", one.orcid, URI=at, role="PID", title="ORCID")
    for other in description.contributors:
        add_element(makers, "othId", other.name, role=other.role, affiliation=other.affiliation)
    made = ET.SubElement(citation, "prodStmt")
    add_element(made, "producer", description.institution)
    add_element(made, "copyright", description.rights_holder)
    add_element(made, "prodDate", facts.date, date=facts.date)
    add_element(made, "software", facts.tool)
    add_element(made, "fundAg", description.funder)
    add_element(
        made, "grantNo", description.grant, agency=description.funder or "not named", lang=_LANG
    )
    given = ET.SubElement(citation, "distStmt")
    add_element(given, "distrbtr", publisher or "not named", lang=_LANG)
    add_element(given, "contact", description.contact, email=description.email)
    add_element(given, "depositr", description.institution if facts.archive else "")
    add_element(given, "distDate", description.embargo, date=description.embargo)
    version = ET.SubElement(citation, "verStmt")
    add_element(version, "version", description.version)
    if facts.archive_home:
        says = f"{publisher} gives the address of the study's page."
        add_element(citation, "holdings", says, URI=facts.archive_home, lang=_LANG)


def _about(study: ET.Element, description: Description, facts: Facts) -> None:
    info = ET.SubElement(study, "stdyInfo")
    subject = ET.SubElement(info, "subject")
    for keyword in description.subjects:
        add_element(subject, "keyword", keyword, lang=_LANG)
    for topic in description.topics:
        add_element(subject, "topcClas", topic, vocab="CESSDA Topic Classification", lang=_LANG)
    add_element(info, "abstract", description.abstract, lang=_LANG)
    add_element(info, "abstract", description.purpose, lang=_LANG, contentType="purpose")
    summary = ET.SubElement(info, "sumDscr")
    for tag, time in (("timePrd", description.period), ("collDate", description.collected)):
        begin, _, end = time.partition("/")
        add_element(summary, tag, begin, event="start" if end else "single", date=begin)
        add_element(summary, tag, end, event="end", date=end)
    for nation in facts.nations:
        said = "" if nation == "unknown" else nation
        add_element(summary, "nation", said, abbr=_ISO_3166.get(nation, ""), lang=_LANG)
    unit = add_element(summary, "anlyUnit", description.unit or "Individual", lang=_LANG)
    _concept(unit, _code(_UNITS, description.unit or "Individual"), "Analysis Unit")
    add_element(summary, "universe", description.universe, lang=_LANG)
    kind = f"Textual data: {facts.transcripts} interview transcripts"
    add_element(summary, "dataKind", kind, lang=_LANG)


def _method(study: ET.Element, description: Description, facts: Facts) -> None:
    how = ET.SubElement(study, "method")
    collected = ET.SubElement(how, "dataColl")
    timed = add_element(collected, "timeMeth", description.time_method, lang=_LANG)
    _concept(timed, _code(_TIMES, description.time_method), "Time Method")
    sampled = add_element(collected, "sampProc", description.sampling, lang=_LANG)
    _concept(sampled, _code(_SAMPLING, description.sampling), "Sampling Procedure")
    mode = add_element(collected, "collMode", description.method, lang=_LANG)
    _concept(mode, _code(_MODES, description.method), "Mode of Collection")
    add_element(
        collected,
        "cleanOps",
        f"Pseudonymised with {facts.tool} by the policy {facts.policy}. "
        f"{description.transcription}".strip(),
    )
    add_element(how, "notes", description.design, type="study design", lang=_LANG)


def _access(study: ET.Element, description: Description, facts: Facts) -> None:
    use = ET.SubElement(ET.SubElement(study, "dataAccs"), "useStmt")
    add_element(use, "confDec", "Do not try to identify anyone.", required="yes")
    said = " ".join(filter(None, (f"{facts.access_words}.", description.access_reason)))
    add_element(use, "restrctn", said, lang=_LANG)
    add_element(use, "contact", description.contact)
    add_element(use, "conditions", description.licence)
    add_element(use, "disclaimer", _others(description.third_parties))


def _others(said: str) -> str:
    """What is somebody else's in it, as the steward says."""
    return f"Of third parties: {said}" if said else ""


def _publications(study: ET.Element, description: Description) -> None:
    if not description.related:
        return
    other = ET.SubElement(study, "othrStdyMat")
    for doi in description.related:
        at = doi if doi.startswith("http") else f"https://doi.org/{doi}"
        work = add_element(other, "relPubl", doi, lang=_LANG)
        if work is not None:
            add_element(work, "ExtLink", doi, URI=at)


def _code(codes: Sequence[tuple[str, str]], said: str) -> str:
    """The first code that the words say; nothing if they say none, or what was not."""
    found = [code for shape, code in codes if re.search(rf"\b(?:{shape})\b", said, re.IGNORECASE)]
    narrow = [code for code in found if code not in _WIDE] or found
    return narrow[0] if narrow and not _NEGATED.search(said) else ""


def _concept(parent: ET.Element | None, code: str, vocabulary: str) -> None:
    if parent is not None:
        add_element(parent, "concept", code, vocab=f"DDI {vocabulary}")
