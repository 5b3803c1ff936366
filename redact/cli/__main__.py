"""`python -m redact.cli`: the same as `redact`."""

from redact.cli import main

main()
