"""A transcript as people typed it: turns, speaker labels, headers, and the words for matching."""
