"""Tests of what still identifies without a name."""
