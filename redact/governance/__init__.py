"""Governance: what a policy means for people, in words that a board can read."""
