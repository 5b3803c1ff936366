"""Finding mentions: everything in a transcript that points at a person, place or organisation.

Each recognizer gives mentions of one transcript; the keep-list takes out what
must stay; `combine` settles overlaps; `evidence` then looks for every form
found once in the whole corpus. Nothing here ever sees the linkage key.
"""

from redact.offline import load_without_probe

load_without_probe()
