"""The commands that do one thing and end, with the database only: migrate, import, export, digest, forget."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import storage.configuration
import storage.models  # whoever writes knows all tables, since they refer to each other
from bot import opening
from bot.settings import Settings
from handlers import readers
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import message
from storage import migrations, periods
from storage.database import connect
from storage.periods import Period
from storage.visibility import Level, of_channel

MIGRATED = message("The database has the shape of this version ({revision}).")
WRITTEN = message("Written: {file}")
NOT_WRITTEN = message("{file} cannot be written: {reason}.")
SURE = message("Erase {name}? It cannot be undone. Type yes to go on: ")
YES_WORD = message("yes")
LEFT = message("Nothing was erased.")
ONLY_TRIED = message("Nothing was erased: this is what would happen.")
ERASED = message("{name} is erased.")
NO_WEEK = message("{week} is no week; it is written as 2027-W09.")


def migrate(settings: Settings) -> int:
    """Bring the database to the newest shape, its index too. Raises StartFault when it does not answer."""
    from handlers import searchable

    database = connect(settings.database_url)
    try:
        with opening.database_trouble():
            migrations.upgrade(database.engine)
            searchable.fill(database)
    finally:
        database.close()
    print(settings.speaker.say(MIGRATED, revision=migrations.NEWEST))
    return 0


def bring_in(settings: Settings, file: Path, *, dry_run: bool) -> int:
    """Bring a file in, or tell what that would do; one line a row. 1 when anything was refused."""
    from handlers import registers, searchable

    with _opened(settings) as ctx:
        with ctx.sessions.begin() as session:
            outcome = registers.bring_in(session, ctx, file, dry_run)
        if not dry_run:
            searchable.fill(ctx.database)
    print(registers.told(outcome, settings.speaker))
    return 1 if outcome.refused else 0


def export(settings: Settings, out: Path, language: str, level: Level) -> int:
    """Write the Excel, for those of that level, in that language."""
    from handlers import export
    from handlers.reports import sheets

    with _opened(settings) as ctx, ctx.readings.begin() as session:
        reader = readers.of_document(ctx, language, of_channel(level))
        try:
            sheets.write(export.workbook(session, ctx, reader), out)
        except OSError as error:
            return _refuse(settings.speaker.say(NOT_WRITTEN, file=out, reason=error.strerror or type(error).__name__))
    print(settings.speaker.say(WRITTEN, file=out))
    return 0


def digest(settings: Settings, week: str, language: str, shape: tuple[Level, str]) -> int:
    """Print the digest of a week for a level, as text, html or json."""
    level, form = shape
    period = _week(week)
    if period is None:
        return _refuse(settings.speaker.say(NO_WEEK, week=week))
    with _opened(settings) as ctx, ctx.readings.begin() as session:
        from handlers import digest
        from handlers.reports import html, text

        reader = readers.of_document(ctx, language, of_channel(level))
        report = digest.compose(session, ctx, period, reader)
    if form == "json":
        print(json.dumps(asdict(report), ensure_ascii=False, indent=2, default=str))
    else:
        print({"text": text, "html": html}[form].render(report, reader.speaker), end="")
    return 0


def forget(settings: Settings, who: str, *, dry_run: bool, sure: bool) -> int:
    """Erase a person, once it is confirmed, or tell what that would do. 1 when nobody, or nobody alone, is meant."""
    from handlers import forgetting

    say = settings.speaker.say
    with _opened(settings) as ctx, ctx.sessions.begin() as session:
        try:
            person = forgetting.find(session, settings.speaker, who)
        except Refusal as refusal:
            return _refuse(refusal.said(settings.speaker))
        name = person.name or who
        if not (dry_run or sure):
            print(say(SURE, name=name), end="", flush=True)
            if sys.stdin.readline().strip().lower() != say(YES_WORD):
                print(say(LEFT))
                return 1
        told = forgetting.erase(session, ctx, person)
        if dry_run:
            session.rollback()
    print("\n".join([say(ONLY_TRIED) if dry_run else say(ERASED, name=name), *told]))
    return 0


@contextmanager
def _opened(settings: Settings) -> Iterator[Context]:
    """The context on the database of the settings, with its first configuration."""
    database = opening.open_database(settings)
    try:
        with database.sessions.begin() as session:
            storage.configuration.prepare(session, settings.zone.key, settings.digest_channel, settings.language)
        yield opening.context(settings, database, team_id="")
    finally:
        database.close()


def _week(key: str) -> Period | None:
    try:
        period = periods.parse(key)
    except ValueError:
        return None
    return period if period.kind == periods.WEEK else None


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
