"""Prefixes of namespaces that no program writes: a person may have chosen them, so they go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from redact.formats.allowed import Kind, is_a
from redact.formats.xml import Tag, scan

_DECLARED = re.compile(rb"xmlns:([^\s=\"'<>/]+)\s*=")
_NAME = re.compile(rb"</?([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"([^\s=\"'<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


def with_plain_prefixes(data: bytes, where: str) -> bytes:
    """A part in which prefixes that no program writes are n1, n2 …"""
    declared = set(_DECLARED.findall(data))
    odd = sorted(one for one in declared if not is_a(Kind.PREFIX, one.decode("utf-8", "replace")))
    if not odd:
        return data
    numbers = (b"n%d" % number for number in count(1))
    free = (prefix for prefix in numbers if prefix not in declared)
    new = dict(zip(odd, free, strict=False))
    pieces, at = [], 0
    for event in scan(data, where):
        if isinstance(event, Tag) and event.to > event.at:
            pieces += [data[at : event.at], _renamed(data[event.at : event.to], new)]
            at = event.to
    return b"".join([*pieces, data[at:]])


def _renamed(raw: bytes, new: Mapping[bytes, bytes]) -> bytes:
    """A tag with other prefixes."""
    head = _NAME.match(raw)
    if head is None:
        return raw
    opens, closes = (b"</", b">") if raw.startswith(b"</") else (b"<", b">")
    attributes = [
        b" " + _with_prefix(one[1], new) + b"=" + one[2]
        for one in _ATTRIBUTE.finditer(raw, head.end())
    ]
    closes = b"/>" if raw.endswith(b"/>") else closes
    return b"".join([opens, _with_prefix(head[1], new), *attributes, closes])


def _with_prefix(name: bytes, new: Mapping[bytes, bytes]) -> bytes:
    prefix, colon, local = name.partition(b":")
    if prefix == b"xmlns" and colon:
        return b"xmlns:" + new.get(local, local)
    return new.get(prefix, prefix) + colon + local if colon else name
