"""A purpose instead of a policy's name: what it makes is a policy that can be read and edited."""

from __future__ import annotations

import pytest

from redact.errors import UsageError
from redact.page.purposes import CHOICES, OFFERS, Offer, Purpose, policy_for, read_policy
from redact.policy import find_policy, load_policy

EACH_WAY = [(one.label, way.action) for one in CHOICES for way in one.ways]


@pytest.mark.parametrize("offer", OFFERS, ids=lambda one: one.purpose)
def test_a_purpose_asks_for_reading_as_it_says(offer: Offer) -> None:
    policy = read_policy(offer.purpose, {})
    assert policy.release.review == ("required" if offer.is_read else "none")
    if offer.is_read:  # and then few names may be left
        assert policy.risk.most_left <= 10


@pytest.mark.parametrize("purpose", list(Purpose))
def test_what_nobody_changed_is_the_shipped_policy_to_the_byte(purpose: Purpose) -> None:
    offer = next(one for one in OFFERS if one.purpose is purpose)
    assert policy_for(purpose, {}) == load_policy(find_policy(offer.policy))[1]


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize(("label", "action"), EACH_WAY)
def test_each_way_that_is_offered_makes_a_policy_that_has_it(
    purpose: Purpose, label: str, action: str
) -> None:
    policy = read_policy(purpose, {label: action})
    assert getattr(policy.actions, label) == action
    usual = read_policy(purpose, {})
    others = [one.label for one in CHOICES if one.label != label]
    assert [policy.actions.of(one) for one in others] == [usual.actions.of(one) for one in others]
    assert policy.release.review == usual.release.review


@pytest.mark.parametrize("chosen", [{"PERSON": "keep"}, {"PHONE": "label"}, {"x": "y"}])
def test_what_is_not_offered_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="not offered"):
        policy_for(Purpose.ARCHIVE, chosen)
