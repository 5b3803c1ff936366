"""What the second look saw in safe texts, kept so that the next release looks at new ones only.

What a text shows depends on its words, on the labeller and on tables of this program, and on
nothing else of the study. It is kept under a keyed digest of all of these, as offsets and reasons,
in lines that this study signs: what was edited, or made by another build, is looked at again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from pydantic import TypeAdapter, ValidationError

from redact.detect.look_digest import program_digest, rules_digest
from redact.disk import write_atomic
from redact.processes import shared_out
from redact.risk.residual import Residual, words_like_names
from redact.study.folder import Study
from redact.study.names import token
from redact.study.signed_lines import signed_line, signed_rows

_SIGNED, _MADE_OF = "second look", "second look made of"
_WORDS = TypeAdapter(tuple[Residual, ...])


@dataclass(frozen=True, slots=True)
class LookedBefore:
    """Words like names by the token of their text, before decisions pass any of them over."""

    secret: bytes = field(repr=False)
    words: Mapping[str, tuple[Residual, ...]]

    def at(self, texts: Iterable[str]) -> dict[str, tuple[Residual, ...]]:
        """By text its words like names; those that are not known are looked at now."""
        asked = {text: self._token(text) for text in texts}
        new = [text for text, one in asked.items() if one not in self.words]
        seen = dict(zip(new, shared_out(words_like_names, new, len), strict=True))
        return {text: seen[text] if text in seen else self.words[asked[text]] for text in asked}

    def _token(self, text: str) -> str:
        parts = rules_digest(), program_digest("risk"), text
        said = "\0".join(parts).encode("utf-8", "surrogatepass")
        return token(self.secret, _MADE_OF, hashlib.sha256(said).hexdigest())

    def line(self, transcript: str, text: str, words: tuple[Residual, ...]) -> bytes:
        """What is kept of a look at a transcript's text."""
        row = {
            "made_of": self._token(text),
            "transcript": transcript,
            "words": [asdict(one) for one in words],
        }
        return signed_line(self.secret, _SIGNED, row)


def looked_before(study: Study, secret: bytes) -> LookedBefore:
    """What this study keeps of second looks."""
    words = {}
    for row in signed_rows(study.second_looks, secret, _SIGNED):
        try:
            words[str(row["made_of"])] = _WORDS.validate_python(row["words"])
        except (ValidationError, LookupError, TypeError):
            continue
    return LookedBefore(secret, words)


def keep_looks(study: Study, lines: Iterable[bytes]) -> None:
    """Keeps these lines of looks in place of all that were kept.

    Only call while the study is held.
    """
    write_atomic(study.second_looks, b"".join(lines))


NEVER_LOOKED = LookedBefore(b"", {})
