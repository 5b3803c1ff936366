"""Why two mentions are one: mentions become entities, and each link says why.

Cautious by default: within a transcript a part of a name joins the one full
name it fits; across transcripts only a full name, a roster entry, or the same
organisation and name. What fits two people is kept apart and asked about.
"""
