"""The kinds of list that `redact times` makes, by the program that reads them."""

from enum import StrEnum


class ListKind(StrEnum):
    """A program, or a table for any; the values are those of `--as`."""

    AUDACITY = "audacity"
    CSV = "csv"
    FFMPEG = "ffmpeg"
    ELAN = "elan"
    PRAAT = "praat"
