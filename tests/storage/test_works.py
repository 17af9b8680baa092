"""Works: joint or alone, and which meet in a place and a week before they happen."""

from __future__ import annotations

import pytest

from storage import periods
from storage.partners import Institution
from storage.works import State, Work, is_joint, overlapping, places


def work(begins: str, finishes: str | None, place: str, state: str = State.PLANNED) -> Work:
    """A work of that time, as far as it is known."""
    last = {name: periods.parse(key).last if key else None for name, key in (("b", begins), ("f", finishes))}
    dates = {"begins": begins, "begins_on": last["b"], "finishes": finishes, "finishes_on": last["f"]}
    return Work(name="", kind="mission", place=place, state=state, institutions=[], **dates)


@pytest.mark.parametrize(
    ("lead", "joined", "on_behalf", "joint"),
    [
        (1, (), None, False),
        (1, (2,), None, True),
        (1, (1,), None, False),
        (1, (), 2, True),
        (None, (), None, False),
        (None, (), 2, True),
    ],
)
def test_joint_is_two_institutions_or_one_on_behalf_of_another(
    lead: int | None, joined: tuple[int, ...], on_behalf: int | None, joint: bool
) -> None:
    partners = [Institution(id=each, code=str(each), name_fr="", name_en="") for each in joined]
    assert is_joint(Work(lead_id=lead, on_behalf_id=on_behalf, institutions=partners)) is joint


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ségou", {"segou"}),
        ("Ségou, Mopti et San", {"segou", "mopti", "san"}),
        ("SEGOU ; Niono / Macina", {"segou", "niono", "macina"}),
        ("en ligne", set()),
        ("", set()),
    ],
)
def test_places_are_compared_as_people_mean_them(written: str, read: set[str]) -> None:
    assert places(written) == read


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (work("2027-04-16", "2027-04-17", "segou"), True),
        (work("2027-04-05", "2027-04-12", "Mopti, Ségou"), True),
        (work("2027-W15", None, "Ségou"), True),
        (work("2027-Q2", None, "Ségou"), True),
        (work("2027-04-19", "2027-04-21", "Ségou"), False),
        (work("2027-04-14", None, "Mopti"), False),
        (work("2027-04-14", None, "Ségou", State.CANCELLED), False),
        (work("2027-04-14", None, "Ségou", State.POSTPONED), False),
    ],
)
def test_two_works_meet_in_one_place_in_one_week_whatever_the_day(other: Work, meets: bool) -> None:
    mission = work("2027-04-12", "2027-04-14", "Ségou")
    assert (overlapping(mission, [mission, other]) == [other]) is meets
