"""A door for those who have a Presidio pipeline: our mentions as one of its recognizers.

`presidio.py` is the other way: what we take from Presidio. Here a text is read by itself, so a name
that only another text makes sure is not found in it, and nobody is linked: docs/library.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

from redact.core import Label, Mention
from redact.detect.detector import detect
from redact.policy import Policy, find_policy, load_policy
from redact.transcript.assemble import make_transcript

if TYPE_CHECKING:
    from presidio_analyzer.nlp_engine import NlpArtifacts

NAME = "redact"
# Presidio's own name of an entity where it has one; identifiers tell their kind in the explanation.
ENTITY_OF: dict[Label, str] = {
    "PERSON": "PERSON",
    "PLACE": "LOCATION",
    "ORG": "ORGANIZATION",
    "DATE": "DATE_TIME",
    "AGE": "AGE",
    "PHONE": "PHONE_NUMBER",
    "EMAIL": "EMAIL_ADDRESS",
    "URL": "URL",
    "ID": "ID",
}


class RedactRecognizer(EntityRecognizer):
    """Everything that redact finds in a text by a policy, a shipped one's name or a Policy."""

    def __init__(self, policy: str | Policy = "safe-copy", language: str = "en") -> None:
        self._policy = policy if isinstance(policy, Policy) else load_policy(find_policy(policy))[0]
        super().__init__(
            supported_entities=list(ENTITY_OF.values()),
            name=NAME,
            supported_language=language,
        )

    def load(self) -> None:
        """Nothing: the models are loaded with the first text, once for the process."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """The mentions of these entities, as results; `nlp_artifacts` are not used."""
        if not text.strip():
            return []
        (detection,) = detect((make_transcript("text", text),), self._policy)
        return [
            self._result(mention)
            for mention in detection.mentions
            if not entities or ENTITY_OF.get(mention.label) in entities
        ]

    def _result(self, mention: Mention) -> RecognizerResult:
        seen_by = ", ".join(mention.sources)
        return RecognizerResult(
            entity_type=ENTITY_OF[mention.label],
            start=mention.start,
            end=mention.end,
            score=mention.score,
            analysis_explanation=AnalysisExplanation(
                recognizer=NAME,
                original_score=mention.score,
                textual_explanation=f"{mention.kind}: {seen_by}" if mention.kind else seen_by,
            ),
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: NAME,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            },
        )
