"""Vectors of our own for sealed files and shares: see README.md beside this file."""
