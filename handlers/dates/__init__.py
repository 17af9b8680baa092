"""Dates as people write them, French and English, whatever the reader's language: right or refused, never guessed.

What the words mean, where people differ (the date understood is always shown back, see `in_words`):

- A day, month, quarter, half-year or week without its year is the next one that is not over, today included.
- « vendredi », « ce vendredi », "this Friday": the first to come, today included. « vendredi prochain », "next Friday":
  the first after today. « vendredi en huit », "Friday week": a week after the first to come.
- « fin mars », "end of March": its last day; « fin de semaine », "end of the week": the Friday. « mi-mars »,
  "mid-March": the 15th. « début mars », "early March": the 10th.
- "03/04/2027" is the 3rd of April, as the group writes it; "03/04/05" is refused, for any order would fit.
- "by", « d’ici », « avant » and « au plus tard » include the day they name; « avant mars » is refused, for it can mean
  before the month begins or before it ends.
- S1 and S2 are half-years, S3 to S53 weeks. « quinzaine » is 15 days, « huitaine » 8, "fortnight" 14.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handlers.dates import days, edges, refusals, stretches
from handlers.dates.asked import Asked, last_until, nearest
from handlers.dates.refusals import NotADate
from handlers.dates.words import UNITS, bare, one_of, plain
from handlers.language import Message, Speaker, message
from storage import periods
from storage.periods import Period

__all__ = ["Deadline", "NotADate", "as_written", "day", "deadline", "in_words"]

DUE_WORDS = message("{period}, so by {day}")

_LONGEST = 100
_SHOWN = 60

_CONTINUOUS = re.compile(
    "(?:en |action )?continue?|permanente?|en permanence|on ?going|continuous(?:ly)?|continuing|permanent(?:ly)?|"
    "rolling"
)
_NONE = re.compile(
    "aucune?(?: echeance| date)?|none|(?:sans|pas d) echeance|(?:no|without) deadline|sans date|no date|neant|"
    "n[ /]?a|sans objet|non applicable|not applicable"
)
_NO_DATE = re.compile(
    "(?:.* )?(?:(?:que|tot|vite) possible|as possible|asap)|au plus (?:vite|tot)|bientot|prochainement|rapidement|soon|"
    "shortly|later|plus tard|sous peu|d ici peu|urgent|urgence|immediatement|immediately|un jour|some day|"
    "a (?:definir|preciser|determiner|convenir)|tbd|tbc|to be (?:determined|defined|confirmed)"
)
_RECURRING = re.compile(
    "(?:a |at )?(?:chaque|each|every|tous les|toutes les) .*|mensuel(?:le|lement)?|monthly|weekly|daily|"
    "hebdomadaire(?:ment)?|trimestriel(?:le|lement)?|quarterly|annuel(?:le|lement)?|yearly|annually|quotidien(?:ne)?"
)
_LEADING = re.compile(
    "(?:(?P<before>avant(?! hier)|before)|ici|by|until|till|jusqu au?|jusque|au plus tard|(?:no|not) later than|"
    "at latest|latest|pour|for|due|echeance|date limite|deadline|courant|in|en|dans|sous|within|during|au cours|"
    rf"a(?! (?:{one_of(UNITS)}|fortnight)\b)|au)(?: |$)"
)
_TRAILING = re.compile(r" (?:au plus tard|at latest|latest|inclus|included|inclusive|maximum|max)$")
_OTHER_YEAR = re.compile(
    r"(?<= )(?:(?P<this>cette annee|this year)|(?P<next>annee prochaine|an prochain|next year)|"
    r"(?P<last>annee derniere|an dernier|last year))$"
)
_YEARS_AWAY = {"this": 0, "next": 1, "last": -1}
_AND = re.compile(r"\s*[;,/]\s*|\s+(?:et|ou|and|or)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What was understood.

    ``key``: as storage.periods keeps it, CONTINUOUS, or None for no deadline. ``due``: its last civil day, None when it
    never falls due. ``past``: it was due before the day it was said.
    """

    key: str | None
    due: date | None
    past: bool = False


def deadline(text: str, today: date) -> Deadline:
    """The deadline a person wrote on that civil day. Raises NotADate with the reason when it is not understood."""
    asked = Asked(_shown(text), today)
    words = _plain(text, asked)
    if not words or _NONE.fullmatch(words):
        return Deadline(None, None)
    if _CONTINUOUS.fullmatch(words):
        return Deadline(periods.CONTINUOUS, None)
    period = _period(words, asked)
    if period is None:
        raise asked.refuse(_reason(text, words, asked))
    return Deadline(period.key, period.last, past=period.last < today)


def day(text: str, today: date) -> date:
    """The single civil day a person wrote, as of a meeting: it may lie in the past.

    A year left out makes it the day nearest to today; a weekday, or a day of the month alone, is the last one that was,
    today included. Raises NotADate, for a month or a quarter too.
    """
    asked = Asked(_shown(text), today, years=nearest, weeks=last_until)
    if not asked.said:
        raise NotADate(refusals.EMPTY_DAY)
    found = days.read(_core(_plain(text, asked), today)[0], asked)
    if found is None:
        raise asked.refuse(refusals.NOT_ONE_DAY)
    return found


def in_words(found: Deadline, speaker: Speaker) -> str:
    """The understood date shown back: ``vendredi 5 mars 2027``; ``2e trimestre 2027, soit au plus tard le …``."""
    if found.key in (None, periods.CONTINUOUS) or found.due is None:
        return speaker.deadline(found.key)
    period = periods.parse(found.key)
    if period.kind == periods.DAY:
        return speaker.weekday(found.due)
    return speaker.say(DUE_WORDS, period=speaker.period(period), day=speaker.weekday(found.due))


def as_written(key: str | None, speaker: Speaker) -> str:
    """A deadline's key as a person of that language would write it, so that it is understood again; "" for none."""
    if key is None:
        return ""
    if key == periods.CONTINUOUS:
        return speaker.deadline(key)
    period = periods.parse(key)
    if period.kind == periods.WEEK:
        return speaker.day(period.last)
    return speaker.day(period.first) if period.kind == periods.DAY else speaker.period(period)


def _shown(text: str) -> str:
    """What the person wrote, short enough to be quoted to them."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _plain(text: str, asked: Asked) -> str:
    """The text made plain; empty only for a dash. Refuses what is empty, too long, or has no word in it."""
    if not asked.said:
        raise NotADate(refusals.EMPTY)
    if len(" ".join(text.split())) > _LONGEST:
        raise NotADate(refusals.TOO_LONG)
    words = plain(text)
    if not words and asked.said.strip("-‐‑‒–—−"):
        raise asked.refuse(refusals.UNKNOWN)
    return words


def _period(words: str, asked: Asked) -> Period | None:
    """The stretch of time in a plain text, None when there is none."""
    core, before = _core(words, asked.today)
    found = days.read(core, asked)
    if found:
        return periods.containing(periods.DAY, found)
    edge = edges.read(core, asked)
    if edge:
        return edge
    stretch = stretches.read(core, asked)
    if stretch and before:
        raise asked.refuse(refusals.BEFORE_WHAT)
    return stretch.whole(asked) if stretch else None


def _core(words: str, today: date) -> tuple[str, bool]:
    """The bare text without what leads to a date ("no later than"), and whether that said « avant »."""
    core, before = _TRAILING.sub("", bare(words)), False
    while lead := _LEADING.match(core):
        before = before or lead["before"] is not None
        core = core[lead.end() :]
    return _OTHER_YEAR.sub(lambda found: str(today.year + _YEARS_AWAY[str(found.lastgroup)]), core), before


def _reason(text: str, words: str, asked: Asked) -> Message:
    """Why a text is not understood."""
    if _NO_DATE.fullmatch(words):
        return refusals.NO_DATE
    if _RECURRING.fullmatch(words):
        return refusals.RECURRING
    parts = [plain(part) for part in _AND.split(text)]
    if len(parts) > 1 and all(_readable(part, asked) for part in parts):
        return refusals.SEVERAL
    return refusals.UNKNOWN


def _readable(words: str, asked: Asked) -> bool:
    try:
        return _period(words, asked) is not None
    except NotADate:
        return False
