"""What begins and what has ended among the mandates, and how it is told to who carries them and who keeps watch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

import storage.mandates
import storage.outbox
from handlers import offices
from handlers.language import Speaker, message
from handlers.mandates import rotation
from handlers.offices import Names
from handlers.reports.mrkdwn import literal
from storage.mandates import Mandate, Office

YOU_CARRY = message("*{office}*: from {day} on, {institution} holds this office and you carry it.")
YOU_CARRY_ALONE = message("*{office}*: from {day} on, you carry this office.")
YOU_STAND_IN = message("*{office}*: from {day} on, you stand in for {holder}.")
UNTIL = message("Until {day}.")
YOU_STOP = message("*{office}*: your mandate ended on {day}. Thank you. {follows}")
FOLLOWS = message("Now: {who}.")
NOBODY_FOLLOWS = message("Nobody is named yet.")
CHANGED = message("• {office}, {day}: {after} (before: {before})")
RENEWED = message("• {office}, {day}: {after}, as before")
TAKEN_UP = message("• {office}, {day}: {after}")
LAID_DOWN = message("• {office}, {day}: nobody any more (before: {before})")

TURN = "turn"
"""How the keys of what is told begin."""
SHARED = (Office.COCOORDINATOR, Office.MEMBER, Office.OBSERVER, Office.POOL_ASSISTANT)
"""Offices that several hold at a time: who follows whom is then a matter of one institution."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A mandate that begins (``begins``) or ended on the eve of that day."""

    mandate: Mandate
    begins: bool
    day: date

    @property
    def key(self) -> str:
        """``turn:12:2027-01-01:begins``."""
        return f"{TURN}:{self.mandate.id}:{self.day.isoformat()}:{'begins' if self.begins else 'ends'}"


@dataclass(frozen=True, slots=True)
class News:
    """All that turns, with what stood around it, and what was told already (`Turn.key` and to whom)."""

    turns: Sequence[Turn]
    around: Sequence[Mandate]
    names: Names
    told: frozenset[str]

    def new(self, turns: Iterable[Turn], reader: str) -> list[Turn]:
        """Those of these turns that this reader was not told yet."""
        return [turn for turn in turns if f"{turn.key}:{reader}" not in self.told]

    def of_person(self, person_id: int) -> list[Turn]:
        """What begins or ends for that person: not what they carry on in the next mandate."""
        carried = [turn for turn in self.turns if turn.mandate.carried_by(person_id)]
        return [turn for turn in carried if not self._goes_on(turn, person_id)]

    def beside(self, mandate: Mandate, day: date) -> list[Mandate]:
        """The mandates of the same office (where several share it: of the same institution) in force on a day."""
        return [each for each in self.around if _same_office(each, mandate) and rotation.covers(each, day)]

    def _goes_on(self, turn: Turn, person_id: int) -> bool:
        other_day = rotation.eve(turn.day) if turn.begins else turn.day
        return any(each.carried_by(person_id) for each in self.beside(turn.mandate, other_day))


def gathered(session: Session, since: date, today: date) -> News:
    """What began or ended from that day until today, with the mandates around it."""
    turns = [
        turn for mandate in storage.mandates.turning(session, since, today) for turn in _turns(mandate, since, today)
    ]
    around = storage.mandates.between(session, rotation.eve(since), today) if turns else []
    about = storage.outbox.abouts(session, f"{TURN}:") if turns else []
    told = frozenset(key for each in about for key in each.split("|") if key)
    return News(turns, around, offices.names(session, around), told)


def taken_up(news: News, speaker: Speaker, turn: Turn, person_id: int) -> str:
    """To who takes an office up."""
    mandate = turn.mandate
    institution = literal(news.names.institution(mandate, speaker.language))
    values = {"office": offices.office(news.names, speaker, mandate), "day": turn.day}
    if mandate.holder_id not in (None, person_id):
        said = speaker.say(YOU_STAND_IN, holder=literal(news.names.people.get(mandate.holder_id or 0, "")), **values)
    elif institution:
        said = speaker.say(YOU_CARRY, institution=institution, **values)
    else:
        said = speaker.say(YOU_CARRY_ALONE, **values)
    return f"{said} {speaker.say(UNTIL, day=mandate.ends)}" if mandate.ends else said


def laid_down(news: News, speaker: Speaker, turn: Turn) -> str:
    """To who lays an office down."""
    after = [offices.carried(news.names, speaker, each) for each in news.beside(turn.mandate, turn.day)]
    follows = speaker.say(FOLLOWS, who=speaker.listing(after)) if after else speaker.say(NOBODY_FOLLOWS)
    office = offices.office(news.names, speaker, turn.mandate)
    return speaker.say(YOU_STOP, office=office, day=rotation.eve(turn.day), follows=follows)


def watched(news: News, speaker: Speaker, turn: Turn) -> str:
    """To who keeps watch: who holds it from then on, and who did before; "" where another turn says it."""
    mandate = turn.mandate
    office, day = offices.office(news.names, speaker, mandate), speaker.day(turn.day)
    if not turn.begins:
        if any(each.starts == turn.day for each in news.beside(mandate, turn.day)):
            return ""
        return speaker.say(LAID_DOWN, office=office, day=day, before=offices.carried(news.names, speaker, mandate))
    now = offices.carried(news.names, speaker, mandate)
    eve = rotation.eve(turn.day)
    ended = [each for each in news.beside(mandate, eve) if each.ends == eve]
    was = speaker.listing(offices.carried(news.names, speaker, each) for each in ended)
    if was == now:
        return speaker.say(RENEWED, office=office, day=day, after=now)
    if was:
        return speaker.say(CHANGED, office=office, day=day, after=now, before=was)
    return speaker.say(TAKEN_UP, office=office, day=day, after=now)


def _turns(mandate: Mandate, since: date, today: date) -> Iterable[Turn]:
    """Its beginning, while it is in force, and its end."""
    if since <= mandate.starts and rotation.covers(mandate, today):
        yield Turn(mandate, True, mandate.starts)
    following = mandate.ends + timedelta(days=1) if mandate.ends is not None else None
    if following is not None and since <= following <= today:
        yield Turn(mandate, False, following)


def _same_office(one: Mandate, other: Mandate) -> bool:
    shared = other.office in SHARED
    return (one.office, one.group_id) == (other.office, other.group_id) and (
        not shared or one.institution_id == other.institution_id
    )
