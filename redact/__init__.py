"""redact: confidential interview transcripts in, a corpus that can be shared out.

The code reads in the order the data travels:
transcript → mentions → entities → decisions → safe transcript → release.
`pipeline.py` tells that story on one page. Importing this package is light:
spaCy and Presidio are imported where they are used.
"""

__version__ = "0.1.0"
