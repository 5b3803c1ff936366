"""The linkage key: who is behind each pseudonym, sealed, and who may open it.

The linkage file is sealed to one identity of the study; custodians hold packets
that contain this identity. This package knows nothing of language: it takes
and gives plain payloads.
"""
