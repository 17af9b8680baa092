"""Who held it then: the office under which something was decided, as it was on that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

import storage.mandates
from handlers.language import Speaker, message
from storage.groups import Group, Kind
from storage.mandates import Mandate, Office
from storage.partners import Institution

LEAD_THEN = message("chef de file then: {institution}")
COORDINATOR_THEN = message("coordinated then by: {institution}")


def office_of(group: Group) -> tuple[Office, int | None]:
    """Whose office counts for what is decided there: the chef de file's in a body, else the group's coordinator's."""
    return (Office.LEAD, None) if group.kind == Kind.BODY else (Office.COORDINATOR, group.id)


def among(mandates: Sequence[Mandate], group: Group, day: date) -> Mandate | None:
    """The mandate under which something was decided there on that day, of those given; the latest begun of several."""
    office, group_id = office_of(group)
    held = [
        mandate
        for mandate in mandates
        if (mandate.office, mandate.group_id) == (office, group_id)
        and mandate.starts <= day
        and (mandate.ends is None or mandate.ends >= day)
    ]
    return max(held, key=lambda mandate: (mandate.starts, mandate.id), default=None)


def then(session: Session, speaker: Speaker, group: Group, day: date, today: date) -> str:
    """Which institution held it on that day, where that is over by now; "" where it is still so, or none is known."""
    if day >= today:
        return ""
    office, group_id = office_of(group)
    mandate = storage.mandates.held_on(session, office, group_id, day)
    if mandate is None or mandate.institution_id is None or mandate.ends is None or mandate.ends >= today:
        return ""
    institution = session.get_one(Institution, mandate.institution_id).name(speaker.language)
    return speaker.say(LEAD_THEN if office == Office.LEAD else COORDINATOR_THEN, institution=institution)
