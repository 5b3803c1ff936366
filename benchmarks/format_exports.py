"""The same talk as recognisers and programs for spoken corpora export it, and a plain reading.

Shapes are those of their documentation, as in tests/fixtures/transcripts.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from format_files import make_html, talk
from lxml import etree

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def make_whisperx(times: float) -> bytes:
    """Each word with its times, score and speaker, and all words a second time."""
    segments: list[dict[str, Any]] = []
    at = 0.0
    for who, said in talk(times):
        words = []
        for word in said.split():
            ends = round(at + 0.2, 3)
            one = {"word": word, "start": round(at, 3), "end": ends, "score": 0.91, "speaker": who}
            words.append(one)
            at += 0.25
        times_of = {"start": words[0]["start"], "end": words[-1]["end"]}
        segments.append({**times_of, "text": f" {said}", "words": words, "speaker": who})
    again = [word for one in segments for word in one["words"]]
    return json.dumps({"segments": segments, "word_segments": again}).encode()


def plain_segments(data: bytes) -> str:
    return "\n".join(one["text"] for one in json.loads(data)["segments"])


def make_jsonl(times: float) -> bytes:
    turns = ({"speaker": who, "text": said} for who, said in talk(times))
    return "".join(f"{json.dumps(turn)}\n" for turn in turns).encode()


def plain_jsonl(data: bytes) -> str:
    return "\n".join(json.loads(line)["text"] for line in data.splitlines())


def make_otr(times: float) -> bytes:
    page = make_html(times).decode().removeprefix("<body>").removesuffix("</body>")
    return json.dumps({"text": page, "media": "", "media-time": 1.5}).encode()


def plain_otr(data: bytes) -> str:
    return str(json.loads(data)["text"])


def make_cha(times: float) -> bytes:
    said = "".join(
        f"*{who[:2]}:\t{words} . {n * 1000}_{n * 1000 + 900}\n"
        for n, (who, words) in enumerate(talk(times))
    )
    heads = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tIN Interviewer, P1 Participant\n"
    return f"{heads}{said}@End\n".encode()


def make_inqscr(times: float) -> bytes:
    said = "\\r".join(f"{who}: {words}" for who, words in talk(times))
    return f"app=InqScribe\ntext={said}\ntimecode.fps=25\nversion=1.1\n".encode()


def plain_text(data: bytes) -> str:
    return data.decode()


def make_textgrid(times: float) -> bytes:
    import pympi

    turns = talk(times)
    grid = pympi.Praat.TextGrid(xmax=float(len(turns)))
    for who in ("INT", "P1"):
        tier = grid.add_tier(who)
        for n, (speaker, words) in enumerate(turns):
            if speaker == who:
                tier.add_interval(float(n), n + 0.9, words)
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "a.TextGrid"
        grid.to_file(str(path))
        return path.read_bytes()


def plain_textgrid(data: bytes) -> str:
    import pympi

    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "a.TextGrid"
        path.write_bytes(data)
        tiers = pympi.Praat.TextGrid(str(path)).get_tiers()
        return "\n".join(one[2] for tier in tiers for one in tier.get_intervals())


def make_exb(times: float) -> bytes:
    turns = talk(times)
    places = "".join(f'<tli id="T{n}" time="{n}.0"/>' for n in range(len(turns) + 1))
    people = "".join(
        f'<speaker id="S{n}"><abbreviation>{who}</abbreviation></speaker>'
        for n, who in enumerate(("INT", "P1"))
    )
    tiers = "".join(
        f'<tier id="TIE{n}" speaker="S{n}" category="v" type="t">'
        + "".join(
            f'<event start="T{at}" end="T{at + 1}">{words}</event>'
            for at, (speaker, words) in enumerate(turns)
            if speaker == who
        )
        + "</tier>"
        for n, who in enumerate(("INT", "P1"))
    )
    body = f"<basic-body><common-timeline>{places}</common-timeline>{tiers}</basic-body>"
    head = f"<head><meta-information/><speakertable>{people}</speakertable></head>"
    return f'{_XML}<basic-transcription Id="">{head}{body}</basic-transcription>'.encode()


def make_flk(times: float) -> bytes:
    turns = talk(times)
    people = "".join(
        f'<speaker speaker-id="{who}"><name>{who}</name></speaker>' for who in ("INT", "P1")
    )
    places = "".join(
        f'<timepoint timepoint-id="TLI_{n}" absolute-time="{n}.0"/>' for n in range(len(turns) + 1)
    )
    said = "".join(
        f'<contribution speaker-reference="{who}" {(span := _span(n))} parse-level="1">'
        f"<segment {span}>{words} </segment></contribution>"
        for n, (who, words) in enumerate(turns)
    )
    head = f"<head/><speakers>{people}</speakers><timeline>{places}</timeline>"
    return f"{_XML}<folker-transcription>{head}{said}</folker-transcription>".encode()


def _span(number: int) -> str:
    return f'start-reference="TLI_{number}" end-reference="TLI_{number + 1}"'


def make_tei(times: float) -> bytes:
    turns = talk(times)
    people = "".join(
        f'<person xml:id="{who}" n="{who}"><persName><abbr>{who}</abbr></persName></person>'
        for who in ("INT", "P1")
    )
    places = "".join(
        f'<when xml:id="T{n}" interval="{n}.0" since="#T0"/>' for n in range(1, len(turns) + 1)
    )
    said = "".join(
        f'<annotationBlock who="#{who}" start="#T{n}" end="#T{n + 1}"><u><seg type="utterance">'
        + " ".join(f"<w>{word}</w>" for word in words.split())
        + "</seg></u></annotationBlock>"
        for n, (who, words) in enumerate(turns)
    )
    head = f"<teiHeader><profileDesc><particDesc>{people}</particDesc></profileDesc></teiHeader>"
    time = f'<timeline unit="s"><when xml:id="T0"/>{places}</timeline>'
    return (
        f'{_XML}<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}<text>{time}<body>{said}</body>'
        "</text></TEI>"
    ).encode()


def make_trs(times: float) -> bytes:
    turns = talk(times)
    people = "".join(f'<Speaker id="{who}" name="{who}"/>' for who in ("INT", "P1"))
    said = "".join(
        f'<Turn speaker="{who}" startTime="{n}" endTime="{n + 1}"><Sync time="{n}"/>\n{words}\n'
        "</Turn>"
        for n, (who, words) in enumerate(turns)
    )
    section = f'<Section type="report" startTime="0" endTime="{len(turns)}">{said}</Section>'
    return (
        f'{_XML}<Trans version="4"><Speakers>{people}</Speakers>'
        f"<Episode>{section}</Episode></Trans>"
    ).encode()


def make_ohms(times: float) -> bytes:
    said = "\n".join(f"{who}: {words}\n" for who, words in talk(times))
    record = f'<record id="1"><version>5.4</version><transcript>{said}</transcript></record>'
    space = "https://www.weareavp.com/nunncenter/ohms"
    return f'{_XML}<ROOT xmlns="{space}">{record}</ROOT>'.encode()


def make_qdc(times: float) -> bytes:
    codes = "".join(
        f'<Code guid="00000000-0000-4000-8000-{n:012d}" name="code {n}" isCodable="true">'
        f"<Description>{words}</Description></Code>"
        for n, (_, words) in enumerate(talk(times))
    )
    space = "urn:QDA-XML:codebook:1.0"
    return f'{_XML}<CodeBook xmlns="{space}"><Codes>{codes}</Codes></CodeBook>'.encode()


def plain_xml(data: bytes) -> str:
    return "".join(map(str, etree.fromstring(data).itertext()))
