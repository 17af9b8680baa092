"""How the demo's register is written: who notes a decision, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot.rehearsal.world.shapes import ALL, DONE, ENDORSEMENT, NEGATIVE, OPEN, Decision


def noted(
    number: str,
    day: str,
    kind: str,
    text: str,
    *,
    by: tuple[str, ...] = (),
    carrier: str | None = None,
    due: tuple[str, str | None] = ("", None),
    status: str = OPEN,
    on: str = "",
    replaced_by: str | None = None,
    visibility: str = ALL,
    pen: str = "UPOOLCOO01",
    hour: str = "15:30",
    review: str = "",
    to: str | None = None,
    work: str | None = None,
) -> Decision:
    """The decision of that meeting day, noted by the Pool Technique at that hour (UTC) of the same day.

    An endorsement and a decision not to do something are settled as soon as they are taken.
    ``due`` is the deadline as written and its key; ``on`` the civil day when it was done or found not done,
    ``review`` the one on which it comes back; ``to`` and ``work`` to whom a recommendation speaks and which work made it.
    """
    meeting = date.fromisoformat(day)
    settled = date.fromisoformat(on) if on else None
    if kind in (ENDORSEMENT, NEGATIVE):
        status, settled = DONE, meeting
    return Decision(
        number=number,
        body=number.split("-")[0],
        day=meeting,
        kind=kind,
        text=text,
        responsible=by,
        carrier=carrier,
        deadline=due[0],
        deadline_key=due[1],
        status=status,
        noted_at=datetime.combine(meeting, time.fromisoformat(hour), UTC),
        noted_by=pen,
        visibility=visibility,
        settled_on=settled,
        replaced_by=replaced_by,
        review_on=date.fromisoformat(review) if review else None,
        addressee=to,
        work=work,
    )
