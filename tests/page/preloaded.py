"""What a page loads, for the process that others are forked from."""

from importlib import import_module

from redact.detect.gazetteer import place_forms
from redact.offline import load_without_azure

for name in ("redact.cli", "redact.key.looks", "redact.page.room", "redact.page.server"):
    import_module(name)
load_without_azure()
place_forms()
