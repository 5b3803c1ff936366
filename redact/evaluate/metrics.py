"""The figures: what was hidden, what was right, what was hidden for nothing.

- covered: every letter and digit of the mention lies in some predicted span,
  whatever its label. This is the privacy figure.
- right: covered, and overlapped by a prediction of its label.
- precision: share of predicted letters and digits that lie in a gold mention
  (KEEP aside), over predictions of labels that the gold annotates.
- strict F1: spans with exactly the gold's bounds and label.
- entity: share of entities all of whose mentions are covered.
- kept: share of KEEP mentions of which no letter was touched.
- linking: B-cubed (Bagga and Baldwin 1998) over gold mentions with an entity
  that a prediction overlaps; entities that hold two, all and those of which
  nobody is asked; entities in two; mentions under an entity that is mostly
  somebody else's, and under a second one of their own: of these those that are
  so within their transcript, and those that are so only across transcripts.

Intervals are 95% percentile intervals of a bootstrap over documents (1,000
draws, fixed seed): mentions of one interview are not independent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redact.core import LABELS, NAMES
from redact.evaluate.gold import KEEP, GoldDocument, GoldSpan

DRAWS = 1000
SEED = 20261124
ALL = "ALL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """One predicted mention: bounds, label and the entity it was linked to.

    `asked` says that a person is asked who this entity is.
    """

    start: int
    end: int
    label: str
    entity: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share with its parts and interval; `value` is None where there was nothing to count."""

    value: float | None
    low: float | None
    high: float | None
    part: float
    whole: float


Counts = dict[tuple[str, str], tuple[float, float]]


def evaluate(
    gold: Iterable[GoldDocument], predicted: Mapping[str, tuple[Predicted, ...]]
) -> dict[str, dict[str, Figure]]:
    """Figures by metric and label (ALL for all labels)."""
    documents = list(gold)
    annotated = {span.label for document in documents for span in document.spans} - {KEEP}
    counts = [count(document, predicted[document.id], annotated) for document in documents]
    pairs = _linked_pairs(documents, predicted)
    for more in (
        _b_cubed(documents, pairs),
        _mixed(documents, pairs, predicted),
        _astray(documents, pairs),
        _entities(documents, predicted),
    ):
        for counted, added in zip(counts, more, strict=True):
            counted.update(added)
    return _with_intervals(counts)


def count(document: GoldDocument, found: tuple[Predicted, ...], annotated: set[str]) -> Counts:
    """(part, whole) by metric and label for one document."""
    text = document.text
    covered = {at for span in found for at in range(span.start, span.end)}
    named = [span for span in document.spans if span.label != KEEP]
    in_gold = {at for span in named for at in range(span.start, span.end)}
    parts: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])

    def add(metric: str, label: str, part: float, whole: float) -> None:
        for name in (label, ALL):
            parts[metric, name][0] += part
            parts[metric, name][1] += whole

    for span in document.spans:
        letters = letters_of(text, span)
        if span.label == KEEP:
            parts["kept", KEEP][0] += not any(at in covered for at in letters)
            parts["kept", KEEP][1] += 1
            continue
        hidden = all(at in covered for at in letters)
        overlapped = any(
            p.label == span.label and p.start < span.end and span.start < p.end for p in found
        )
        add("covered", span.label, hidden, 1)
        add("right", span.label, hidden and overlapped, 1)
    exact = {(span.start, span.end, span.label) for span in named}
    for prediction in found:
        if prediction.label not in annotated:
            continue
        letters = letters_of(text, prediction)
        add("precision", prediction.label, sum(at in in_gold for at in letters), len(letters))
        right = (prediction.start, prediction.end, prediction.label) in exact
        add("strict precision", prediction.label, right, 1)
    predictions = {(span.start, span.end, span.label) for span in found}
    for span in named:
        add("strict recall", span.label, (span.start, span.end, span.label) in predictions, 1)
    return {key: (part, whole) for key, (part, whole) in parts.items()}


def letters_of(text: str, span: GoldSpan | Predicted) -> list[int]:
    """Offsets of the letters and digits in a span."""
    return [at for at in range(span.start, span.end) if text[at].isalnum()]


def _entities(
    documents: list[GoldDocument], predicted: Mapping[str, tuple[Predicted, ...]]
) -> list[Counts]:
    """Whether each entity is covered in the whole corpus, counted where it first stands."""
    hidden: dict[tuple[str, str], bool] = {}
    first: dict[tuple[str, str], int] = {}
    for number, document in enumerate(documents):
        covered = {at for p in predicted[document.id] for at in range(p.start, p.end)}
        for span in document.spans:
            if span.entity and span.label != KEEP:
                who = (span.label, span.entity)
                whole = all(at in covered for at in letters_of(document.text, span))
                hidden[who] = hidden.get(who, True) and whole
                first.setdefault(who, number)
    results: list[Counts] = [{} for _ in documents]
    for who, whole in hidden.items():
        for name in (who[0], ALL):
            part, total = results[first[who]].get(("entity", name), (0.0, 0.0))
            results[first[who]]["entity", name] = (part + whole, total + 1)
    return results


Pair = tuple[int, str, str, str]  # number of the document, label, gold entity, entity found


def _linked_pairs(
    documents: list[GoldDocument], predicted: Mapping[str, tuple[Predicted, ...]]
) -> list[Pair]:
    """Each gold name that was found, with the entity of the prediction that covers most of it."""
    pairs: list[Pair] = []
    for number, document in enumerate(documents):
        for span in document.spans:
            if not span.entity or span.label == KEEP or span.label not in NAMES:
                continue
            over = [p for p in predicted[document.id] if p.start < span.end and span.start < p.end]
            if over:
                best = max(over, key=lambda p: min(p.end, span.end) - max(p.start, span.start))
                pairs.append((number, span.label, span.entity, best.entity))
    return pairs


def _mixed(
    documents: list[GoldDocument],
    pairs: list[Pair],
    predicted: Mapping[str, tuple[Predicted, ...]],
) -> list[Counts]:
    """False merges: of the entities found, those that hold two. Splits: of gold's, those in two.

    Silent merges are those of which nobody is asked. Each entity counts in the document where it
    first stands.
    """
    asked = {p.entity for found in predicted.values() for p in found if p.asked}
    results: list[Counts] = [{} for _ in documents]
    for metric, mine, other in (("false merges", 3, 2), ("splits", 2, 3)):
        first: dict[tuple[str, str], int] = {}
        held: dict[tuple[str, str], set[str]] = defaultdict(set)
        for pair in pairs:
            who = (pair[1], str(pair[mine]))
            first.setdefault(who, pair[0])
            held[who].add(str(pair[other]))
        for who, others in held.items():
            for name in (who[0], ALL):
                _count(results[first[who]], metric, name, len(others) > 1)
                if metric == "false merges":
                    silent = len(others) > 1 and who[1] not in asked
                    _count(results[first[who]], "silent merges", name, silent)
    return results


def _astray(documents: list[GoldDocument], pairs: list[Pair]) -> list[Counts]:
    """Mentions in an entity that is mostly another's, and under a second one of their own.

    Those `within` are so in their own transcript already; those `across` only over the corpus.
    """
    results: list[Counts] = [{} for _ in documents]
    for metric, mine, other in (("wrong entity", 3, 2), ("second entity", 2, 3)):
        main = _mostly(((pair[1], str(pair[mine])), str(pair[other])) for pair in pairs)
        here = _mostly(((pair[0], pair[1], str(pair[mine])), str(pair[other])) for pair in pairs)
        for pair in pairs:
            who, whose = str(pair[mine]), str(pair[other])
            astray = whose != main[pair[1], who]
            within = whose != here[pair[0], pair[1], who]
            for name in (pair[1], ALL):
                _count(results[pair[0]], metric, name, astray)
                _count(results[pair[0]], f"{metric} within", name, astray and within)
                _count(results[pair[0]], f"{metric} across", name, astray and not within)
    return results


def _mostly[Who](held: Iterable[tuple[Who, str]]) -> dict[Who, str]:
    """By each first of the pairs the second that it stands with most."""
    counted: dict[Who, Counter[str]] = defaultdict(Counter)
    for who, whose in held:
        counted[who][whose] += 1
    return {who: max(others, key=lambda o: (others[o], o)) for who, others in counted.items()}


def _count(counts: Counts, metric: str, label: str, is_so: bool) -> None:
    part, whole = counts.get((metric, label), (0.0, 0.0))
    counts[metric, label] = (part + is_so, whole + 1)


def _b_cubed(documents: list[GoldDocument], pairs: list[Pair]) -> list[Counts]:
    """Linking precision and recall, summed by the document of each mention."""
    both = Counter((label, gold, found) for _, label, gold, found in pairs)
    by_gold = Counter((label, gold) for _, label, gold, _ in pairs)
    by_found = Counter((label, found) for _, label, _, found in pairs)
    results: list[Counts] = [{} for _ in documents]
    for number, label, gold, found in pairs:
        shared = both[label, gold, found]
        for metric, share in (
            ("link precision", shared / by_found[label, found]),
            ("link recall", shared / by_gold[label, gold]),
        ):
            for name in (label, ALL):
                part, whole = results[number].get((metric, name), (0.0, 0.0))
                results[number][metric, name] = (part + share, whole + 1)
    return results


def _with_intervals(counts: list[Counts]) -> dict[str, dict[str, Figure]]:
    import numpy as np

    random = np.random.default_rng(SEED)
    draws = random.multinomial(len(counts), [1 / len(counts)] * len(counts), size=DRAWS)
    order = {label: place for place, label in enumerate((*LABELS, KEEP, ALL))}
    keys = sorted({key for counted in counts for key in counted}, key=lambda k: (k[0], order[k[1]]))
    samples = {}
    for key in keys:
        table = np.array([counted.get(key, (0.0, 0.0)) for counted in counts])
        totals = draws @ table
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = totals[:, 0] / totals[:, 1]
        part, whole = table.sum(axis=0)
        samples[key] = (float(part), float(whole), shares)
    figures: dict[str, dict[str, Figure]] = {}
    for (metric, label), (part, whole, shares) in samples.items():
        figures.setdefault(metric, {})[label] = _figure(part, whole, shares)
    for name, first, second in (
        ("strict F1", "strict precision", "strict recall"),
        ("link F1", "link precision", "link recall"),
    ):
        for label in figures.get(second, {}):
            one, two = samples.get((first, label)), samples[second, label]
            figures.setdefault(name, {})[label] = _harmonic(one, two)
    return figures


def _figure(part: float, whole: float, shares: object) -> Figure:
    import numpy as np

    if not whole:
        return Figure(value=None, low=None, high=None, part=part, whole=whole)
    low, high = np.nanpercentile(np.asarray(shares), [2.5, 97.5])
    return Figure(value=part / whole, low=float(low), high=float(high), part=part, whole=whole)


def _harmonic(one: tuple[float, float, object] | None, two: tuple[float, float, object]) -> Figure:
    import numpy as np

    if one is None or not one[1]:
        return Figure(value=0.0, low=0.0, high=0.0, part=0.0, whole=two[1])
    first, second = np.asarray(one[2]), np.asarray(two[2])
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.nan_to_num(2 * first * second / (first + second))
    precision, recall = one[0] / one[1], two[0] / two[1]
    total = precision + recall
    value = 2 * precision * recall / total if total else 0.0
    low, high = np.nanpercentile(shares, [2.5, 97.5])
    return Figure(value=value, low=float(low), high=float(high), part=two[0], whole=two[1])
