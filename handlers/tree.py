"""Groups as people are shown them: one line in the tree, or one group in detail, with who coordinates it today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

import storage.groups
import storage.lives
import storage.mandates
import storage.partners
import storage.people
import storage.updates
from handlers import offices, rights
from handlers.actors import Actor
from handlers.changes import opening
from handlers.context import Context
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from handlers.vocabulary import GROUP_KIND, GROUP_STATE, LEVEL, RHYTHM
from storage import periods
from storage.groups import Group, Kind, State
from storage.lives import Life
from storage.mandates import COORDINATION, Mandate, Office
from storage.updates import Update

HEADING = message("*{code}* {name}")
COORDINATOR = message("Coordinator: {who}")
COCOORDINATOR = message("Co-coordinator: {who}")
NO_COORDINATOR = message("⚠️ No coordinator")
LAST_WORD = message("last word on {day}")
NO_WORD = message("no word yet that you may read")
MEETS = message("meets: {periodicity}")

CALLED_OTHERWISE = message("In English: {name}")
CALLED_IN_FRENCH = message("In French: {name}")
KIND_TOLD = message("Kind: {kind}")
STATE_TOLD = message("State: {state}")
RHYTHM_TOLD = message("Rhythm of updates: {rhythm}")
PERIODICITY_TOLD = message("Meetings: {periodicity}")
PARENT_TOLD = message("Belongs to: {group}")
BELOW_TOLD = message("Sub-groups: {groups}")
TRANSVERSAL = message("Transversal: concerns every sector")
CREATED = message("Created on {day}")
BECAME = message("{day}: {state}, {kind}")
GOES_ON = message("{became}; goes on in {group}")
COMES_OUT = message("Comes out of {group}")
CARRIES_ON = message("Carries on what was {groups}")
FROM_ON = message("{who}, since {first}")
FROM_TO = message("{who}, from {first} to {last}")
MEMBERS = message("Members: {who}")
OBSERVERS = message("Observers: {who}")
LAST_UPDATE = message("Last word: {day}, for {period} (who may read it: {level})")
NO_UPDATE = message("Last word: none that you may read")
GIVE_BUTTON = message("Give the update")
ALL_BUTTON = message("All groups")

LIVING = (State.ACTIVE, State.DORMANT)
INDENT = "\u2003"
FACTS = " · "


@dataclass(frozen=True, slots=True)
class Tree:
    """The groups and bodies by code with who holds what today, and the last word of each that the reader may read."""

    speaker: Speaker
    groups: Sequence[Group]
    mandates: Mapping[int, Sequence[Mandate]]
    institutions: Mapping[int, str]
    people: Mapping[int, str]
    heard: Mapping[int, Update]
    lives: Mapping[int, Life]

    @property
    def roots(self) -> list[Group]:
        """The groups that belong to no other one, bodies left out."""
        ids = {group.id for group in self.groups if group.kind != Kind.BODY}
        return [group for group in self.groups if group.kind != Kind.BODY and group.parent_id not in ids]

    def below(self, group: Group) -> list[Group]:
        """The groups that belong to it."""
        return [each for each in self.groups if each.parent_id == group.id and each.kind != Kind.BODY]

    def branch(self, root: Group, depth: int = 0) -> Iterator[tuple[Group, int]]:
        """The group and all that stands below it, with how deep it stands."""
        yield root, depth
        for each in self.below(root):
            yield from self.branch(each, depth + 1)

    def coordination(self, group: Group) -> list[Mandate]:
        """Who coordinates it today, the coordinator first."""
        held = [mandate for mandate in self.mandates.get(group.id, ()) if mandate.office in COORDINATION]
        return sorted(held, key=lambda mandate: mandate.office != Office.COORDINATOR)


def load(session: Session, ctx: Context, actor: Actor) -> Tree:
    """The tree as that person may see it today."""
    groups = storage.groups.everyone(session)
    held: dict[int, list[Mandate]] = {}
    for mandate in storage.mandates.on(session, ctx.today):
        if mandate.group_id is not None:
            held.setdefault(mandate.group_id, []).append(mandate)
    carriers = {person for mandates in held.values() for mandate in mandates for person in mandate.carriers}
    last = {group.id: storage.updates.last_of_group(session, group.id, actor.audience) for group in groups}
    return Tree(
        speaker=actor.speaker,
        groups=groups,
        mandates=held,
        institutions={each.id: each.code for each in storage.partners.everyone(session)},
        people={person.id: person.name for person in storage.people.by_ids(session, carriers)},
        lives=storage.lives.of(session, groups),
        heard={group_id: update for group_id, update in last.items() if update is not None},
    )


def line(known: Tree, group: Group, depth: int) -> str:
    """A group in the tree: its name, its rhythm, state and last word, and who coordinates it; ready for mrkdwn."""
    say = known.speaker.say
    begin = INDENT * 2 * depth + ("↳ " if depth else "")
    under = f"\n{INDENT * (2 * depth + 1)}"
    told = [begin + _heading(known.speaker, group) + FACTS + FACTS.join(_facts(known, group))]
    told += [_coordinates(known, mandate) for mandate in known.coordination(group)]
    if _lacks_coordinator(known, group):
        told.append(say(NO_COORDINATOR))
    return under.join(told)


def detail(known: Tree, group: Group) -> list[str]:
    """Everything one may know of a group, a line a fact; ready for mrkdwn."""
    say, speaker = known.speaker.say, known.speaker
    told = [_heading(speaker, group), *_other_name(speaker, group), say(KIND_TOLD, kind=say(GROUP_KIND[group.kind]))]
    told.append(say(STATE_TOLD, state=say(GROUP_STATE[group.state][0])))
    if group.kind != Kind.BODY:
        told.append(say(RHYTHM_TOLD, rhythm=say(RHYTHM[periods.Rhythm(group.rhythm)])))
    if group.periodicity:
        told.append(say(PERIODICITY_TOLD, periodicity=literal(group.periodicity)))
    told += _family(known, group)
    if group.transversal:
        told.append(say(TRANSVERSAL))
    if group.created_on:
        told.append(say(CREATED, day=speaker.day(group.created_on)))
    told += _life(known, group)
    told += _holders(known, group)
    if group.kind != Kind.BODY:
        told.append(_last_update(known, group))
    return [*told, literal(group.note)] if group.note else told


def buttons(actor: Actor, known: Tree, group: Group) -> list[blocks.Block]:
    """What that person can do from there."""
    say = actor.speaker.say
    further = [blocks.button(say(ALL_BUTTON), "groups_open")]
    if rights.may(actor, Right.READ_REGISTERS):
        further.append(opening.button(actor.speaker, group))
    if not group.reports or not rights.may_update(actor, group.id):
        return further
    return [blocks.button(say(GIVE_BUTTON), "update_open", str(group.id), style="primary"), *further]


def who(known: Tree, mandate: Mandate) -> str:
    """Who carries a mandate, for which institution, and who stands in; ready for mrkdwn."""
    people = [known.people.get(person, "") for person in mandate.carriers]
    return offices.who(known.speaker, known.institutions.get(mandate.institution_id or 0, ""), people)


def _heading(speaker: Speaker, group: Group) -> str:
    return speaker.say(HEADING, code=literal(group.code), name=literal(group.name(speaker.language)))


def _facts(known: Tree, group: Group) -> list[str]:
    say = known.speaker.say
    told: list[str] = []
    if group.state != State.ACTIVE:
        told.append(f"⚪ {say(GROUP_STATE[group.state][0])}")
    if group.kind == Kind.BODY:
        return [*told, *([say(MEETS, periodicity=literal(group.periodicity))] if group.periodicity else [])]
    told.append(say(RHYTHM[periods.Rhythm(group.rhythm)]))
    heard = known.heard.get(group.id)
    return [*told, say(LAST_WORD, day=known.speaker.day(_day(known, heard))) if heard else say(NO_WORD)]


def _coordinates(known: Tree, mandate: Mandate) -> str:
    return known.speaker.say(_title(mandate), who=who(known, mandate))


def _title(mandate: Mandate) -> Message:
    return COORDINATOR if mandate.office == Office.COORDINATOR else COCOORDINATOR


def _lacks_coordinator(known: Tree, group: Group) -> bool:
    return group.reports and group.state == State.ACTIVE and not known.coordination(group)


def _other_name(speaker: Speaker, group: Group) -> list[str]:
    """Its name in the language the reader did not choose, where it has one of its own."""
    sentence, name = (
        (CALLED_IN_FRENCH, group.name_fr) if speaker.language == "en" else (CALLED_OTHERWISE, group.name_en)
    )
    return [speaker.say(sentence, name=literal(name))] if name and name != group.name(speaker.language) else []


def _family(known: Tree, group: Group) -> list[str]:
    say = known.speaker.say
    parent = next((each for each in known.groups if each.id == group.parent_id), None)
    below = [literal(each.code) for each in known.below(group) if each.state in LIVING]
    told = [say(PARENT_TOLD, group=_heading(known.speaker, parent))] if parent else []
    return [*told, say(BELOW_TOLD, groups=known.speaker.listing(below))] if below else told


def _life(known: Tree, group: Group) -> list[str]:
    """What it was from when on, where it comes from and what it carries on, where any of that is known."""
    say, codes = known.speaker.say, {each.id: literal(each.code) for each in known.groups}
    states = known.lives[group.id].states
    told = [say(COMES_OUT, group=codes[each.predecessor_id]) for each in states[:1] if each.predecessor_id in codes]
    for row in states[1:]:
        day = known.speaker.day(row.from_day) if row.from_day else ""
        became = say(BECAME, day=day, state=say(GROUP_STATE[row.state][0]), kind=say(GROUP_KIND[row.kind]))
        follows = codes.get(row.successor_id or 0)
        told.append(say(GOES_ON, became=became, group=follows) if follows else became)
    carried = [codes[other] for other, life in known.lives.items() if _goes_on_in(life, group)]
    return [*told, say(CARRIES_ON, groups=known.speaker.listing(carried))] if carried else told


def _goes_on_in(life: Life, group: Group) -> bool:
    return bool(life.states) and life.states[-1].successor_id == group.id


def _holders(known: Tree, group: Group) -> list[str]:
    """Who coordinates it and from when to when, then its members and observers."""
    say, speaker = known.speaker.say, known.speaker
    told = []
    for mandate in known.coordination(group):
        days = {"who": who(known, mandate), "first": speaker.day(mandate.starts)}
        since = say(FROM_TO, last=speaker.day(mandate.ends), **days) if mandate.ends else say(FROM_ON, **days)
        told.append(say(_title(mandate), who=since))
    if _lacks_coordinator(known, group):
        told.append(say(NO_COORDINATOR))
    for office, sentence in ((Office.MEMBER, MEMBERS), (Office.OBSERVER, OBSERVERS)):
        held = [who(known, mandate) for mandate in known.mandates.get(group.id, ()) if mandate.office == office]
        if held:
            told.append(say(sentence, who=speaker.listing(held)))
    return told


def _last_update(known: Tree, group: Group) -> str:
    say, heard = known.speaker.say, known.heard.get(group.id)
    if heard is None:
        return say(NO_UPDATE)
    level = say(LEVEL[heard.visibility])
    return say(LAST_UPDATE, day=known.speaker.day(_day(known, heard)), period=periods.parse(heard.period), level=level)


def _day(known: Tree, update: Update) -> date:
    return update.said_at.astimezone(known.speaker.zone).date()
