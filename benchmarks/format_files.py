"""Invented talk as files of each format, and what a plain library reads in these.

Each file holds the same talk, 0.83 million letters of it, written by that library or, where none
writes the format, by hand.
"""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
import zipfile
from pathlib import Path

from lxml import etree

TURNS = 5_000
SYLLABLES = "an be co da el fi go ha in jo ka lo me na or pe ri so ta un ve wa yo".split()


def talk(times: float) -> list[tuple[str, str]]:
    """Turns of some thirty words that no zip makes much smaller than it does English."""
    chance = random.Random(7)  # noqa: S311 a seed
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4_000)]
    said = []
    for number in range(int(TURNS * times)):
        turn = chance.choices(words, k=27)
        turn[3], turn[9], turn[20] = "Morag", "Fergus", "Morag"
        said.append(("INT" if number % 2 else "P1", " ".join(turn)))
    return said


def make_docx(times: float) -> bytes:
    import docx

    document = docx.Document()
    body = document.element.body
    for who, words in talk(times):
        paragraph = document.add_paragraph(f"{who}: {words}")
        body.append(paragraph._p)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain_docx(data: bytes) -> str:
    import docx

    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def make_odt(times: float) -> bytes:
    import odfdo

    document = odfdo.Document("text")
    document.body.clear()
    for who, words in talk(times):
        document.body.append(odfdo.Paragraph(f"{who}: {words}"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain_odt(data: bytes) -> str:
    import odfdo

    return "\n".join(p.inner_text for p in odfdo.Document(io.BytesIO(data)).body.paragraphs)


def make_vtt(times: float) -> bytes:
    cues = (
        f"{_clock(n)}.000 --> {_clock(n + 1)}.000\n<v {who}>{words}</v>\n"
        for n, (who, words) in enumerate(talk(times))
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def plain_vtt(data: bytes) -> str:
    import webvtt

    return "\n".join(c.text for c in webvtt.from_buffer(io.StringIO(data.decode())).captions)


def make_srt(times: float) -> bytes:
    cues = (
        f"{n + 1}\n{_clock(n)},000 --> {_clock(n + 1)},000\n{who}: {words}\n"
        for n, (who, words) in enumerate(talk(times))
    )
    return "\n".join(cues).encode()


def plain_srt(data: bytes) -> str:
    import srt

    return "\n".join(c.content for c in srt.parse(data.decode()))


def make_csv(times: float) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("speaker", "text"), *talk(times)])
    return out.getvalue().encode()


def plain_csv(data: bytes) -> str:
    return "\n".join(row[1] for row in csv.reader(io.StringIO(data.decode(), newline="")))


def make_json(times: float) -> bytes:
    segments = [
        {
            "speaker": who,
            "text": f" {words}",
            "words": [{"word": f" {word}"} for word in words.split()],
        }
        for who, words in talk(times)
    ]
    return json.dumps(
        {"text": "".join(str(s["text"]) for s in segments), "segments": segments}
    ).encode()


def plain_json(data: bytes) -> str:
    return "\n".join(segment["text"] for segment in json.loads(data)["segments"])


def make_eaf(times: float) -> bytes:
    import pympi

    file = pympi.Elan.Eaf()
    for who in ("INT", "P1"):
        file.add_tier(who, part=who)
    for n, (who, words) in enumerate(talk(times)):
        file.add_annotation(who, n * 1000, n * 1000 + 999, words)
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "a.eaf"
        file.to_file(str(path))
        return path.read_bytes()


def plain_eaf(data: bytes) -> str:
    import pympi

    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "a.eaf"
        path.write_bytes(data)
        file = pympi.Elan.Eaf(str(path))
        return "\n".join(
            a[2] for tier in ("INT", "P1") for a in file.get_annotation_data_for_tier(tier)
        )


def make_xlsx(times: float) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["speaker", "text"])
    for row in talk(times):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain_xlsx(data: bytes) -> str:
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return "\n".join(str(row[1].value) for row in sheet)


def make_qdpx(times: float) -> bytes:
    """With a coding to every turn."""
    text = make_txt(times).decode()
    marks, at = [], 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        guid = f"00000000-0000-4000-8000-{number:012d}"
        marks.append(
            f'<PlainTextSelection guid="{guid}" startPosition="{at}" '
            f'endPosition="{at + len(line) - 1}"/>'
        )
        at += len(line)
    source = '<TextSource guid="00000000-0000-4000-9000-000000000000" name="one" plainTextPath='
    xml = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources>{source}"internal://a.txt">'
        f"{''.join(marks)}</TextSource></Sources></Project>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("sources/a.txt", text)
    return out.getvalue()


def plain_qdpx(data: bytes) -> str:
    from pyrefiqda import RefiProject

    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "a.qdpx"
        path.write_bytes(data)
        RefiProject.load(path, folder)
        return (Path(folder) / "sources" / "a.txt").read_text("utf-8")


def make_html(times: float) -> bytes:
    body = etree.Element("body")
    for who, words in talk(times):
        etree.SubElement(body, "p").text = f"{who}: {words}"
    return bytes(etree.tostring(body, method="html", encoding="utf-8"))


def plain_html(data: bytes) -> str:
    import lxml.html

    return str(lxml.html.fromstring(data).text_content())


def make_rtf(times: float) -> bytes:
    paragraphs = "".join(f"{who}: {words}\\par\n" for who, words in talk(times))
    return ("{\\rtf1\\ansi " + paragraphs + "}").encode()


def plain_rtf(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(data.decode("latin-1")))  # type: ignore[no-untyped-call]


def make_pdf(times: float) -> bytes:
    """Pages of forty lines, by our own hand."""
    lines = []
    for who, words in talk(times):
        line = f"{who}: {words}"
        lines += [line[at : at + 80] for at in range(0, len(line), 80)]
    pages = [lines[at : at + 40] for at in range(0, len(lines), 40)]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        stream = "BT /F1 9 Tf 40 800 Td " + " ".join(f"({line}) Tj 0 -14 Td" for line in page)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R /MediaBox [0 0 595 842] "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream) + 3} >>\nstream\n{stream} ET\nendstream",
        ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size "
    return out + f"{tail}{len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def plain_pdf(data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def make_txt(times: float) -> bytes:
    return "".join(f"{who}: {words}\n" for who, words in talk(times)).encode()


def plain_txt(data: bytes) -> str:
    return data.decode()


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
