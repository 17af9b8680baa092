"""Who is to be asked for what now, and who above is to be told of what was asked in vain. Pure, over one round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.dues import Due, Step
from handlers.reminders import ladder
from handlers.reminders.ladder import Rung
from handlers.reminders.rounds import ASKED_FIRST, Round, Somebody, name
from storage.reminding import Pause


@dataclass(frozen=True, slots=True)
class Case:
    """One due as it stands: who is to be asked (None: nobody could), the rung reached and the last there is.

    ``is_new``: that rung was not told them yet, and they put nothing off.
    """

    due: Due
    somebody: Somebody | None
    reached: Rung | None
    last: Rung | None
    is_paused: bool
    is_new: bool

    @property
    def is_listed(self) -> bool:
        """Whether a reminder that goes out anyway names it: it was asked for, and will be again."""
        begun = self.reached is not None and not self.is_paused
        return begun and (self.is_new or self.reached != self.last)


def case(round: Round, due: Due) -> Case:
    """How that due stands."""
    somebody = round.first_able(due, due.carriers[:ASKED_FIRST])
    working = somebody.working if somebody else round.house
    rungs = ladder.rungs(due, round.manners, working)
    reached, last = ladder.newest(rungs, round.now), max(rungs, default=None)
    if somebody is None or reached is None:
        return Case(due, somebody, reached, last, is_paused=False, is_new=False)
    pause = round.pauses.get((name(due), somebody.actor.id))
    is_paused = pause is not None and not _is_over(round, pause, somebody)
    is_new = (
        not is_paused and not _comes_today(round, somebody, rungs) and _is_new(round, due, somebody, reached, pause)
    )
    return Case(due, somebody, reached, last, is_paused, is_new)


def may_be_written_to(round: Round, somebody: Somebody) -> bool:
    """Whether they may be written to at this moment: within their working hours, and nothing went to them that day."""
    wrote = (somebody.actor.id, somebody.today(round.now)) in round.letters
    return not wrote and somebody.working.may_be_told(round.now)


def above(round: Round, case: Case) -> tuple[Step, Somebody] | None:
    """Whom to tell now that it was asked for in vain, and at which step; None when nobody is to be told at present.

    Where nobody could be asked, the first step is taken at once; each other one on a working day of its own. Whoever
    was asked themselves is not told of it, and a step at which there is nobody is passed over.
    """
    since = _since(round, case)
    if case.is_new or since is None:
        return None
    spared = {each.person_id for each in round.asked.get(name(case.due), ())}
    spared |= {case.somebody.actor.id} if case.somebody else set()
    for step in _to_come(round, case.due):
        group = case.due.group_id if step == Step.GROUP else None
        ids = [each for each in round.above.get((step, group), ()) if each not in spared]
        somebody = round.first_able(case.due, ids)
        if somebody is not None:
            return (step, somebody) if _in_time(round, somebody, since) else None
    return None


def _to_come(round: Round, due: Due) -> list[Step]:
    """The steps after those that were taken."""
    taken = {each.step for each in round.told.get(name(due), ())}
    done = max((number for number, step in enumerate(due.steps, 1) if step in taken), default=0)
    return list(due.steps[done:])


def _is_over(round: Round, pause: Pause, somebody: Somebody) -> bool:
    """Whether what was put off may be asked again."""
    if pause.until is None:
        return False
    return ladder.waking(pause.until, round.manners.hour, somebody.working) <= round.now


def _comes_today(round: Round, somebody: Somebody, rungs: Sequence[Rung]) -> bool:
    """Whether another rung follows on the same day: what was missed before waits for it."""
    zone = somebody.working.zone
    return any(each.at > round.now and each.at.astimezone(zone).date() == somebody.today(round.now) for each in rungs)


def _is_new(round: Round, due: Due, somebody: Somebody, reached: Rung, pause: Pause | None) -> bool:
    """Whether that rung was not told them yet; whoever put it off is asked again, whatever was told before."""
    asked = [each for each in round.asked.get(name(due), ()) if each.person_id == somebody.actor.id]
    if pause is not None and pause.until is not None:
        asked = [each for each in asked if each.asked_on >= pause.until]
    return all(each.rung < reached.days for each in asked)


def _since(round: Round, case: Case) -> date | None:
    """The civil day after which the next step is taken; None while it is not its time."""
    told = round.told.get(name(case.due), ())
    is_over = case.last is not None and case.last.at <= round.now
    if case.somebody is None and not told and case.reached is not None:
        return date.min
    if not is_over or case.last is None:
        return None
    working = case.somebody.working if case.somebody else round.house
    asked = [each.asked_on for each in round.asked.get(name(case.due), ())]
    return max([case.last.at.astimezone(working.zone).date(), *asked, *(each.told_on for each in told)])


def _in_time(round: Round, somebody: Somebody, since: date) -> bool:
    today = somebody.today(round.now)
    if today <= since or not may_be_written_to(round, somebody):
        return False
    return ladder.telling(today, round.manners.hour, somebody.working) <= round.now
