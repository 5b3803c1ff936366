"""Initials by which the talk calls somebody are a person's; acronyms and degrees are not."""

import pytest

from redact.transcript.told_initials import told_initials


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("And J.T. said no, and that was J.T.'s truck.", ["J.T.", "J.T."]),
        ("Ask W.E.B. about it. (I.S., 6/16)", ["W.E.B.", "I.S."]),
        ("Typed by KB. Int. by LWB, checked RK", ["KB", "LWB", "RK"]),
        ("[the name is not sure -- DK]", ["DK"]),
        ("Sign by your initials. I've got XF, FS and RB.", ["XF", "FS", "RB"]),
        ("In the U.S. at 10 A.M. she saw an M.D. on T.V. in D.C.", []),
        ("J.T. Haig came. The NHS typed it. Checked OK.", []),
        ("Q. But R.L. is...\nA. R.L. is here.", ["R.L.", "R.L."]),
        ("e.g. this, i.e. that; A.B.C.D.E. and P07", []),
    ],
)
def test_initials_of_talk(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in told_initials(text)] == found
