"""Why two mentions are one: mentions become entities, and each link says why.

Cautious by default: within a transcript a part of a name joins the one full
name it fits; across transcripts it joins the one person who fits best, by
evidence. What fits two people is kept apart and asked about.
"""
