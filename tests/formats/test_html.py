"""Web pages: lines of the blocks, what is hidden goes, and another parser reads the same."""

import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.policy import Handling

# As noScribe writes one, after its documentation; the talk is invented.
NOSCRIBE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/strict.dtd">
<html><head><meta charset="UTF-8" />
<style type="text/css">
    p, li {white-space: pre-wrap;}
    @page WordSection1 {mso-line-numbers-restart: continuous;}
</style>
<meta name="audio_source" content="/home/morag/macleod.wav">
</head>
<body style="font-family: 'Arial'; font-weight: 400"><div class="WordSection1">
<p style="font-weight:600;">interview</p>
<p><a name="ts_0_1000_S00" ><span style="color: #606060">[00:00:01]</span> S00: Who&nbsp;is it?</a></p>
<p><a name="ts_1000_4000_Morag MacLeod" >Morag MacLeod: It was Seon</a><b>aidh</b>
   MacAskill &amp; me, 3 < 4.</p><!-- Morag --><script>var who = "Morag"</script>
</div></body></html>
"""  # noqa: E501 as it is written
NAME = re.compile(r"Seonaidh\s+MacAskill|Morag MacLeod|Morag")


def made_safe(page: str, handling: Handling | None = None) -> tuple[str, str]:
    reading = read_file(page.encode(), "a.html", "a", handling or Handling())
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in NAME.finditer(reading.text)]
    written = write_file(reading, edits, "a.html", handling or Handling())
    data = written.data
    return data.decode(), written.text


def test_blocks_are_lines_and_what_is_hidden_goes() -> None:
    reading = read_file(NOSCRIBE.encode(), "a.html", "a")
    assert reading.text == (
        "interview\n[00:00:01] S00: Who\N{NO-BREAK SPACE}is it?\n"
        "Morag MacLeod: It was Seonaidh    MacAskill & me, 3 < 4.\n"
    )
    assert reading.dropped == {"attributes": 3, "comments": 1, "scripts": 1}
    safe, text = made_safe(NOSCRIBE)
    assert "[Person 1]: It was [Person 1] & me" in text
    assert not re.search("Morag|MacLeod|Seon|aidh|MacAskill", safe)
    assert 'name="ts_0_1000_S00"' in safe
    assert 'name="ts_1000_4000_"' in safe
    assert "p, li {white-space: pre-wrap;}" in safe


def test_a_class_and_an_anchor_are_not_taken_for_those_of_programs() -> None:
    anchor, of_apple = "ts_7911123456_4000_S00", "Apple-seonaidh-macaskill"
    page = f'<p class="{of_apple} Apple-tab-span"><a name="{anchor}">Aye.</a></p>'
    assert made_safe(page)[0] == '<p class="c1 Apple-tab-span"><a >Aye.</a></p>'


@pytest.mark.parametrize(
    "page",
    [
        '<p><img src="data:image/png;base64,AAAA">Aye.',
        "<p>Aye.<audio controls>x</audio>",
        '<p>Aye.<object data="x"></object>',
        "<svg><text>Morag</text></svg><p>Aye.",
    ],
)
def test_media_is_refused_or_dropped(page: str) -> None:
    with pytest.raises(BadInput, match="line 1 holds a picture"):
        read_file(page.encode(), "a.html", "a")
    safe, text = made_safe(page, Handling(media="drop"))
    assert text.strip() == "Aye."
    assert not re.search("data:|Morag|audio|object", safe)


@pytest.mark.parametrize("page", ['<p title="Morag', "<script>Morag", "<p>Morag <b", "<"])
def test_what_is_cut_off_is_refused_or_read(page: str) -> None:
    if page == "<":
        assert read_file(page.encode(), "a.html", "a").text == "<"
        return
    with pytest.raises(BadInput) as refused:
        read_file(page.encode(), "a.html", "a")
    assert "Morag" not in refused.value.line()


def test_a_page_may_say_its_encoding() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>Zoë’s café'
    data = page.encode("cp1252")
    reading = read_file(data, "a.htm", "a")
    assert reading.text.strip() == "Zoë’s café"
    assert write_file(reading, [], "a.htm").data == data


WORDS = st.text(st.sampled_from("ab é<&\"'>\n;#"), max_size=8)
TREES = st.recursive(
    st.tuples(st.sampled_from(["b", "i", "span", "a", "br"]), WORDS, st.just(()), WORDS),
    lambda inner: st.tuples(
        st.sampled_from(["div", "b", "i", "span", "ul", "blockquote"]),
        WORDS,
        st.lists(inner, max_size=3).map(tuple),
        WORDS,
    ),
    max_leaves=8,
)


def grown(tree: tuple[str, str, tuple[object, ...], str]) -> etree._Element:
    tag, said, children, after = tree
    element = lxml.html.Element(tag)
    if tag != "br":
        element.text = said
        for child in children:
            element.append(grown(child))  # type: ignore[arg-type]
    element.tail = after
    return element


@given(st.lists(TREES, min_size=1, max_size=4))
def test_another_parser_reads_the_same_words(trees: list[tuple[str, str, tuple[()], str]]) -> None:
    body = lxml.html.Element("body")
    for tree in trees:
        body.append(grown(tree))
    page = etree.Element("html")
    page.append(body)
    data = etree.tostring(page, method="html", encoding="utf-8")
    reading = read_file(data, "a.html", "a")
    said = lxml.html.fromstring(data.decode()).text_content()
    assert "".join(reading.text.split()) == "".join(said.split())
    assert write_file(reading, [], "a.html").data == data
