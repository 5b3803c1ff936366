"""A mention's score: the share of such mentions that are names, given all that speaks for it.

The views (spaCy, the name model, gazetteers, context, the corpus) are combined by one logistic
regression over which of them saw the span and how probable the name model finds its words. It is
fitted to annotated documents that the name model was not trained on
(training/calibrate_scores.py, docs/decisions/008). A name under the policy's operating point is
dropped. Identifiers, dates and ages keep the score of their rule: no corpus annotates them. What a
person vouches for (roster, speaker labels) keeps its own too, and is never dropped.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from redact.core import NAMES, Mention, Source
from redact.detect import operating_points as points

LISTED = frozenset(
    {Source.ROSTER, Source.SPEAKER_LABEL, Source.SPEAKER_INITIALS, Source.HEADER_LINE}
)
# What the regression sees beside the sources.
ALWAYS, AGREE, ODDS = FEATURES = ("", "agree", "odds")

Likely = Mapping[int, float]
KindShares = tuple[float, float, float]  # how probably a person, a place, an organisation
Kinds = Mapping[int, KindShares]
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sightings:
    """The mentions of one transcript that were seen, and by start of word how probably it belongs
    to a name, and to one of which kind as far as the name model says."""

    mentions: tuple[Mention, ...]
    likely: Likely = field(repr=False)
    kinds: Kinds = field(default_factory=dict, repr=False)

    def proper(self) -> frozenset[int]:
        """The starts of the words that are more probably a name than not."""
        return frozenset(
            at for at, share in self.likely.items() if share >= points.MORE_LIKELY_THAN_NOT
        )


def counts_as(source: Source) -> Source:
    """The source whose weight this one has: a model that only some users have counts as spaCy."""
    return Source.SPACY if source is Source.GLINER else source


def features(mention: Mention, sources: Iterable[Source], likely: Likely) -> dict[str, float]:
    """What the regression sees: each source, whether two agree, and the log-odds of the words.

    `likely` is by start of word how probably it belongs to a name: the name model's reading or,
    without that model, the tagger's yes or no.
    """
    seen = {ALWAYS: 1.0} | {counts_as(source): 1.0 for source in sources}
    if len(seen) > 2:
        seen[AGREE] = 1.0
    inside = (likely.get(at, 0.0) for at in range(mention.start, mention.end))
    share = min(max(max(inside, default=0.0), points.NO_NAME), points.ALL_NAME)
    seen[ODDS] = math.log(share / (1 - share))
    return seen


def probability(seen: Mapping[str, float], weights: Weights) -> float:
    """Between 0.01 and 0.99; what the weights do not know counts for nothing."""
    odds = sum(value * weights.get(name, 0.0) for name, value in seen.items())
    return min(max(1 / (1 + math.exp(-odds)), 1 - points.HIGHEST), points.HIGHEST)


@cache
def score_weights(modelled: bool) -> Weights:
    """The shipped weights, for detection with a name model or without."""
    text = resources.files("redact.data").joinpath("score_weights.json").read_text("utf-8")
    weights: dict[str, dict[str, float]] = json.loads(text)
    return weights["with name model" if modelled else "without"]


def is_weighed(mention: Mention) -> bool:
    """True for a name that nobody listed."""
    return mention.label in NAMES and not LISTED.intersection(mention.sources)


def is_doubted_small(text: str, mention: Mention) -> bool:
    """A name that hardly anything speaks for and that is written small, in a text with capitals."""
    return (
        is_weighed(mention)
        and mention.score < points.SMALL_LEAST
        and text[mention.start : mention.end].islower()
    )


def weigh(mentions: Iterable[Mention], likely: Likely, weights: Weights) -> list[Mention]:
    """The mentions, names with the score that all sources of their span give together."""
    mentions = list(mentions)
    sources: dict[tuple[int, int], set[Source]] = defaultdict(set)
    for mention in mentions:
        sources[mention.start, mention.end].update(mention.sources)
    weighed = []
    for mention in mentions:
        if is_weighed(mention):
            seen = features(mention, sources[mention.start, mention.end], likely)
            mention = replace(mention, score=round(probability(seen, weights), 3))
        weighed.append(mention)
    return weighed
