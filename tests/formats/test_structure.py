"""The tables of structure: what they take, what they do not, and no name in any of their places."""

import pytest

from redact.formats.structure import field_of, is_published, kind_of_element, row_of
from tests.formats.maximal import documents, schema
from tests.formats.plant_everywhere import Fate, fate_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


@pytest.mark.parametrize(("ending", "least"), [(".docx", 1800), (".odt", 800)])
def test_a_name_in_every_attribute_of_a_schema_does_not_go_out(ending: str, least: int) -> None:
    assert sum(1 for _ in schema(ending)) > least
    tried = list(documents(ending))[::9]  # the whole is in `make torture`
    assert {planted.place: fate_of(planted) for planted in tried} == {
        planted.place: Fate.MADE_SAFE for planted in tried
    }


@pytest.mark.parametrize("space", [W, STRICT])
def test_a_row_says_what_a_field_may_be(space: str) -> None:
    row = row_of(f"{space} jc")
    assert row is not None
    field = field_of(row, f"{space} val")
    assert field is not None
    assert field.takes("center")
    assert not field.takes("Morag")


@pytest.mark.parametrize("element", ["dropDownList", "listItem", "rsid", "docVars", "mailMerge"])
def test_elements_of_a_schema_that_hold_words_unseen_are_on_no_table(element: str) -> None:
    assert row_of(f"{W} {element}") is None
    assert is_published(f"{W} {element}")


def test_what_goes_is_told_by_a_kind() -> None:
    assert kind_of_element(f"{W} dropDownList") == "form fields"
    assert kind_of_element("urn:q morag") == "unknown structure"
