"""What a file is by its first bytes: its ending may say something else, and then is not believed.

A Word file saved as .txt, an RTF that is called .doc and a page of the web called .xls are read as
what they are. What is text either way (captions saved as .txt) stays text: its words are the same.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping

from redact.formats.json_lists import SPEAKER, SPEECH, plain_name

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_XML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE Trans[^>]*>\s*)*<(\w[\w-]*)\b", re.DOTALL
)
_XML_ENDINGS = {
    b"ANNOTATION_DOCUMENT": ".eaf",
    b"CodeBook": ".qdc",
    b"basic-transcription": ".exb",
    b"folker-transcription": ".flk",
    b"Trans": ".trs",
    b"TEI": ".xml",
    b"ROOT": ".xml",
}
_MEMBERS: Mapping[str, str] = {  # a member of a zip, and what the zip is then
    "word/document.xml": ".docx",
    "xl/workbook.xml": ".xlsx",
    "xl/workbook.bin": ".xlsb",
    "ppt/presentation.xml": ".pptx",
    "Index/Document.iwa": ".pages",
}
_ODF: Mapping[bytes, str] = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/epub+zip": ".epub",
}
# What a compound file of Microsoft's holds, by the name of a stream in it.
_STREAMS: Mapping[str, str] = {
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "PowerPoint Document": ".ppt",
    "__substg1.0_": ".msg",
}
_SIGNATURES: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), ending)
    for pattern, ending in (
        (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2\xe3]", ".mp3"),
        (rb"RIFF....WAVE", ".wav"),
        (rb"RIFF....AVI ", ".avi"),
        (rb"....ftyp(?:hei|mif|avi)", ".heic"),
        (rb"....ftyp", ".mp4"),
        (rb"OggS", ".ogg"),
        (rb"fLaC", ".flac"),
        (rb"FORM....AIF", ".aiff"),
        (rb"\x1a\x45\xdf\xa3", ".mkv"),
        (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ".wma"),
        (rb"#!AMR", ".amr"),
        (rb"\xff\xd8\xff", ".jpg"),
        (rb"\x89PNG\r\n", ".png"),
        (rb"GIF8[79]a", ".gif"),
        (rb"II\*\0|MM\0\*", ".tif"),
        (rb"SQLite format 3\0", ".sqlite"),
        (rb"L\0\0\0\x01\x14\x02\0", ".lnk"),
        (rb"7z\xbc\xaf\x27\x1c", ".7z"),
        (rb"Rar!\x1a\x07", ".rar"),
        (rb"\x1f\x8b\x08", ".gz"),
        (rb"age-encryption\.org/v1\n", ".age"),
        (rb"MZ\x90\0", ".exe"),
        (rb"bplist00", ".plist"),
    )
)
_PLAIN = frozenset({".txt", ".text", ".md"})
_WHO = frozenset((*SPEAKER, "start", "end"))  # fields of a turn, not of a whole transcript
_CAPTIONS = frozenset({".vtt", ".srt"})
_MAY_BE_A_PAGE = _PLAIN | {".doc", ".xls", ".rtf", ".docx", ""}


def is_locked(data: bytes) -> bool:
    """Whether this is a document of Office's that needs a password."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data


def true_ending(data: bytes, suffix: str) -> str:
    """The ending that a file of these bytes should have; `suffix` itself where that will do.

    It may be one that is not read, such as .mp3: then the file is refused as what it is.
    """
    found = _by_signature(data) or _by_text(data, suffix)
    if found is None or (found == ".zip" and suffix != ""):
        return suffix  # a zip of no known kind: its reader says what is wrong with it
    return found


def _by_signature(data: bytes) -> str | None:
    head = data[:1024]
    if b"%PDF-" in head and head.lstrip()[:5] == b"%PDF-":
        return ".pdf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK\x03\x04"):
        return _of_zip(data)
    if data.startswith(_OLE):
        return _of_compound_file(data)
    return next((ending for pattern, ending in _SIGNATURES if pattern.match(head)), None)


def _of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            first = archive.infolist()[0] if names else None
            mimetype = b""
            if first and first.filename == "mimetype" and first.file_size < 200:
                mimetype = archive.read(first).strip()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        return ".zip"
    if mimetype in _ODF:
        return _ODF[mimetype]
    for member, ending in _MEMBERS.items():
        if member in names:
            return ending
    return ".qdpx" if any("/" not in n and n.lower().endswith(".qde") for n in names) else ".zip"


def _of_compound_file(data: bytes) -> str | None:
    streams = (e for name, e in _STREAMS.items() if name.encode("utf-16-le") in data)
    return next(streams, None)


def _by_text(data: bytes, suffix: str) -> str | None:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if suffix in _MAY_BE_A_PAGE and _PAGE.match(head):
        return ".html"
    may_be_xml = suffix in _PLAIN or suffix == ".xml"
    if may_be_xml and (root := _XML.match(head)) and root[1] in _XML_ENDINGS:
        return _XML_ENDINGS[root[1]]
    if suffix in _PLAIN and head.lstrip()[:1] in (b"{", b"[") and _is_json(data):
        return ".json"
    if suffix in _CAPTIONS and not _has_times(data):
        return ".txt"
    if suffix == ".jsonl" and head.lstrip()[:1] not in (b"{", b""):
        return _of_lines(data, head)
    return None


def _of_lines(data: bytes, head: bytes) -> str:
    """What a file is that is called .jsonl and has no objects in its lines."""
    if _has_times(data):
        return ".vtt" if b"WEBVTT" in head[:16] else ".srt"
    return ".json" if head.lstrip()[:1] == b"[" and _is_json(data) else ".txt"


def holds_turns(data: bytes) -> bool:
    """Whether the lines of a .jsonl are turns of one transcript, and not a transcript each."""
    first = next((line for line in data.splitlines() if line.strip()), b"")
    try:
        row = json.loads(first.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    if not isinstance(row, dict):
        return False
    said = {plain_name(key): value for key, value in row.items()}
    if not any(isinstance(said.get(key), str) for key in SPEECH):
        return False
    return not isinstance(row.get("id"), str) or bool(_WHO.intersection(said))


def _has_times(data: bytes) -> bool:
    plain = data.replace(b"\0", b"")
    return b"-->" in plain or b"WEBVTT" in plain[:16]


def _is_json(data: bytes) -> bool:
    """Whether all of it is one list or object: its letters may be written in escapes."""
    try:
        return isinstance(json.loads(data.decode("utf-8-sig")), dict | list)
    except (ValueError, RecursionError):
        return False
