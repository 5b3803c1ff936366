"""Elements of XML as the metadata write them: none where there is nothing to say."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def add_element(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element | None:
    """An element with its text; None where there is none. Attributes without a value are left out;
    `lang` is xml:lang."""
    if not text:
        return None
    said = {("xml:lang" if k == "lang" else k): v for k, v in attributes.items() if v}
    made = ET.SubElement(parent, tag, said)
    made.text = text
    return made


def xml_text(root: ET.Element) -> str:
    """The document as it is written into a release."""
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
