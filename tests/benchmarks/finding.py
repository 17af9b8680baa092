"""`/ptf find` over 100,000 records: the whole search against the bare ranked query of the database, in the same run.

    uv run --group bench python -m tests.benchmarks.finding [queries]

Records of four kinds, whose words are as unevenly common as those of a language; what is looked for are one to three
words out of a record, a third of them not written to their end: so common words are looked for more often than rare
ones. Who looks is in turn the pool, which reads everything, and somebody of the PTF, who does not. The search is
`storage.search.find`: rows, rights asked of the records, and the first page of records read. Bare is the same query
alone, through the driver: ``MATCH … ORDER BY rank LIMIT 8`` and ``@@ … ORDER BY ts_rank(…) DESC LIMIT 8``; told besides
is the same without any order, which answers with whatever eight rows come first.
"""

from __future__ import annotations

import itertools
import os
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import insert

from handlers import searchable
from handlers.searchable import SOURCES
from storage import migrations, periods, search
from storage.actions import Action
from storage.contacts import Contact
from storage.database import Database, connect
from storage.decisions import Decision
from storage.groups import Group
from storage.people import Person
from storage.search import queries, terms
from storage.updates import Update
from storage.visibility import Audience, Level
from tests.benchmarks.commands import databases

RECORDS = 100_000
SHARES = {Update: 0.6, Decision: 0.2, Action: 0.15, Contact: 0.05}
GROUPS, PEOPLE, VOCABULARY, PAGE = 40, 400, 20_000, 8
NOW = datetime(2027, 3, 5, 16, tzinfo=UTC)
DAYS = 3650
LEVELS = (Level.ALL, Level.ALL, Level.ALL, Level.GROUP, Level.TROIKA, Level.GOVERNMENT)
READERS = (Audience(troika=True), Audience(partner=True, groups=frozenset({1, 2}), person_id=7))
SYLLABLES = (
    "ba",
    "co",
    "di",
    "fer",
    "gou",
    "la",
    "ma",
    "ni",
    "pro",
    "ra",
    "sen",
    "ti",
    "ve",
    "zon",
    "mi",
    "lo",
    "ter",
    "pa",
)
Row = dict[str, Any]


class Language:
    """Words of two to four syllables; the second is half as common as the first, the tenth a tenth, and so on."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        found: dict[str, None] = {}
        while len(found) < VOCABULARY:
            found["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))] = None
        self.words = list(found)
        self.weights = list(itertools.accumulate(1 / (place + 3) for place in range(VOCABULARY)))

    def text(self, *lengths: int) -> str:
        """A text of one of so many words."""
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=self.chance.choice(lengths)))

    def asked(self, text: str) -> str:
        """What somebody types who remembers a text: words of it, of which one may not be written to its end."""
        words = self.chance.sample([each for each in text.split() if len(each) > terms.LONG], k=3)
        words = words[: self.chance.choice((1, 1, 2, 3))]
        return " ".join([*words[:-1], words[-1][: self.chance.choice((5, 99, 99))]])


def rows(language: Language) -> Iterator[tuple[type[Any], list[Row]]]:
    """The records, each kind by itself."""
    for model, share in SHARES.items():
        yield model, [row(language, model, number) for number in range(1, round(RECORDS * share) + 1)]


def row(language: Language, model: type[Any], number: int) -> Row:
    """One record, said some day of the last ten years."""
    chance = language.chance
    said_at = NOW - timedelta(days=chance.randrange(DAYS))
    group, day = chance.randint(1, GROUPS), said_at.date()
    common = {
        "group_id": group,
        "visibility": chance.choice(LEVELS),
        "said_by_id": chance.randint(1, PEOPLE),
        "said_at": said_at,
        "language": "fr",
        "version": 1,
    }
    code = {"code": f"{model.__tablename__.upper()}-{day.year}-{number:06}"}
    if model is Update:
        return common | update(language, day)
    if model is Decision:
        return common | code | decision(language, number, day)
    if model is Contact:
        return common | code | contact(language, day)
    return common | code | {"year": day.year, "number": number, "text": language.text(8, 15, 30), "due_on": day}


def update(language: Language, day: date) -> Row:
    """What is of an update alone."""
    return {
        "period": periods.containing(periods.WEEK, day).key,
        "status": "on_track",
        "progress": language.text(15, 40, 80),
        "difficulties": language.text(10, 20),
        "next_steps": language.text(10, 20),
        "support": "",
        "late": False,
    }


def decision(language: Language, number: int, day: date) -> Row:
    """What is of a decision alone."""
    return {
        "year": day.year,
        "number": number,
        "kind": "decision",
        "decided": day.isoformat(),
        "decided_on": day,
        "text": language.text(10, 20, 40),
        "folded": "",
        "status": "open",
    }


def contact(language: Language, day: date) -> Row:
    """What is of a contact alone."""
    return {
        "day": day,
        "family": "government",
        "counterpart": language.text(5),
        "subject": language.text(6, 10),
        "present": "",
        "leave_of": "",
        "said": language.text(40, 120),
        "follows": language.text(10),
        "documents": "",
        "not_applicable": "",
    }


def filled(url: str, language: Language) -> tuple[Database, list[str]]:
    """A database with its records, read into the index; some of their texts."""
    database = connect(url)
    migrations.upgrade(database.engine)
    texts: list[str] = []
    with database.sessions.begin() as session:
        session.add_all(Group(id=n, code=f"G{n:02}", name_fr=f"Groupe {n}", name_en="") for n in range(1, GROUPS + 1))
        session.add_all(Person(id=n, slack_id=f"U{n}", name=f"Partenaire {n}") for n in range(1, PEOPLE + 1))
        session.flush()
        for model, every in rows(language):
            session.execute(insert(model), every)
            texts += [str(each.get("progress") or each.get("said") or each["text"]) for each in every[::50]]
    start = time.perf_counter()
    searchable.fill(database)
    seconds = time.perf_counter() - start
    print(f"  {RECORDS:,} records read into the index in {seconds:.0f} s")
    return database, texts


def bare(url: str) -> tuple[Callable[[str, bool], int], Callable[[], None]]:
    """The query alone through the driver, told the words and whether in order; and how to close."""
    if url.startswith("sqlite"):
        file = sqlite3.connect(url.removeprefix("sqlite:///"))
        match = "SELECT rowid FROM searched_words WHERE searched_words MATCH ?"

        def ask_sqlite(words: str, ordered: bool) -> int:
            query = queries.for_fts5(terms.sought(words))
            return len(file.execute(f"{match}{' ORDER BY rank' * ordered} LIMIT {PAGE}", (query,)).fetchall())

        return ask_sqlite, file.close
    server = psycopg.connect(url, autocommit=True)
    server.execute("VACUUM ANALYZE")
    chosen = "SELECT id FROM searched, CAST(%s AS tsquery) query WHERE words @@ query"

    def ask_postgresql(words: str, ordered: bool) -> int:
        query = queries.for_postgresql(terms.sought(words))
        order = " ORDER BY ts_rank(words, query, 1) DESC" * ordered
        return len(server.execute(f"{chosen}{order} LIMIT {PAGE}".encode(), (query,)).fetchall())

    return ask_postgresql, server.close


def ours(database: Database, audience: Audience, words: str) -> int:
    """The whole search: how many records are on the first page."""
    with database.readings.begin() as session:
        return len(search.find(session, SOURCES, search.Wanted(words), audience, (0, PAGE)).records)


def timed(run: Callable[[], int]) -> tuple[float, int]:
    """Milliseconds, and what came back."""
    start = time.perf_counter()
    found = run()
    return (time.perf_counter() - start) * 1000, found


def measure(kind: str, url: str, queries: int) -> None:
    """All three in turn, query by query; medians, the 95th of a hundred, and ratios."""
    chance = random.Random(2027)
    language = Language(chance)
    print(f"/ptf find on {kind}, load {os.getloadavg()[0]:.1f}")
    database, texts = filled(url, language)
    alone, close = bare(url)
    times: dict[str, list[float]] = {"ours": [], "bare": [], "without order": []}
    for number in range(queries + queries // 10):
        words, audience = language.asked(chance.choice(texts)), READERS[number % len(READERS)]
        taken = {
            "ours": timed(partial(ours, database, audience, words)),
            "bare": timed(partial(alone, words, True)),
            "without order": timed(partial(alone, words, False)),
        }
        assert taken["bare"][1] == taken["without order"][1], words
        for way, (milliseconds, _) in taken.items() if number >= queries // 10 else ():
            times[way].append(milliseconds)
    tell(times)
    close()
    database.close()


def tell(times: dict[str, list[float]]) -> None:
    """What was measured."""
    high = {way: at(each, 0.95) for way, each in times.items()}
    middle = {way: statistics.median(each) for way, each in times.items()}
    for way, each in times.items():
        print(f"  {way:13} p50 {middle[way]:6.2f} ms, p95 {high[way]:6.2f} ms of {len(each)}")
    print(f"  p95 {high['ours']:.1f} ms (under 50)")
    print(
        f"  ours / bare {high['ours'] / high['bare']:.2f} at p95, {middle['ours'] / middle['bare']:.2f} at p50", end=" "
    )
    print("(at most 3)")


def at(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def main(queries: int) -> None:
    """Measure both databases."""
    with databases() as urls:
        for kind, url in urls.items():
            measure(kind, url, queries)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 400)
