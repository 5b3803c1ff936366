"""The steward's page: a local server over an open study, for one person at one browser.

Nothing of it is reachable from another machine, and originals stand only in what the authorised
browser is answered (docs/security.md, section 5). It decides nothing itself: `redact.review` does.
"""
