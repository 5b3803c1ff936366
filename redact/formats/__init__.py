"""Reading what people bring: transcripts and the tables beside them.

One module a format; each gives text and what is needed to write the same bytes
back. Nothing here knows what a name is.
"""
