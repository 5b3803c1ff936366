"""The recording that goes with a transcript: where in it that is heard which the text hides."""
