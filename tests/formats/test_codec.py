"""Words as each kind of file writes them."""

import pytest

from redact.formats.codec import Codec, encode


@pytest.mark.parametrize(
    ("text", "codec", "written"),
    [
        ('A & B <c> "d"', "xml", b'A &amp; B &lt;c&gt; "d"'),
        ("\"d\" 'e'", "attribute", b"&quot;d&quot; &apos;e&apos;"),
        ('say "hi"\n', "json", b'say \\"hi\\"\\n'),
        ("é", "json-ascii", b"\\u00e9"),
        ("a, b", "cell", b'"a, b"'),
        ("a", "cell", b"a"),
        ('a "b"', "quoted", b'a ""b""'),
    ],
)
def test_words_are_written_as_the_format_writes_them(
    text: str, codec: Codec, written: bytes
) -> None:
    assert encode(text, codec) == written


def test_what_an_encoding_cannot_write_becomes_a_reference_in_xml() -> None:
    assert encode("Siân 日", "xml", "iso-8859-1") == "Siân &#26085;".encode("latin-1")
    with pytest.raises(UnicodeEncodeError):
        encode("日", "plain", "iso-8859-1")
