"""An invented study of any size, for what must be quick on a large one.

Every interview has about 2,000 words, eight people of its own, four whom all of its organisation
speak of, places and organisations: 180 interviews have some 3,000 names. The name model is left out
(spaCy alone finds them), so that the study is made in minutes.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

_GIVEN = (
    "Morag Pang Dana Karin Effie Hugh Danny Angela Marcus Beatriz Tou Isla Fergus Catriona Ewan "
    "Moira Callum Ishbel Duncan Lorna Ottilie Renske Tavish Wilma Yolanda Bertil Carita Desmond"
).split()
_PARTS = "Mac Mc Ken Dal Bar Tor Lin Had Wes Nor Gil Brod Stew Camp Quin Strath Inver Ard".split()
_ENDS = "ley ton son bell ford man wick more well ham land rose gill dow nock bride".split()
_TURNS = (
    "So {who} went to the office in {place} and said that it was for the person to say what they "
    "want, and nobody asked about the money or the bus, and then we waited for the whole winter.",
    "I think that {other} was the one who wrote the letter, because {who} had no time for it, and "
    "in the end it was {org} that paid for the hall and the tea and everything that we needed.",
    "Well, at first nobody came to the meetings, you know, and we sat there with the biscuits and "
    "waited, and then in the second year there were twenty of us and not enough chairs for them.",
    "It was never written down anywhere, and when I asked, {who} told me that it had always been "
    "done like that, and that the people in {place} did it in the same way as well as they could.",
    "They listened, and that was new to me, and it took a while until I believed that they meant "
    "it, because before that they had only ever told us what was going to happen to us next week.",
    "Before that I was with {org} for a long time, and {other} was there as well, and we both left "
    "when it was clear that nothing would be decided together with those whom it was all about.",
)
WITHOUT_MODEL = 'name_model = "none"\n'


def talk(rng: random.Random, shared: list[str], org: str, turns: int) -> str:
    """An interview in so many turns."""
    people = shared + [f"{rng.choice(_GIVEN)} {family(rng)}" for _ in range(8)]
    places = [family(rng) + rng.choice(("burn", "mouth", "haven")) for _ in range(4)]
    lines = []
    for number in range(turns):
        one, other = rng.sample(people, 2)
        said = _TURNS[number % len(_TURNS)].format(
            who=one if number % 3 else one.split()[0],
            other=other,
            place=rng.choice(places),
            org=rng.choice((org, f"{family(rng)} Trust")) if number % 12 == 1 else org,
        )
        lines += [f"INT: And then, number {number % 7}?", f"R: {said}"]
    return "\n".join(lines) + "\n"


def family(rng: random.Random) -> str:
    """A family name that nobody in particular has."""
    return rng.choice(_PARTS) + rng.choice(_ENDS) + rng.choice(("", "", "er", "s", "ie"))


def large_study(folder: Path, interviews: int, passphrase: Path) -> Path:
    """Makes it in this folder; the study's own."""
    rng = random.Random(20261130)  # noqa: S311 invented text
    talks = folder / "talks"
    talks.mkdir(parents=True)
    for first in range(0, interviews, 12):
        org = f"{family(rng)} Support"
        shared = [f"{rng.choice(_GIVEN)} {family(rng)}" for _ in range(4)]
        for number in range(first, min(first + 12, interviews)):
            (talks / f"talk_{number:03}.txt").write_text(talk(rng, shared, org, 55), "utf-8")
    root = Path(__file__).resolve().parent.parent
    policy = (root / "policies" / "safe-copy.toml").read_text("utf-8")
    (folder / "policy.toml").write_text(
        policy.replace("[detect]\n", f"[detect]\n{WITHOUT_MODEL}"), "utf-8"
    )
    study = folder / "study"
    command = (sys.executable, "-m", "redact.cli", "run", talks, "--policy", folder / "policy.toml")
    subprocess.run(
        [*map(str, command), "--out", str(study), "--passphrase-file", str(passphrase)],
        check=False,
        stdout=subprocess.DEVNULL,
    )
    return study


if __name__ == "__main__":
    large_study(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
