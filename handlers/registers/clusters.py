"""The rows of one file that tell of the same group: raised from sub-group to group, or under another coordinator.

They are taken together before anything is kept, so that the later dated row wins and a second run finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from handlers.registers.desk import Desk, Entry
from handlers.registers.moments import Moment, moment
from handlers.registers.names import squashed, telling
from storage.groups import Group


@dataclass(slots=True)
class Cluster:
    """Rows that tell of one group, in the order of the file, and the group when it is known already."""

    group: Group | None
    entries: list[Entry] = field(default_factory=list)

    def in_time(self, today: date) -> list[Entry]:
        """The rows by their dates, the undated first, as the file has them where dates are alike."""
        return sorted(self.entries, key=lambda entry: _day(entry, today))


def titles(entry: Entry) -> tuple[str, str]:
    """The French and the English name of a row; one that is in no language is taken for French."""
    french, english = entry.text("name_fr"), entry.text("name_en")
    return (french or entry.text("name", "group"), english) if not (french or english) else (french, english)


def gathered(desk: Desk, entries: Iterable[Entry]) -> list[Cluster]:
    """The rows by the group they tell of: found by code, else by name, among the known ones and in the file."""
    clusters: list[Cluster] = []
    places: dict[object, Cluster] = {}
    for entry in entries:
        french, english = titles(entry)
        code = entry.text("code")
        group = desk.known.group_called(code, (("fr", french), ("en", english)))
        names: list[object] = [
            (language, telling(name)) for language, name in (("fr", french), ("en", english)) if name
        ]
        keys = ([squashed(code)] if code else []) + ([group.id] if group else names)
        cluster = next((places[key] for key in keys if key in places), None)
        if cluster is None:
            cluster = Cluster(group)
            clusters.append(cluster)
        for key in (*keys, *names):
            places.setdefault(key, cluster)
        cluster.entries.append(entry)
    return clusters


def _day(entry: Entry, today: date) -> date:
    found = moment_of(entry, today)
    return found.period.first if found else date.min


def moment_of(entry: Entry, today: date) -> Moment | None:
    """The date of a row, without a remark."""
    return moment(entry.cells.get("date", ""), today)
