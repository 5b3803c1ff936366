"""The governance audit log: who did what when, under which policy, unchangeable unnoticed.

One JSON object a line (RFC 8785), each naming the hash of the line before it,
the whole under a signed checkpoint (RFC 6962 tree, C2SP checkpoint and signed
note). It never holds original values, source file names or unkeyed hashes of
either. It knows nothing of language: it takes plain event data.
"""
