"""The demo world of the rehearsal: a bilingual year of a donor coordination group in Mali, March 2026 to 3 March 2027.

Plain values only, written by hand: who there is, who holds which mandate, what was decided and what was reported; the
structure follows DOMAIN.md sections 1 to 3. Nothing here writes, and nothing but `storage.periods` is imported from below.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bot.rehearsal.world import plans
from bot.rehearsal.world.absences import ABSENCES
from bot.rehearsal.world.actions import ACTIONS, ANSWERS
from bot.rehearsal.world.arrangements import ARRANGEMENTS
from bot.rehearsal.world.channels import CHANNELS
from bot.rehearsal.world.contacts import CONTACTS
from bot.rehearsal.world.decisions import DECISIONS
from bot.rehearsal.world.expertise import EXPERTISE
from bot.rehearsal.world.groups import GROUPS
from bot.rehearsal.world.institutions import INSTITUTIONS
from bot.rehearsal.world.mandates import MANDATES
from bot.rehearsal.world.meetings import MEETINGS
from bot.rehearsal.world.people import PEOPLE
from bot.rehearsal.world.reporting import DECIDED
from bot.rehearsal.world.requests import REQUESTS
from bot.rehearsal.world.roles import ROLES
from bot.rehearsal.world.shapes import World
from bot.rehearsal.world.sittings import SITTINGS
from bot.rehearsal.world.talk import TALK
from bot.rehearsal.world.updates import UPDATES
from bot.rehearsal.world.works import WORKS

WORLD = World(
    today=datetime(2027, 3, 3, 9, 0, tzinfo=UTC),
    institutions=INSTITUTIONS,
    groups=GROUPS,
    people=PEOPLE,
    mandates=MANDATES,
    channels=CHANNELS,
    meetings=MEETINGS,
    decisions=DECISIONS,
    actions=ACTIONS,
    answers=ANSWERS,
    updates=UPDATES,
    talk=TALK,
    absences=ABSENCES,
    decided=DECIDED,
    kept=SITTINGS + plans.KEPT + WORKS + ARRANGEMENTS + ROLES + CONTACTS + REQUESTS + EXPERTISE,
    validated=plans.VALIDATED,
    serving=plans.SERVING,
    un_voice="SNU",
)
"""The year as it stands on Wednesday 3 March 2027 at 09:00 in Bamako."""

__all__ = ["WORLD"]
