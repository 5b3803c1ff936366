"""A motivated intruder, played: who can be told from the safe corpus by one who knows the field.

The intruder has the safe transcripts, the data list, and what the steward thinks such a person may
have: a staff list, an annual report. Each pseudonym is matched to the candidate whose known words
are nearest to what the corpus says around it (cosine of TF-IDF; Salton and Buckley, Information
Processing & Management 24, 1988), among those whom nothing else rules out. Style is Burrows' Delta
on common words (Literary and Linguistic Computing 17, 2002), order Kendall's test (Biometrika 30,
1938). Success is held against chance, so that a good guess in a small world shows.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

Words = Counter[str]
_STYLE_WORDS = 60  # the most common words of the corpus, which carry style and no topic
_FEWEST = 200  # words of talk below which style says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one attack went: targets with a true candidate, those it got right, and chance.

    `by_chance` is how many a blind guess gets right on average; `likely` the probability that it
    gets at least as many. `right_ones` are the targets that were found. `fewest` is how many
    candidates the attack leaves where it leaves the fewest and the true one is among them.
    """

    attack: str
    tried: int
    right: int
    by_chance: float
    likely: float
    right_ones: tuple[str, ...] = ()
    fewest: int | None = None


MayBe = Callable[[str, str], bool]  # whether a target can be this candidate at all


def anybody(target: str, candidate: str) -> bool:
    """Nobody is ruled out."""
    return True


def nearest(
    targets: Mapping[str, Words], candidates: Mapping[str, Words], may_be: MayBe = anybody
) -> dict[str, str]:
    """The nearest candidate of each target, among those it may be; a tie is no find.

    The only one that is left is taken without a word in common.
    """
    weights = _weights([*targets.values(), *candidates.values()])
    known = {name: _vector(words, weights) for name, words in candidates.items()}
    identified = {}
    for target, words in targets.items():
        mine = _vector(words, weights)
        scores = {
            name: _cosine(mine, vector) for name, vector in known.items() if may_be(target, name)
        }
        best = max(scores.values(), default=0.0)
        those = [name for name, score in scores.items() if score == best]
        narrowed = len(scores) < len(known)
        if len(those) == 1 and (best > 0 or narrowed):
            identified[target] = those[0]
    return identified


def match(
    attack: str,
    targets: Mapping[str, Words],
    candidates: Mapping[str, Words],
    truth: Mapping[str, str],
    may_be: MayBe = anybody,
) -> Outcome:
    """Each target's nearest candidate against the truth; without a true one it is not tried."""
    tried = [target for target in targets if truth.get(target) in candidates]
    guessed = nearest({t: targets[t] for t in tried}, candidates, may_be)
    right = [target for target in tried if guessed.get(target) == truth[target]]
    left = [sum(may_be(t, name) for name in candidates) for t in tried if may_be(t, truth[t])]
    outcome = _outcome(attack, tried, right, [1 / max(1, len(candidates))] * len(tried))
    return replace(outcome, fewest=min(left, default=None))


def narrow(
    attack: str,
    fitting: Mapping[str, Collection[tuple[str, ...]]],
    truth: Mapping[str, Collection[tuple[str, ...]]],
    among: int,
) -> Outcome:
    """What a public list leaves of its entries for each target, and the true one of which is left.

    A target is found where nothing else is left. `truth` are the names the true one has.
    """
    tried = [target for target in fitting if truth.get(target)]
    right, left = [], []
    for target in tried:
        true = set(truth[target]) & set(fitting[target])
        if true:
            left.append(len(fitting[target]))
            if set(fitting[target]) == true:
                right.append(target)
    chances = [len(set(truth[target])) / max(1, among) for target in tried]
    return replace(_outcome(attack, tried, right, chances), fewest=min(left, default=None))


def in_order(
    attack: str, targets: Sequence[str], candidates: Sequence[str], truth: Mapping[str, str]
) -> Outcome:
    """Whether pseudonyms stand in the order of a list: pairs in the same order, against Kendall.

    Both are in their own order. A pair of targets is tried where both have a true candidate.
    """
    place = {name: at for at, name in enumerate(candidates)}
    seen = [place[truth[target]] for target in targets if truth.get(target) in place]
    seen = list(dict.fromkeys(seen))
    pairs = [(a, b) for n, a in enumerate(seen) for b in seen[n + 1 :]]
    right = sum(a < b for a, b in pairs)
    return Outcome(
        attack=attack,
        tried=len(pairs),
        right=right,
        by_chance=len(pairs) / 2,
        likely=_as_ordered(right, len(seen)),
    )


def _as_ordered(right: int, many: int) -> float:
    """The probability that a random order is as far from half the pairs in place, either way:
    counted over all orders."""
    ways = [1]
    for size in range(2, many + 1):  # one more comes to stand before 0, 1 … or size - 1 of them
        sums = [0, *accumulate(ways)]
        last = len(ways)
        ways = [sums[min(n + 1, last)] - sums[max(0, n + 1 - size)] for n in range(last + size - 1)]
    pairs = len(ways) - 1
    far = abs(2 * right - pairs)
    return sum(w for n, w in enumerate(ways) if abs(2 * n - pairs) >= far) / sum(ways)


def match_style(
    attack: str, talks: Mapping[str, Sequence[str]], speaker: Mapping[str, str]
) -> Outcome:
    """Each talk's nearest other talk by style, against whose it is; talks of one-time speakers are
    not tried, for there is nothing to find."""
    long = {name: talk for name, talk in talks.items() if len(talk) >= _FEWEST}
    common = [
        w for w, _ in Counter(w for talk in long.values() for w in talk).most_common(_STYLE_WORDS)
    ]
    rates = {
        name: [1000 * Counter(talk)[w] / len(talk) for w in common] for name, talk in long.items()
    }
    spread = [statistics.pstdev(column) or 1.0 for column in zip(*rates.values(), strict=True)]
    times = Counter(speaker[name] for name in long)
    tried = [name for name in long if times[speaker[name]] > 1]
    right, chances = [], []
    for name in tried:
        others = [other for other in long if other != name]
        nearest = min(others, key=lambda other: (_delta(rates[name], rates[other], spread), other))
        chances.append((times[speaker[name]] - 1) / len(others))
        if speaker[nearest] == speaker[name]:
            right.append(name)
    return _outcome(attack, tried, right, chances)


def _outcome(
    attack: str, tried: Sequence[str], right: Sequence[str], chances: Sequence[float]
) -> Outcome:
    return Outcome(
        attack=attack,
        tried=len(tried),
        right=len(right),
        by_chance=sum(chances),
        likely=_at_least(len(right), chances),
        right_ones=tuple(right),
    )


def _at_least(count: int, chances: Sequence[float]) -> float:
    """The probability that independent guesses with these chances get as many right (exactly)."""
    spread = [1.0]
    for chance in chances:
        spread = [
            (spread[n] if n < len(spread) else 0.0) * (1 - chance)
            + (spread[n - 1] * chance if n else 0.0)
            for n in range(len(spread) + 1)
        ]
    return min(1.0, sum(spread[count:]))


def _weights(texts: Sequence[Words]) -> dict[str, float]:
    seen = Counter(word for words in texts for word in words)
    return {word: math.log((1 + len(texts)) / (1 + count)) for word, count in seen.items()}


def _vector(words: Words, weights: Mapping[str, float]) -> dict[str, float]:
    weighed = {word: (1 + math.log(count)) * weights[word] for word, count in words.items()}
    size = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
    return {word: value / size for word, value in weighed.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    small, large = sorted((one, other), key=len)
    return sum(value * large.get(word, 0.0) for word, value in small.items())


def _delta(one: Sequence[float], other: Sequence[float], spread: Sequence[float]) -> float:
    return sum(abs(a - b) / s for a, b, s in zip(one, other, spread, strict=True))
