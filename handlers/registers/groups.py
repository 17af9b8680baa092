"""The registers of groups and of bodies: both are kept as groups, and a body that also gives updates is a group.

Of a group that stands in several rows, each fact is that of the latest dated row which tells it; the notes are joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from handlers.errors import Refusal
from handlers.registers import clusters, leading, living, names, returning, sentences
from handlers.registers.clusters import Cluster, titles
from handlers.registers.desk import Desk, Entry, each
from handlers.registers.outcome import Line, Verdict
from handlers.registers.vocabulary import GROUP_KINDS, GROUP_STATES, RHYTHMS, yes
from storage import periods
from storage.groups import Group, Kind

FIELDS = (
    "code", "name_fr", "name_en", "name", "group", "kind", "lead", "parent", "rhythm", "status", "transversal",
    "periodicity", "created", "date", "note", "version",
)  # fmt: skip
EMPTIED: Mapping[str, Mapping[str, object]] = {
    "name_fr": {"name_fr": ""},
    "name_en": {"name_en": ""},
    "parent": {"parent_id": None},
    "periodicity": {"periodicity": ""},
    "created": {"created_on": None},
}
"""Field -> what its column holds when it is emptied."""
BODY_FIELDS = ("code", "name_fr", "name_en", "name", "group", "periodicity", "rules", "note")


def bring(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of a register of groups."""
    named = [entry for entry in entries if _title(entry)]
    for entry in entries:
        if not _title(entry):
            yield desk.refused(entry, "", Refusal(sentences.NO_NAME))
    kept = []
    seen: dict[str, int] = {}
    for cluster in clusters.gathered(desk, named):
        try:
            verdict, group = _come_back(desk, cluster, seen) or _keep(desk, cluster)
        except Refusal as refusal:
            for entry in cluster.entries:
                yield desk.refused(entry, _title(entry), refusal)
        else:
            kept.append((cluster, verdict, group))
    for cluster, verdict, group in kept:
        yield from _told(desk, cluster, _under_parent(desk, cluster, verdict, group), group)


def _come_back(desk: Desk, cluster: Cluster, seen: dict[str, int]) -> tuple[Verdict, Group] | None:
    """The row of an exported workbook; None for any other. Raises Conflict where the group was changed here since."""
    entry = cluster.entries[0]
    group = cluster.group or (None if entry.text("code") else returning.record(desk.session, entry, Group))
    if group is None or not entry.text("version"):
        return None
    for each_entry in cluster.entries:
        returning.once(each_entry, seen)
    values = _values(desk, [entry], group)
    parent = desk.known.group(entry.text("parent"), "fr", lambda other: other is not group)
    values |= {"parent_id": parent.group.id} if parent is not None else {}
    needed = {"kind": "kind", "status": "state"}
    told = {**values, **returning.emptied(desk, entry, group, EMPTIED, needed)}
    changed = desk.settle(group, returning.differing(desk, entry, group, told))
    leading.compare(desk, group, entry)
    desk.known.learn_group(group)
    return (Verdict.CHANGED if changed else Verdict.UNCHANGED), group


def bring_bodies(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of a register of bodies; a group that is known already is only completed."""
    return each(desk, entries, _title, partial(_body, desk))


def _title(entry: Entry) -> str:
    return entry.text("name_fr", "name_en", "name", "group", "code")


def _told(desk: Desk, cluster: Cluster, verdict: Verdict, group: Group) -> Iterator[Line]:
    """The first row created the group, the others changed it."""
    first = cluster.entries[0]
    for entry in cluster.entries:
        if entry is not first and verdict is not Verdict.UNCHANGED:
            entry.remark(sentences.SAME_GROUP, number=first.number)
        yield desk.line(entry, verdict, _told_name(desk, group))
        verdict = Verdict.CHANGED if verdict is Verdict.CREATED else verdict


def _told_name(desk: Desk, group: Group) -> str:
    return f"{group.code} {group.name(desk.speaker.language)}".strip()


def _keep(desk: Desk, cluster: Cluster) -> tuple[Verdict, Group]:
    entries = cluster.in_time(desk.ctx.today)
    values = _values(desk, entries, cluster.group)
    leader = leading.leader(entries)
    values |= _note(entries, leader)
    group, verdict = cluster.group, Verdict.UNCHANGED
    if group is None:
        group, verdict = desk.group(Group(code=_code(desk, entries), **values)), Verdict.CREATED
        living.begin(desk, group, entries)
    elif desk.settle(group, values, living.since(desk, entries)):
        verdict = Verdict.CHANGED
        desk.known.learn_group(group)
    if leader is not None and leading.coordinate(desk, group, leader) and verdict is Verdict.UNCHANGED:
        verdict = Verdict.CHANGED
    for entry in entries:
        said = entry.text("code")
        if said and names.squashed(said) != names.squashed(group.code):
            entry.remark(sentences.CODE_STAYS, code=group.code, said=said)
    return verdict, group


def _code(desk: Desk, entries: Sequence[Entry]) -> str:
    given = next((entry.text("code") for entry in entries if entry.text("code")), "")
    taken = desk.known.group_codes
    return names.code(given, taken) or names.group_code(_title(entries[-1]), taken)


def _values(desk: Desk, entries: Sequence[Entry], group: Group | None) -> dict[str, object]:
    """The facts of a group, each from the last row that tells it; what no row tells is left out."""
    values: dict[str, object] = {} if group else {"name_fr": "", "name_en": ""}
    for entry in entries:
        entry.moment("date", desk.ctx.today)
        told = {
            "kind": entry.word("kind", GROUP_KINDS, sentences.GROUP_KIND),
            "rhythm": entry.word("rhythm", RHYTHMS, sentences.LEFT_OUT),
            "state": entry.word("status", GROUP_STATES, sentences.LEFT_OUT),
            "periodicity": entry.text("periodicity"),
            "transversal": _transversal(entry),
            "created_on": _created(desk, entry),
        }
        values |= _names(entry, group) | {name: value for name, value in told.items() if value not in (None, "")}
    return values


def _names(entry: Entry, group: Group | None) -> dict[str, object]:
    """The names a row tells; one that is in no language says nothing new when the group has it in either."""
    french, english = titles(entry)
    if group and not entry.text("name_fr", "name_en") and french in (group.name_fr, group.name_en, group.code):
        return {}
    french = french or ("" if english or group else entry.text("code"))
    return {name: value for name, value in (("name_fr", french), ("name_en", english)) if value}


def _transversal(entry: Entry) -> bool | None:
    said = entry.text("transversal")
    value = yes(said) if said else None
    if said and value is None:
        entry.remark(sentences.LEFT_OUT, said=said)
    return value


def _created(desk: Desk, entry: Entry) -> object:
    """The day of creation; a month or a year is no day and is left out."""
    moment = entry.moment("created", desk.ctx.today)
    if moment is None:
        return None
    if moment.period.kind != periods.DAY:
        entry.remark(sentences.DATE_LEFT_OUT, said=entry.text("created"))
        return None
    return moment.period.first


def _note(entries: Sequence[Entry], leader: Entry | None) -> dict[str, object]:
    """The notes of all rows, each with its date, and with the coordinator who was not entered or not in full."""
    lines = []
    for entry in entries:
        lead = entry.text("lead")
        in_full = entry is leader and leading.named(lead) == lead
        words = [part for part in ("" if in_full else lead, entry.text("note")) if part]
        if words:
            lines.append(" · ".join([*([entry.text("date")] if entry.text("date") else []), *words]))
    return {"note": "\n".join(dict.fromkeys(lines))} if lines else {}


def _under_parent(desk: Desk, cluster: Cluster, verdict: Verdict, group: Group) -> Verdict:
    """Put a group under its parent, once all groups of the file are known."""
    entry = next((each for each in reversed(cluster.entries) if each.text("parent")), None)
    if entry is None or entry.text("version"):
        return verdict
    found = desk.known.group(entry.text("parent"), "fr", lambda other: other.reports)
    if found is None or found.group is group:
        entry.remark(sentences.LEFT_OUT, said=entry.text("parent"))
        return verdict
    changed = desk.settle(group, {"parent_id": found.group.id})
    return Verdict.CHANGED if changed and verdict is Verdict.UNCHANGED else verdict


def _body(desk: Desk, entry: Entry) -> tuple[Verdict, str]:
    if not _title(entry):
        raise Refusal(sentences.NO_NAME)
    french, english = titles(entry)
    group = desk.known.group_called(entry.text("code"), (("fr", french), ("en", english)))
    told = {
        "name_fr": french or ("" if english else entry.text("code")),
        "name_en": english,
        "periodicity": entry.text("periodicity"),
        "note": "\n".join(part for part in (entry.text("rules"), entry.text("note")) if part),
    }
    if group is None:
        group = desk.group(Group(code=_code(desk, [entry]), kind=Kind.BODY, **told))
        return Verdict.CREATED, _told_name(desk, group)
    changed = desk.settle(group, _completing(group, told))
    desk.known.learn_group(group)
    return (Verdict.CHANGED if changed else Verdict.UNCHANGED), _told_name(desk, group)


def _completing(group: Group, told: Mapping[str, str]) -> dict[str, object]:
    """What a row changes: all that it tells of a body; of a group which also gives updates, only what was not known."""
    return {
        name: value for name, value in told.items() if value and (group.kind == Kind.BODY or not getattr(group, name))
    }
