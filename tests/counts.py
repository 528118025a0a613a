"""How many examples a test draws: all in a campaign (``python tests/campaigns.py``), a tenth of 100 and more in CI."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import settings

Test = TypeVar("Test", bound=Callable[..., Any])
CAMPAIGN = "PLANTSIM_CAMPAIGN"  # in the environment: the seed of the campaign that runs
MANY = 100  # from here on a count is a campaign's
EXAMPLES = 40  # of a test that names no count, and the fewest of one that names MANY or more


def campaign_seed() -> int | None:
    """Return the seed of the campaign that runs, None in CI and by hand."""
    given = os.environ.get(CAMPAIGN, "")
    return int(given) if given else None


def count(full: int) -> int:
    """Return how many examples to draw of a count of ``full``."""
    if campaign_seed() is not None or full < MANY:
        return full
    return max(EXAMPLES, full // 10)


def seed(own: int) -> int:
    """Return the seed of rows that a test draws itself: its own in CI, another in each campaign."""
    return own + 1_000_003 * (campaign_seed() or 0)


def examples(full: int, **more: Any) -> Callable[[Test], Test]:
    """Let a hypothesis test draw ``full`` examples in a campaign; more: further hypothesis settings."""
    return settings(max_examples=count(full), deadline=None, **more)


def register_profiles() -> None:
    """Make and load hypothesis's profiles: ci draws the same examples in every run, a campaign others each time."""
    settings.register_profile(
        "ci", max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, print_blob=True
    )
    settings.register_profile(
        "campaign", max_examples=10 * EXAMPLES, deadline=None, database=None, print_blob=True
    )
    settings.load_profile("ci" if campaign_seed() is None else "campaign")
