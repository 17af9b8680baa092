"""The one table of who may do what (README shows it, cell by cell): a right is a row, a part is a column.

A part is what somebody is, that day, to the matter in hand (see `handlers.rights.parts`). One person can have several;
what one of them may do, they may do. Guests, people of other workspaces and closed accounts have a part too: it is in
no row.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from handlers.language import Message, message


class Part(StrEnum):
    """What somebody is to the matter: the columns, in their order."""

    POOL = "pool"
    LEAD = "lead"
    TROIKA = "troika"
    COORDINATOR = "coordinator"
    OTHER_COORDINATOR = "other_coordinator"
    GROUP_MEMBER = "group_member"
    CARRIER = "carrier"
    OWING = "owing"
    ASKER = "asker"
    PARTNER = "partner"
    OBSERVER = "observer"
    GUEST = "guest"
    EXTERNAL = "external"
    CLOSED = "closed"


class Right(StrEnum):
    """What one may do: the rows, in their order."""

    ASK = "ask"
    READ_REGISTERS = "read_registers"
    UPDATE = "update"
    CLOSED_UPDATE = "closed_update"
    PERIODS = "periods"
    HEALTH = "health"
    DECIDE = "decide"
    CHANGE_DECISION = "change_decision"
    ASK_ACTION = "ask_action"
    ANSWER_ACTION = "answer_action"
    CHANGE_ACTION = "change_action"
    MOVE_ACTION = "move_action"
    KEEP_MEETINGS = "keep_meetings"
    ANSWER_CALL = "answer_call"
    KEEP_CONTACTS = "keep_contacts"
    KEEP_EXPERTISE = "keep_expertise"
    ASK_POOL = "ask_pool"
    CHANGE_REQUEST = "change_request"
    TAKE_REQUEST = "take_request"
    KEEP_WORKS = "keep_works"
    KEEP_ARRANGEMENTS = "keep_arrangements"
    KEEP_PLANS = "keep_plans"
    REPORT_LINE = "report_line"
    VALIDATE_PLANS = "validate_plans"
    DIGEST = "digest"
    SETTINGS = "settings"
    IMPORT = "import"
    DELIVERIES = "deliveries"
    AWAY = "away"
    ABSENCES = "absences"


PARTS: Mapping[Part, Message] = {
    Part.POOL: message("Pool Technique"),
    Part.LEAD: message("chef de file"),
    Part.TROIKA: message("troïka"),
    Part.COORDINATOR: message("coordinator of that group"),
    Part.OTHER_COORDINATOR: message("coordinator of another"),
    Part.GROUP_MEMBER: message("member of that group"),
    Part.CARRIER: message("who carries it"),
    Part.OWING: message("of the institution that owes it"),
    Part.ASKER: message("who asked for it"),
    Part.PARTNER: message("any of the PTF"),
    Part.OBSERVER: message("observer"),
    Part.GUEST: message("guest"),
    Part.EXTERNAL: message("other workspace"),
    Part.CLOSED: message("closed account"),
}
"""Part -> how it is called; stand-ins and co-coordinators are coordinators."""

RIGHTS: Mapping[Right, Message] = {
    Right.ASK: message("Ask: lists, groups, the Excel, the week so far, history, each as far as they may read"),
    Right.READ_REGISTERS: message("Read the history of groups, institutions and their mandates"),
    Right.UPDATE: message("Give, edit, withdraw, restore the update of a group"),
    Right.CLOSED_UPDATE: message("Change an update after its period was closed"),
    Right.PERIODS: message("Return, validate, reopen a group’s period, excuse the group for it"),
    Right.HEALTH: message("Hear how a group works (`/ptf health`)"),
    Right.DECIDE: message("Note a decision of a body"),
    Right.CHANGE_DECISION: message("Edit, settle, replace, withdraw, restore a decision"),
    Right.ASK_ACTION: message("Ask for an action in a group"),
    Right.ANSWER_ACTION: message("Acknowledge an action, say it is done, propose another date, hand it to a colleague"),
    Right.CHANGE_ACTION: message("Edit, reopen, withdraw, restore an action; accept or refuse the date proposed"),
    Right.MOVE_ACTION: message("Hand an action over to another institution"),
    Right.KEEP_MEETINGS: message("Call, move, cancel a meeting of a body, keep its agenda, attendance and minutes"),
    Right.ANSWER_CALL: message("Say who comes to a meeting, ask for a point on its agenda"),
    Right.KEEP_CONTACTS: message("Note, edit, withdraw, restore a contact with the Malian side and other actors"),
    Right.KEEP_EXPERTISE: message(
        "Note, edit, withdraw, restore short-term expertise, its deliverables and supervision"
    ),
    Right.ASK_POOL: message("Ask something of the Pool Technique (`/ptf request`)"),
    Right.CHANGE_REQUEST: message("Edit, withdraw, restore a request to the Pool Technique"),
    Right.TAKE_REQUEST: message("Take, answer, decline a request to the Pool Technique"),
    Right.KEEP_WORKS: message("Note, edit, withdraw, restore a work of the PTF: a study, a mission, a review"),
    Right.KEEP_ARRANGEMENTS: message(
        "Note, edit, withdraw, restore an arrangement, its amounts and tranches, a partner’s role in a sector"
    ),
    Right.KEEP_PLANS: message("Keep plans, their lines, values and budgets; say what serves a line; carry over"),
    Right.REPORT_LINE: message("Report where a line of a plan stands"),
    Right.VALIDATE_PLANS: message("Validate a period of a plan"),
    Right.DIGEST: message("Preview, approve and post the digest"),
    Right.SETTINGS: message("Settings and their history: digest, channels, reminders, groups, mandates, people"),
    Right.IMPORT: message("Bring a spreadsheet in (`/ptf import`)"),
    Right.DELIVERIES: message("Decide about a message that could not be delivered"),
    Right.AWAY: message("Say that they are away, see and cancel it"),
    Right.ABSENCES: message("Say that somebody else is away, see and cancel everybody’s absences"),
}
"""Right -> what it is."""

_MEMBERS = frozenset(Part) - {Part.GUEST, Part.EXTERNAL, Part.CLOSED}
_PTF = _MEMBERS - {Part.OBSERVER}
_CHAIR = frozenset({Part.POOL, Part.LEAD, Part.COORDINATOR})

MAY: Mapping[Right, frozenset[Part]] = {
    Right.ASK: _MEMBERS,
    Right.READ_REGISTERS: _MEMBERS - {Part.OBSERVER},
    Right.UPDATE: frozenset({Part.POOL, Part.COORDINATOR}),
    Right.CLOSED_UPDATE: frozenset({Part.POOL}),
    Right.PERIODS: frozenset({Part.POOL}),
    Right.HEALTH: frozenset({Part.POOL, Part.LEAD, Part.TROIKA, Part.COORDINATOR}),
    Right.DECIDE: _CHAIR,
    Right.CHANGE_DECISION: _CHAIR | {Part.CARRIER},
    Right.ASK_ACTION: _CHAIR,
    Right.ANSWER_ACTION: _CHAIR | {Part.CARRIER, Part.OWING, Part.ASKER},
    Right.CHANGE_ACTION: _CHAIR | {Part.ASKER},
    Right.MOVE_ACTION: frozenset({Part.POOL}),
    Right.KEEP_MEETINGS: _CHAIR,
    Right.ANSWER_CALL: _PTF,
    Right.KEEP_CONTACTS: frozenset({Part.POOL, Part.LEAD, Part.TROIKA}),
    Right.KEEP_EXPERTISE: frozenset({Part.POOL, Part.LEAD}),
    Right.ASK_POOL: _PTF,
    Right.CHANGE_REQUEST: frozenset({Part.POOL, Part.ASKER}),
    Right.TAKE_REQUEST: frozenset({Part.POOL}),
    Right.KEEP_WORKS: _PTF,
    Right.KEEP_ARRANGEMENTS: _PTF,
    Right.KEEP_PLANS: frozenset({Part.POOL, Part.LEAD}),
    Right.REPORT_LINE: frozenset({Part.POOL, Part.LEAD, Part.OWING}),
    Right.VALIDATE_PLANS: frozenset({Part.POOL}),
    Right.DIGEST: frozenset({Part.POOL}),
    Right.SETTINGS: frozenset({Part.POOL}),
    Right.IMPORT: frozenset({Part.POOL}),
    Right.DELIVERIES: frozenset({Part.POOL}),
    Right.AWAY: _MEMBERS,
    Right.ABSENCES: frozenset({Part.POOL}),
}
"""The table: right -> the parts that may."""
