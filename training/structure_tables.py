"""Makes the tables of structure from published schemas: `structure_tables.py ecma|odf SCHEMA…`.

Prints a row for each element: its name, `leaf` if nothing can stand in it, and its attributes with
the kinds of their values. What a schema calls a string is not in it: `structure/by_hand.txt` says of
each such field what becomes of it. The schemas are those of ECMA-376 (XSD, transitional) and of
OASIS OpenDocument 1.3 (RELAX NG); facts of them go into the tables, no text.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

XSD = "{http://www.w3.org/2001/XMLSchema}"
RNG = "{http://relaxng.org/ns/structure/1.0}"
PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/sharedTypes": "s",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10",
    "urn:schemas-microsoft-com:office:excel": "xvml",
}
# Types of which the schemas say less than what programs write, or more than is needed.
NAMED = {
    "ST_OnOff": "*boolean",
    "ST_TrueFalse": "*boolean|True|False",
    "ST_TrueFalseBlank": "*boolean|*blank|True|False",
    "ST_HexColor": "*colour",
    "ST_HexColorRGB": "*colour",
    "ST_UnsignedIntHex": "*colour",
    "ST_ColorType": "*colour",
    "ST_Lang": "*language",
    "ST_TextLanguageID": "*language",
    "ST_RelationshipId": "~relation",
    "ST_TextTypeface": "*face",
    "ST_Guid": "*guid",
    "ST_Ref": "*cell",
    "ST_CellRef": "*cell",
    "ST_Sqref": "*cells",
    "ST_CellSpans": "*spans",
    "ST_Panose": "",
    "ST_LongHexNumber": "",
    "ST_ShortHexNumber": "*hex",
    "ST_UcharHexNumber": "*hex",
    "ST_DateTime": "",
    "ST_UniversalMeasure": "*measure",
    "ST_PositiveUniversalMeasure": "*measure",
    "ST_Percentage": "*measure|*whole",
    "ST_Coordinate": "*length|*measure",
    "ST_Coordinate32": "*length|*measure",
    "ST_CoordinateUnqualified": "*length",
    "ST_PositiveCoordinate": "*length",
    "ST_PositiveCoordinate32": "*length",
    "ST_PositionOffset": "*length",
    "ST_WrapDistance": "*length",
    "ST_LineWidth": "*length",
    "ST_Angle": "*length",
    "ST_FixedAngle": "*length",
    "ST_PositiveFixedAngle": "*length",
    "ST_AdjCoordinate": "*length|*guide",
    "ST_AdjAngle": "*length|*guide",
    "ST_GeomGuideName": "*guide",
    "ST_GeomGuideFormula": "*guide",
    "ST_DrawingElementId": "~drawing",
    "ST_Xstring": "",
    "ST_String": "",
}
BASES = {
    "boolean": "*boolean",
    "integer": "*whole",
    "int": "*whole",
    "unsignedInt": "*whole",
    "short": "*whole",
    "unsignedShort": "*whole",
    "byte": "*whole",
    "unsignedByte": "*whole",
    "long": "*length",
    "unsignedLong": "*whole",
    "decimal": "*number",
    "float": "*number",
    "double": "*number",
    "nonNegativeInteger": "*whole",
    "positiveInteger": "*whole",
}


@dataclass(slots=True, kw_only=True)
class Element:
    attributes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    required: list[str] = field(default_factory=list)  # once for each place
    leaf: bool = True
    text: set[str] = field(default_factory=set)
    declared: int = 0  # in so many places


class Schemas:
    """Types and elements of several XSDs by `prefix:name`."""

    def __init__(self, paths: list[str]) -> None:
        self.defined: dict[tuple[str, str], etree._Element] = {}
        self.roots = [etree.parse(path).getroot() for path in paths]
        for root in self.roots:
            for child in root:
                if isinstance(child.tag, str) and child.get("name"):
                    kind = child.tag.removeprefix(XSD).replace("simpleType", "type")
                    kind = kind.replace("complexType", "type")
                    self.defined[kind, self.own(child, child.get("name"))] = child
        self.elements: dict[str, Element] = defaultdict(Element)
        for root in self.roots:
            for one in root.iter(f"{XSD}element"):
                if one.get("name"):
                    self.add(one)

    def own(self, node: etree._Element, name: str) -> str:
        space = node.getroottree().getroot().get("targetNamespace")
        return f"{PREFIXES.get(space, '?')}:{name}"

    def of(self, node: etree._Element, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        space = node.nsmap.get(prefix or None)
        if space == XSD[1:-1]:
            return f"xsd:{local}"
        return f"{PREFIXES.get(space, '?')}:{local}"

    def add(self, one: etree._Element) -> None:
        element = self.elements[self.own(one, one.get("name"))]
        element.declared += 1
        type_ = self.type_of(one)
        if isinstance(type_, str):
            element.text |= set(filter(None, self.simple(one, type_).split("|")))
        elif type_ is not None and type_.tag == f"{XSD}simpleType":
            element.text |= set(filter(None, self.values(type_).split("|")))
        elif type_ is not None:
            for attribute in self.attributes(type_):
                name, spec, required = attribute
                element.attributes[name] |= set(filter(None, spec.split("|")))
                if required:
                    element.required.append(name)
            if self.holds(type_):
                element.leaf = False

    def type_of(self, one: etree._Element) -> etree._Element | str | None:
        named = one.get("type")
        if named is None:
            inner = one.find(f"{XSD}complexType")
            return inner if inner is not None else one.find(f"{XSD}simpleType")
        full = self.of(one, named)
        return self.defined.get(("type", full), full)

    def holds(self, type_: etree._Element) -> bool:
        if any(type_.find(f".//{XSD}{name}") is not None for name in ("element", "group", "any")):
            return True
        extension = type_.find(f".//{XSD}extension")
        if extension is None:
            return False
        base = self.defined.get(("type", self.of(extension, extension.get("base"))))
        return base is not None and base.tag == f"{XSD}complexType" and self.holds(base)

    def attributes(self, type_: etree._Element) -> Iterator[tuple[str, str, bool]]:
        for node in type_.iter(f"{XSD}attribute", f"{XSD}attributeGroup", f"{XSD}extension"):
            if node.tag == f"{XSD}extension":
                base = self.defined.get(("type", self.of(node, node.get("base"))))
                if base is not None and base.tag == f"{XSD}complexType":
                    yield from self.attributes(base)
            elif node.tag == f"{XSD}attributeGroup" and node.get("ref"):
                group = self.defined.get(("attributeGroup", self.of(node, node.get("ref"))))
                if group is not None:
                    yield from self.attributes(group)
            elif node.tag == f"{XSD}attribute":
                yield self.attribute(node)

    def attribute(self, node: etree._Element) -> tuple[str, str, bool]:
        required = node.get("use") == "required"
        if ref := node.get("ref"):
            full = self.of(node, ref)
            declared = self.defined.get(("attribute", full))
            if declared is None:
                return full, "preserve|default" if full == "xml:space" else "", required
            return full, self.attribute(declared)[1], required
        name = node.get("name")
        root = node.getroottree().getroot()
        qualified = node.get("form", root.get("attributeFormDefault")) == "qualified"
        top = node.getparent() is root
        full = self.own(node, name) if qualified or top else name
        inner = node.find(f"{XSD}simpleType")
        if inner is not None:
            return full, self.values(inner), required
        return full, self.simple(node, self.of(node, node.get("type", "xsd:string"))), required

    def simple(self, node: etree._Element, full: str) -> str:
        prefix, _, local = full.partition(":")
        if local in NAMED:
            return NAMED[local]
        if prefix == "xsd":
            return BASES.get(local, "")
        defined = self.defined.get(("type", full))
        if defined is None or defined.tag != f"{XSD}simpleType":
            return ""
        return self.values(defined)

    def values(self, simple: etree._Element) -> str:
        specs: list[str] = []
        for node in simple.iter(f"{XSD}enumeration"):
            specs.append(node.get("value"))
        if specs:
            values = [value for value in specs if value and " " not in value]
            return "|".join(value.replace("|", "") for value in values)
        for node in simple:
            if node.tag == f"{XSD}restriction" and node.get("base"):
                specs.append(self.simple(node, self.of(node, node.get("base"))))
            elif node.tag == f"{XSD}union":
                members = node.get("memberTypes", "").split()
                specs += [self.simple(node, self.of(node, member)) for member in members]
                specs += [self.values(inner) for inner in node.findall(f"{XSD}simpleType")]
            elif node.tag == f"{XSD}list" and node.get("itemType"):
                specs.append(self.simple(node, self.of(node, node.get("itemType"))))
        return "|".join(filter(None, specs))


KINDS = {
    "boolean": "*boolean",
    "integer": "*whole",
    "nonNegativeInteger": "*whole",
    "positiveInteger": "*whole",
    "double": "*number",
    "float": "*number",
    "decimal": "*number",
    "length": "*measure|*whole",
    "nonNegativeLength": "*measure|*whole",
    "positiveLength": "*measure",
    "percent": "*measure",
    "signedZeroToHundredPercent": "*measure",
    "zeroToHundredPercent": "*measure",
    "relativeLength": "*measure",
    "color": "*colour",
    "angle": "*measure|*number",
    "languageCode": "*language",
    "countryCode": "*country",
    "scriptCode": "*script",
    "language": "*language",
    "duration": "*time",
    "styleNameRef": "~style",
    "styleName": "~style",
    "styleNameRefs": "~style",
    "borderWidths": "*measures",
    "cellAddress": "*cell",
    "cellRangeAddress": "*cell",
    "ID": "~id",
    "IDREF": "~id",
    "IDREFS": "~id",
    "coordinate": "*measure|*whole",
    "distance": "*measure|*whole",
    "valueType": "float|percentage|currency|date|time|boolean|string",
}
NOTHING = frozenset(
    "string anyURI anyIRI dateTime date timeOrDateTime dateOrDateTime time textEncoding "
    "character namespacedToken formula CURIE CURIEs SafeCURIE URIorSafeCURIE base64Binary "
    "targetFrameName NCName token".split()
)


class Grammar:
    """Elements of a RELAX NG grammar."""

    def __init__(self, path: str) -> None:
        self.root = etree.parse(path).getroot()
        self.defines: dict[str, list[etree._Element]] = defaultdict(list)
        for node in self.root.iter(f"{RNG}define"):
            self.defines[node.get("name")].append(node)
        self.elements: dict[str, Element] = {}
        for node in self.root.iter(f"{RNG}element"):
            if name := node.get("name"):
                element = self.elements.setdefault(name, Element())
                element.declared += 1
                self.walk(node, element, set(), optional=False)

    def walk(self, node: etree._Element, element: Element, seen: set[str], optional: bool) -> None:
        for child in node:
            if not isinstance(child.tag, str):
                continue
            tag = child.tag.removeprefix(RNG)
            if tag == "attribute" and child.get("name"):
                name = child.get("name")
                spec = self.spec(child, set())
                element.attributes[name] |= spec
                if not optional:
                    element.required.append(name)
            elif tag == "element":
                element.leaf = False
            elif tag == "ref":
                name = child.get("name")
                if name in seen:
                    continue
                seen.add(name)
                for define in self.defines[name]:
                    self.walk(define, element, seen, optional)
            elif tag in ("text", "data", "mixed"):
                element.leaf = False
                element.text.add("!words")
                self.walk(child, element, seen, optional)
            else:
                loose = tag in ("optional", "choice", "zeroOrMore")
                self.walk(child, element, seen, optional or loose)

    def spec(self, node: etree._Element, seen: set[str]) -> set[str]:
        found: set[str] = set()
        for child in node:
            if not isinstance(child.tag, str):
                continue
            tag = child.tag.removeprefix(RNG)
            if tag == "value":
                found.add((child.text or "").strip())
            elif tag == "data":
                found |= set(filter(None, KINDS.get(child.get("type"), "").split("|")))
            elif tag == "ref":
                name = child.get("name")
                if name in KINDS:
                    found |= set(KINDS[name].split("|"))
                elif name not in NOTHING and name not in seen:
                    seen.add(name)
                    for define in self.defines[name]:
                        found |= self.spec(define, seen)
            else:
                found |= self.spec(child, seen)
        return {value for value in found if value and " " not in value and "|" not in value}


def printed(elements: dict[str, Element]) -> Iterator[str]:
    """The rows; values that several attributes share have a name, `=1`."""
    sets: dict[str, str] = {}

    def named(values: set[str]) -> str:
        spec = "|".join(sorted(values))
        if len(spec) < 24:
            return spec
        return "=" + sets.setdefault(spec, str(len(sets) + 1))

    rows = []
    for name, element in sorted(elements.items()):
        if name.startswith("?"):
            continue
        row = [name]
        if element.leaf and not element.text:
            row.append("leaf")
        if element.text:
            row.append(f".={named(element.text)}")
        for attribute, values in sorted(element.attributes.items()):
            if not attribute.startswith("?") and not (attribute.endswith(":rsid")):
                needed = element.required.count(attribute) == element.declared
                mark = "!" if needed else ""
                row.append(f"{attribute}{mark}={named(values)}")
        rows.append(" ".join(row))
    for spec, name in sets.items():
        yield f"= {name} {spec.replace('|', ' ')}"
    yield from rows


if __name__ == "__main__":
    which, *files = sys.argv[1:]
    made = Grammar(files[0]).elements if which == "odf" else Schemas(files).elements
    print("\n".join(printed(made)))
