"""The lists as other programs read them; and ffmpeg, which bleeps what they say and no more."""

from __future__ import annotations

import csv
import io
import math
import subprocess
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pympi import Elan, Praat

from redact.recording.files import audacity, elan, ffmpeg, praat, table
from redact.recording.places import HiddenThing, Silenced, SilentStretch, WithoutTime
from tests.proofs import BLEEPED, SPOKEN, needs

PERSON = HiddenThing("PERSON", "[Person 1]")
PLACE = HiddenThing("PLACE", '[town "A"] & <shore>')


def stretch(begins: int, ends: int, *things: HiddenThing) -> SilentStretch:
    return SilentStretch(begins=begins, ends=ends, things=things or (PERSON,), how="word")


def talk(*stretches: SilentStretch, ends: int = 9000) -> Silenced:
    return Silenced(file="interview_01.vtt", ends=ends, stretches=stretches, without_time=())


TALK = talk(stretch(1000, 1500), stretch(4250, 6001, PERSON, PLACE))


def test_audacity_reads_a_line_for_each_stretch() -> None:
    lines = audacity(TALK).splitlines()
    assert lines[0] == "1.000\t1.500\tPERSON [Person 1]"
    assert lines[1].split("\t")[:2] == ["4.250", "6.001"]


def test_a_table_has_what_has_no_time_too() -> None:
    without = (WithoutTime(3, HiddenThing("PERSON", "=[Person 2]")),)
    one = Silenced(file="a.txt", ends=0, stretches=(), without_time=without)
    rows = list(csv.DictReader(io.StringIO(table((TALK, one)))))
    assert [row["begins"] for row in rows] == ["1.000", "4.250", ""]
    assert rows[1]["kind"] == "PERSON; PLACE"
    assert (rows[2]["line"], rows[2]["pseudonym"]) == ("3", "'=[Person 2]")


def test_elan_and_praat_read_the_same_stretches(tmp_path: Path) -> None:
    (tmp_path / "a.eaf").write_text(elan(TALK), "utf-8")
    said = Elan.Eaf(str(tmp_path / "a.eaf")).get_annotation_data_for_tier("hidden")
    assert [(one[0], one[1]) for one in said] == [(1000, 1500), (4250, 6001)]
    assert said[1][2] == 'PERSON [Person 1]; PLACE [town "A"] & <shore>'
    (tmp_path / "a.TextGrid").write_text(praat(TALK), "utf-8")
    tier = Praat.TextGrid(str(tmp_path / "a.TextGrid")).get_tier("hidden")
    edges = list(tier.get_intervals(sort=True))
    assert [one[:2] for one in edges] == [
        (0, 1.0),
        (1.0, 1.5),
        (1.5, 4.25),
        (4.25, 6.001),
        (6.001, 9.0),
    ]


def test_a_recording_in_which_nothing_is_hidden_is_one_empty_interval(tmp_path: Path) -> None:
    (tmp_path / "a.TextGrid").write_text(praat(talk()), "utf-8")
    tier = Praat.TextGrid(str(tmp_path / "a.TextGrid")).get_tier("hidden")
    assert len(list(tier.get_intervals())) == 1


RATE = 8000


def write_wav(path: Path, samples: Sequence[int], rate: int = RATE) -> None:
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes(array("h", samples).tobytes())


def samples_of(path: Path) -> array[int]:
    with wave.open(str(path)) as file:
        return array("h", file.readframes(file.getnframes()))


def bleeped(folder: Path, recording: Path, what: Silenced) -> array[int]:
    (folder / "filter.txt").write_text(ffmpeg(what), "utf-8")
    given = ("-v", "error", "-y", "-i", recording, "-filter_script:a", folder / "filter.txt")
    subprocess.run(["ffmpeg", *given, folder / "out.wav"], check=True, timeout=60)
    return samples_of(folder / "out.wav")


@needs(BLEEPED)
def test_ffmpeg_puts_a_tone_there_and_hands_every_other_sample_on(tmp_path: Path) -> None:
    said = [int(9000 * math.sin(n / 7) * math.sin(n / 901)) for n in range(10 * RATE)]
    write_wav(tmp_path / "a.wav", said)
    what = talk(stretch(1000, 1500), stretch(2000, 2001), stretch(4250, 6001), stretch(9900, 9999))
    after = bleeped(tmp_path, tmp_path / "a.wav", what)
    assert len(after) == len(said)
    inside = [
        any(s.begins <= n * 1000 / RATE < s.ends for s in what.stretches) for n in range(len(said))
    ]
    changed = [n for n, within in enumerate(inside) if not within and after[n] != said[n]]
    assert changed == []
    tone = [round(3276.7 * math.sin(2 * math.pi * n / 8)) for n in range(len(said))]
    assert all(abs(after[n] - tone[n]) <= 2 for n, within in enumerate(inside) if within)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=300))
def test_a_filter_of_many_stretches_is_searched_by_halves(gaps: list[int]) -> None:
    at, stretches = 0, []
    for gap in gaps:
        stretches.append(stretch(at + gap, at + 2 * gap))
        at += 2 * gap
    deepest = depth = 0
    for char in ffmpeg(talk(*stretches)):
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
    assert depth == 0
    assert deepest <= 4 + len(stretches).bit_length()


def spoken(words: str, folder: Path) -> list[int]:
    """A voice that says the words, without the silence about them; 22,050 samples a second."""
    subprocess.run(["espeak-ng", "-w", folder / "said.wav", words], check=True, timeout=30)
    said = samples_of(folder / "said.wav")
    loud = [n for n, sample in enumerate(said) if abs(sample) > 200]
    return list(said[loud[0] : loud[-1] + 1])


@needs(SPOKEN)
def test_a_spoken_name_is_silent_and_the_rest_untouched(tmp_path: Path) -> None:
    rate = 22050
    before, name, after = (
        spoken(words, tmp_path) for words in ("then I rang", "Senga Pollock", "about the van")
    )
    pause = [0] * (rate // 5)
    write_wav(tmp_path / "a.wav", [*before, *pause, *name, *pause, *after], rate)
    begins = len(before) + len(pause)
    ends = begins + len(name)
    what = talk(stretch(begins * 1000 // rate, -(-ends * 1000 // rate)))
    heard = bleeped(tmp_path, tmp_path / "a.wav", what)
    assert list(heard[: len(before)]) == before
    assert list(heard[-len(after) :]) == after
    tone = [round(3276.7 * math.sin(2 * math.pi * 1000 * n / rate)) for n in range(begins, ends)]
    assert all(abs(one - two) <= 2 for one, two in zip(heard[begins:ends], tone, strict=True))
