"""Writes one invented interview in every format, each by another program's own writer.

    python samples/formats/make.py        (needs the packages of the group dev)

python-docx, odfdo, openpyxl, pympi-ling, webvtt-py, srt, lxml, csv and json write the files;
none of our code does. LibreOffice made morag-pdf.pdf of morag-docx.docx, morag-rtf.rtf of the .odt:

    soffice --headless --convert-to pdf morag-docx.docx
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import uuid
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import odfdo
import openpyxl
import pympi
import srt
import webvtt
from lxml import etree

HERE = Path(__file__).parent
OUT = HERE / "transcripts"
SOURCE = HERE.parent / "co-production" / "transcripts" / "kilmarnock_morag.txt"
SECONDS = 4
CODED = (
    "Shuggie's 46 and he'd never once in his life chosen his own dinner",
    "East Ayrshire Council, to be fair, they were quite good at the start",
)


def turns() -> list[tuple[str, str]]:
    """Speaker and words of the interview, without the lines at its head."""
    body = SOURCE.read_text("utf-8").partition("\n\n")[2]
    return [tuple(line.split(": ", 1)) for line in body.split("\n") if ": " in line]  # type: ignore[misc]


def halves(words: str) -> list[str]:
    """The words in two cues, cut at any blank, be it within a name."""
    cut = words.find(" ", len(words) // 2)
    return [words] if cut < 0 else [words[:cut], words[cut + 1 :]]


def clock(seconds: int, mark: str = ".") -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}000"


def coded_project(text: str) -> bytes:
    """A REFI-QDA project with the interview and two codings, by ElementTree and zipfile."""
    space = "urn:QDA-XML:project:1.0"
    ElementTree.register_namespace("", space)

    def guid() -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"redact sample {next(numbers)}"))

    numbers = itertools.count()
    user, code = guid(), guid()
    project = ElementTree.Element(
        f"{{{space}}}Project",
        name="Choice in care",
        creatingUserGUID=user,
        basePath="file:///home/morag",
        origin="a sample",
    )

    def under(parent: ElementTree.Element, tag: str, **attributes: str) -> ElementTree.Element:
        return ElementTree.SubElement(parent, f"{{{space}}}{tag}", attributes)

    users = under(project, "Users")
    under(users, "User", guid=user, name="Ailsa Brodie")
    codes = under(under(project, "CodeBook"), "Codes")
    under(codes, "Code", guid=code, name="choice", isCodable="true")
    source = under(
        under(project, "Sources"),
        "TextSource",
        guid=guid(),
        name="first interview",
        plainTextPath="internal://interview.txt",
    )
    for words in CODED:
        start = text.index(words)
        end = start + len(words)
        selection = under(
            source,
            "PlainTextSelection",
            guid=guid(),
            startPosition=str(start),
            endPosition=str(end),
        )
        coding = under(selection, "Coding", guid=guid())
        under(coding, "CodeRef", targetGUID=code)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (
            ("project.qde", ElementTree.tostring(project, "utf-8")),
            ("sources/interview.txt", text.encode()),
        ):
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def page(cues: list[tuple[str, str]]) -> bytes:
    """A web page with an anchor for every cue, as noScribe's are, by lxml."""
    head = etree.Element("head")
    head.append(etree.Element("meta", name="audio_source", content="/home/morag/corriedoon.wav"))
    body, paragraph, last = etree.Element("body"), etree.Element("p"), ""
    for number, (who, words) in enumerate(cues):
        start = number * SECONDS * 1000
        anchor = etree.Element("a", name=f"ts_{start}_{start + SECONDS * 1000}_{who}")
        anchor.text = f" {words}"
        if who != last:
            paragraph, last = etree.SubElement(body, "p"), who
            anchor.text = f"{who}: {words}"
        paragraph.append(anchor)
    whole = etree.Element("html")
    whole.extend([head, body])
    return etree.tostring(whole, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")


def make() -> None:
    said = turns()
    cues = [(who, part) for who, words in said for part in halves(words)]
    whole = "".join(f"{who}: {words}\n" for who, words in said)
    (OUT / "morag-txt.txt").write_text(whole, "utf-8")
    (OUT / "morag-md.md").write_text(whole, "utf-8")
    document = docx.Document()
    document.core_properties.author = "Morag MacLeod"
    document.core_properties.title = "Interview at Corriedoon"
    for who, words in said:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{who}:").bold = True
        for number, piece in enumerate(re.split(r"(?<=\w\w)(?=\w\w)", f" {words}", maxsplit=3)):
            paragraph.add_run(piece).italic = bool(number % 2)
    document.add_comment(document.paragraphs[0].runs, "Is Shuggie all right?", "Ailsa Brodie", "AB")
    document.save(str(OUT / "morag-docx.docx"))
    text = odfdo.Document("text")
    text.body.clear()
    for who, words in said:
        text.body.append(odfdo.Paragraph(f"{who}: {words}"))
    text.meta.creator = "Morag MacLeod"
    text.save(str(OUT / "morag-odt.odt"))
    captions = webvtt.WebVTT()
    for number, (who, words) in enumerate(cues):
        start, end = clock(number * SECONDS), clock((number + 1) * SECONDS)
        captions.captions.append(webvtt.Caption(start, end, f"<v {who}>{words}"))
    captions.save(str(OUT / "morag-vtt.vtt"))
    subtitles, last = [], ""
    for number, (who, words) in enumerate(cues):
        start = srt.srt_timestamp_to_timedelta(clock(number * SECONDS, ","))
        end = srt.srt_timestamp_to_timedelta(clock((number + 1) * SECONDS, ","))
        label = "" if who == last else f"{who}: "
        subtitles.append(srt.Subtitle(number + 1, start, end, label + words))
        last = who
    (OUT / "morag-srt.srt").write_text(srt.compose(subtitles), "utf-8")
    for name, mark in (("morag-csv.csv", ","), ("morag-tsv.tsv", "\t")):
        with (OUT / name).open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, delimiter=mark)
            rows.writerow(["start", "speaker", "text"])
            rows.writerows((n * SECONDS, who, words) for n, (who, words) in enumerate(said))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Morag at Corriedoon"
    sheet.append(["start", "speaker", "text"])
    for number, (who, words) in enumerate(said):
        sheet.append([number * SECONDS, who, words])
    book.properties.creator = "Morag MacLeod"
    book.save(OUT / "morag-xlsx.xlsx")
    segments = [
        {
            "start": n * SECONDS,
            "end": (n + 1) * SECONDS,
            "speaker": who,
            "text": f" {words}",
            "words": [{"word": f" {word}", "start": n * SECONDS} for word in words.split()],
        }
        for n, (who, words) in enumerate(cues)
    ]
    everything = {
        "text": "".join(str(s["text"]) for s in segments),
        "segments": segments,
        "language": "en",
        "audio": "/home/morag/corriedoon.wav",
    }
    (OUT / "morag-whisperx.json").write_text(json.dumps(everything, ensure_ascii=False), "utf-8")
    elan = pympi.Elan.Eaf(author="Ailsa Brodie")
    elan.add_linked_file("/home/ailsa/morag-macleod.wav")
    elan.remove_tier("default")
    for who in dict.fromkeys(who for who, _ in said):
        elan.add_tier(who, part=who)
    for number, (who, words) in enumerate(said):
        elan.add_annotation(who, number * 1000, number * 1000 + 999, words)
    (OUT / "morag-eaf.eaf").unlink(missing_ok=True)  # pympi keeps a .bak of what was there
    elan.to_file(str(OUT / "morag-eaf.eaf"))
    zoom = webvtt.WebVTT()
    for number, (who, words) in enumerate(cues):
        start, end = clock(number * SECONDS), clock((number + 1) * SECONDS)
        zoom.captions.append(webvtt.Caption(start, end, f"{who}: {words}"))
    zoom.save(str(OUT / "morag-zoom.vtt"))
    trint = {
        "transcript": {
            "paragraphs": [
                {
                    "speaker": who,
                    "time": n * SECONDS,
                    "words": [{"word": word, "time": n * SECONDS} for word in words.split(" ")],
                }
                for n, (who, words) in enumerate(said)
            ]
        }
    }
    (OUT / "morag-trint.json").write_text(json.dumps(trint, ensure_ascii=False), "utf-8")
    with zipfile.ZipFile(OUT / "morag-zip.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("interviews/morag-zipped.txt"), whole)
    (OUT / "morag-html.html").write_bytes(page(cues))
    (OUT / "morag-qdpx.qdpx").write_bytes(coded_project(whole))
    with (HERE / "interviews.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["interview", "file", "nation", "organisation", "role"])
        names = [path.name.replace("zip.zip", "zipped.txt") for path in OUT.iterdir()]
        for number, name in enumerate(sorted(names), start=1):
            rows.writerow(
                [f"F{number}", name, "Scotland", "Corriedoon Supported Living", "team leader"]
            )


if __name__ == "__main__":
    make()
