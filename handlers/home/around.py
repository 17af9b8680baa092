"""What is around one: one's groups, what one's institution owes, the next deadlines, the last digest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.actors import Actor
from handlers.home import owing
from handlers.home.gathering import Found
from handlers.home.permalinks import Link
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import GROUP_STATE
from storage import periods
from storage.groups import State
from storage.home import Part, Seen

YOUR_GROUPS = message("*Your groups*")
GROUP = message("*{code}* {name}")
GIVEN = message("✅ update given for {period}")
AWAITED = message("⏳ update for {period} awaited until {until}")
LATE = message("⚠️ update for {period} still awaited, it was due {until}")
EXCUSED = message("nothing awaited for {period}: excused")
ON_DEMAND = message("updates on demand")
HEARD = message("last word on {day}")
NEVER_HEARD = message("no word yet that you may read")
INSTITUTION_OWES = message("*What your institution owes* ({institution})")
INSTITUTION_NOTHING = message("Nothing else at the moment.")
DEADLINES = message("*Deadlines of the next 14 days*")
NO_DEADLINE = message("None that you may read.")
DIGEST_OUT = message("*Last digest*: {week}, sent on {at}.")
NO_DIGEST = message("*Last digest*: none has gone out yet.")
READ_BUTTON = message("Read it there")

FACTS = " · "
CHUNK = 2_400
"""Units of one section; Slack takes 3,000."""
GROUPS_SHOWN = 30


def groups(found: Found, actor: Actor) -> list[blocks.Block]:
    """The groups they coordinate or belong to, each in one line."""
    ids = {group for _, group in actor.offices if group is not None}
    own = [seen for seen in found.groups if seen.group.id in ids]
    if not own:
        return []
    own.sort(key=lambda seen: (seen.group.id not in actor.leads, seen.group.code))
    lines = [_group(found, actor.speaker, seen) for seen in own[:GROUPS_SHOWN]]
    return sections([actor.speaker.say(YOUR_GROUPS), *lines])


def institution(found: Found, actor: Actor) -> list[blocks.Block]:
    """What their institution owes, beside what they carry themselves."""
    owes = found.frame.institution
    if owes is None:
        return []
    title = actor.speaker.say(INSTITUTION_OWES, institution=literal(owes.name(actor.speaker.language)))
    dues = found.dues.of(Part.INSTITUTION)
    if not dues:
        return [blocks.section(f"{title}\n{actor.speaker.say(INSTITUTION_NOTHING)}")]
    rows = [owing.row(found, actor.speaker, due, own=due.sort == "actions") for due in dues]
    return [blocks.section(title), *rows, *owing.further(found, actor.speaker, Part.INSTITUTION)]


def deadlines(found: Found, actor: Actor) -> list[blocks.Block]:
    """What others owe in the next fortnight, as they may read it."""
    dues = found.dues.of(Part.SOON)
    title = actor.speaker.say(DEADLINES)
    if not dues:
        return [blocks.section(f"{title}\n{actor.speaker.say(NO_DEADLINE)}")]
    lines = [owing.line(found, actor.speaker, due, owing=True) for due in dues]
    return [*sections([title, *lines]), *owing.further(found, actor.speaker, Part.SOON)]


def digest(found: Found, actor: Actor, link: Link) -> list[blocks.Block]:
    """The last digest they may read, with the way to it where it is known."""
    last = found.frame.digest
    if last is None:
        return [blocks.section(actor.speaker.say(NO_DIGEST))]
    text = actor.speaker.say(DIGEST_OUT, week=periods.parse(last.week), at=last.at)
    address = link(last.channel, last.stamp) if last.channel and last.stamp else ""
    button = blocks.link_button(actor.speaker.say(READ_BUTTON), "home_digest", address) if address else None
    return [blocks.section(text, button)]


def sections(lines: Sequence[str]) -> list[blocks.Block]:
    """Lines in as few sections as they fit, none cut."""
    return [blocks.section(text) for text in _joined(lines)]


def _joined(lines: Sequence[str]) -> Iterator[str]:
    text = ""
    for line in lines:
        joined = f"{text}\n{line}" if text else line
        if len(joined) > CHUNK and text:
            yield text
            joined = line
        text = joined
    yield text


def _group(found: Found, speaker: Speaker, seen: Seen) -> str:
    name = speaker.say(GROUP, code=literal(seen.group.code), name=literal(seen.group.name(speaker.language)))
    heard = (
        speaker.say(HEARD, day=speaker.day(seen.heard.astimezone(speaker.zone).date()))
        if seen.heard
        else speaker.say(NEVER_HEARD)
    )
    return FACTS.join([name, _standing(found, speaker, seen), heard])


def _standing(found: Found, speaker: Speaker, seen: Seen) -> str:
    """Where its update stands, or why none is expected."""
    period, until = found.period_of(seen), found.until(seen)
    if seen.given:
        return speaker.say(GIVEN, period=period)
    if seen.group.state != State.ACTIVE:
        return f"⚪ {speaker.say(GROUP_STATE[seen.group.state][0])}"
    if not seen.group.owes:
        return speaker.say(ON_DEMAND)
    if seen.excused:
        return speaker.say(EXCUSED, period=period)
    return speaker.say(AWAITED if until > found.now else LATE, period=period, until=until)
