"""The shapes of the demo world: frozen values, plain text, no link but codes and Slack ids.

Codes are those of `Institution.code` and `Group.code`; people are named by their Slack id. Instants are aware and UTC
(Bamako is UTC+0 all year); days are civil dates, and both bounds of a mandate are included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage import periods

ON_TRACK, AT_RISK, OFF_TRACK, NOTHING = "on_track", "at_risk", "off_track", "nothing"
STATUSES = (ON_TRACK, AT_RISK, OFF_TRACK, NOTHING)

TROIKA, GROUP, ALL, GOVERNMENT = "troika", "group", "all", "government"
VISIBILITIES = (TROIKA, GROUP, ALL, GOVERNMENT)
"""Who may read, from the narrowest: troïka and Pool, the group, all partners, open to the Government."""

DECISION, RECOMMENDATION, ACTION, ENDORSEMENT, NEGATIVE = (
    "decision",
    "recommendation",
    "action_point",
    "endorsement",
    "negative",
)
KINDS = (DECISION, RECOMMENDATION, ACTION, ENDORSEMENT, NEGATIVE)

OPEN, IN_PROGRESS, DONE, NOT_DONE, REPLACED = "open", "in_progress", "done", "not_done", "replaced"
FOLLOW_UPS = (OPEN, IN_PROGRESS, DONE, NOT_DONE, REPLACED)

HOME_TEAM = "T0PTF000001"
"""The demo workspace: the one which the stand-in for Slack is."""

ZONE = ZoneInfo("Africa/Bamako")
"""Where the group works."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Institution:
    """A partner, or one of those the partners talk with. Kind: bilateral, multilateral, un, government, civil_society.

    ``calendar`` is the country on whose public holidays its people rest as well.
    """

    code: str
    name_fr: str
    name_en: str
    kind: str
    calendar: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A thematic group, sub-group, ad hoc group or meeting body.

    Kind: group, subgroup, ad_hoc, body. State: active, dormant or merged, ``since`` a day before which it was
    active, ``successor`` the group in which it goes on. Rhythm is a `storage.periods.Rhythm` value; a body
    gives no updates, so it has no rhythm, and says in words how often it meets, and who sits in it: members,
    troika, coordinators, partners.
    """

    code: str
    name_fr: str
    name_en: str
    kind: str
    rhythm: str | None = None
    parent: str | None = None
    transversal: bool = False
    state: str = "active"
    since: date | None = None
    successor: str | None = None
    created: date = date(2012, 9, 1)
    periodicity_fr: str = ""
    periodicity_en: str = ""
    sitting: str = "members"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the workspace, named by a function. Kind: member, guest, external, deactivated.

    ``can_be``: the page of the rehearsal offers to be this person. ``team`` is the Slack workspace they belong to.
    """

    slack_id: str
    name: str
    title_fr: str
    title_en: str
    institution: str
    language: str = "fr"
    zone: str = "Africa/Bamako"
    kind: str = "member"
    can_be: bool = False
    team: str = HOME_TEAM


@dataclass(frozen=True, slots=True)
class Mandate:
    """An institution holds an office for some time; a holder and at most one alternate carry it (DOMAIN.md section 2).

    Office: lead, incoming, outgoing, pool_coordinator, pool_assistant (of the whole: no group), coordinator,
    cocoordinator, member, observer (of a group). An end of None means that no end is set.
    """

    institution: str
    office: str
    group: str | None
    starts: date
    ends: date | None
    holder: str
    alternate: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of the workspace; one with a digest has the digest's language and visibility level."""

    slack_id: str
    name: str
    topic: str
    members: tuple[str, ...]
    private: bool = False
    shared: bool = False
    bot_is_in: bool = True
    digest_language: str | None = None
    digest_visibility: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A sitting of a body, on its civil day, with the institution that chaired it."""

    body: str
    day: date
    place: str
    chair: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the register.

    ``number`` is the one the register gives when decisions are kept in the order of the list. ``deadline`` is as people
    wrote it, ``deadline_key`` a `storage.periods` key, ``continuous`` or None. ``settled_on`` is the day it was done, or
    found not done, ``review_on`` the one on which it comes back. ``carrier`` and ``noted_by`` are Slack ids; ``work`` is
    the code of the work that made a recommendation.
    """

    number: str
    body: str
    day: date
    kind: str
    text: str
    responsible: tuple[str, ...]
    carrier: str | None
    deadline: str
    deadline_key: str | None
    status: str
    noted_at: datetime
    noted_by: str
    visibility: str = ALL
    settled_on: date | None = None
    replaced_by: str | None = None
    review_on: date | None = None
    addressee: str | None = None
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something asked for alone; ``code`` is the one the register gives, ``deadline_key`` as of a decision."""

    code: str
    text: str
    institution: str
    carrier: str | None
    deadline_key: str | None
    asked_by: str
    asked_at: datetime
    visibility: str = ALL


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to an action: acknowledged, done (``words`` are the evidence) or proposed (``words`` are why)."""

    action: str
    by: str
    at: datetime
    what: str
    words: str = ""
    deadline_key: str | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """What somebody changed in a record since: ``facts`` as of `Kept`."""

    by: str
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of a described kind (handlers.described), ``kind`` by its name.

    ``code`` is the one the register gives. ``facts``: name of the field -> what it holds; institutions, groups and other
    records by their code, people by their Slack id, a deadline as a `storage.periods` key; a name that is no field is a
    column. A level of "" is that of its kind, a language of "" that of who said it.
    """

    kind: str
    code: str
    by: str
    at: datetime
    facts: Mapping[str, Any]
    visibility: str = ""
    language: str = ""
    not_applicable: str = ""
    later: tuple[Later, ...] = ()


@dataclass(frozen=True, slots=True)
class Validated:
    """A period of a plan whose state was validated by somebody."""

    plan: str
    period: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Served:
    """A decision, an action or an update (``EDU 2027-W05``) that serves a line of a plan, as somebody said."""

    kind: str
    code: str
    line: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Update:
    """What a group said of one period, and when. ``edited_at`` is the last time its author changed it."""

    group: str
    period: str
    status: str
    progress: str
    difficulties: str
    next_steps: str
    support: str
    visibility: str
    author: str
    language: str
    given_at: datetime
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody away from a day to another, both included, as they said at that instant."""

    person: str
    first: date
    last: date
    word: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about a group's period, by whom and when: ``validated``, ``returned`` (why, until when) or
    ``excused`` (why).
    """

    what: str
    group: str
    period: str
    by: str
    at: datetime
    reason: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A message already standing in a channel; ``answers`` is the key of the message whose thread it is in."""

    key: str
    channel: str
    author: str
    at: datetime
    text: str
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """All of it; ``today`` is the instant at which the rehearsal's clock stands.

    ``un_voice``: the institution that sits in the troïka for all of the United Nations.
    """

    today: datetime
    institutions: tuple[Institution, ...]
    groups: tuple[Group, ...]
    people: tuple[Person, ...]
    mandates: tuple[Mandate, ...]
    channels: tuple[Channel, ...]
    meetings: tuple[Meeting, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]
    answers: tuple[Answer, ...]
    updates: tuple[Update, ...]
    talk: tuple[Talk, ...]
    absences: tuple[Absence, ...] = ()
    decided: tuple[Decided, ...] = ()
    kept: tuple[Kept, ...] = ()
    validated: tuple[Validated, ...] = ()
    serving: tuple[Served, ...] = ()
    un_voice: str | None = None


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who usually speaks for a group, in which language and for whose eyes: so that each update says only what is its own."""

    group: str
    author: str
    language: str = "fr"
    visibility: str = ALL

    def says(
        self,
        period: str,
        at: str,
        status: str,
        progress: str,
        next_steps: str = "",
        *,
        difficulties: str = "",
        support: str = "",
        visibility: str = "",
        author: str = "",
        edited: str = "",
    ) -> Update:
        """The update on that period; ``at`` and ``edited`` as `instant` reads them."""
        return Update(
            group=self.group,
            period=period,
            status=status,
            progress=progress,
            difficulties=difficulties,
            next_steps=next_steps,
            support=support,
            visibility=visibility or self.visibility,
            author=author or self.author,
            language=self.language,
            given_at=instant(at, period),
            edited_at=instant(edited, period) if edited else None,
        )


def instant(words: str, period: str) -> datetime:
    """An instant from ``Thu 14:20`` (in the week of the period), ``+Mon 09:05`` (the week after) or ``2027-01-28 10:15``.

    Raises ValueError on anything else.
    """
    day_words, hour = words.split(" ")
    if day_words[0].isdigit():
        day = date.fromisoformat(day_words)
    else:
        first = periods.parse(period).first + timedelta(days=7 if day_words.startswith("+") else 0)
        day = first + timedelta(days=_WEEKDAYS.index(day_words.removeprefix("+")))
    return datetime.combine(day, time.fromisoformat(hour), UTC)


def at(words: str) -> datetime:
    """An instant from ``2027-01-28 10:15``."""
    return datetime.fromisoformat(words).replace(tzinfo=UTC)
