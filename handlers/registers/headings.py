"""Headings as people and programs write them, in French and English, and the register which a sheet's columns make it.

Headings are compared without case, accents and punctuation: ``name_fr``, « Nom (FR) » and "NAME FR" are one. A heading
may mean one thing only; the register follows from which of them stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from handlers.registers.rows import Cell, Row
from storage.words import folded

FIELDS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "sigle", "acronym", "number", "numero", "no", "n"),
    "name_fr": ("name fr", "nom fr", "nom francais", "nom en francais", "french name", "name french", "intitule"),
    "name_en": ("name en", "nom en", "nom anglais", "nom en anglais", "english name", "name english"),
    "name": ("name", "nom", "full name", "nom complet", "nom et prenom", "prenom et nom", "personne", "person"),
    "kind": ("kind", "type", "nature", "categorie", "category", "genre de groupe"),
    "lead": (
        "lead agency", "lead", "agence chef de file", "chef de file", "ptf coordonnateur", "coordinating agency",
        "agence coordinatrice", "institution coordinatrice",
    ),
    "parent": ("parent", "parent group", "groupe parent", "groupe de rattachement", "rattachement", "part of"),
    "rhythm": ("rhythm", "rythme", "frequence", "frequency", "reporting rhythm"),
    "transversal": ("transversal", "cross cutting", "transversale"),
    "periodicity": ("periodicity", "periodicite", "how often it meets", "rythme des reunions"),
    "created": ("created", "created on", "cree le", "creation", "date de creation", "creation date"),
    "note": ("note", "notes", "remarque", "remarques", "observations", "comment", "comments", "commentaires"),
    "level": ("level", "niveau"),
    "chair": ("chair", "presidence", "president"),
    "rules": ("rules", "regles", "regles de fonctionnement"),
    "country": ("country", "pays"),
    "role": ("role seen", "role", "role vu"),
    "institution": ("institution", "partner", "partenaire", "ptf", "agence", "agency", "organisation", "organization"),
    "slack": ("slack", "slack id", "identifiant slack", "id slack", "slack user id"),
    "title": ("title", "titre", "function", "fonction", "poste", "position"),
    "language": ("language", "langue"),
    "office": ("office", "mandate", "mandat", "charge", "role du mandat"),
    "holder": ("holder", "titulaire", "principal"),
    "alternate": ("alternate", "suppleant", "suppleante", "stand in"),
    "starts": ("starts", "start", "from", "debut", "du", "date de debut", "start date", "depuis", "since"),
    "ends": ("ends", "end", "to", "until", "fin", "au", "date de fin", "end date", "jusqu au"),
    "group": ("group", "groupe", "groupe thematique", "thematic group", "gt", "group code", "code du groupe"),
    "body": (
        "body", "instance", "meeting", "reunion", "body or group", "instance ou groupe", "meeting body", "enceinte",
    ),
    "date": ("date", "decided", "decided on", "decidee le", "decide le", "date of meeting", "meeting date", "prise le",
             "taken on", "date de la reunion", "date de reunion", "jour", "day", "taken", "prise",
             "asked on", "asked for on", "demandee le"),
    "period": ("period", "periode"),
    "text": ("text", "texte", "text original", "texte original", "decision", "libelle", "wording", "contenu"),
    "progress": ("progress", "avancement", "progres", "avancees", "what moved", "ce qui a avance"),
    "difficulties": ("difficulties", "difficultes", "difficultes et raisons", "difficulties and reasons"),
    "next_steps": ("next steps", "prochaines etapes", "etapes suivantes"),
    "support": ("support", "support asked", "support asked for", "appui demande", "appui", "soutien demande"),
    "responsible": (
        "responsible", "responsable", "responsables", "institutions responsables", "responsible institutions",
        "institution responsable", "responsible institution", "structure responsable", "institutions", "owed by",
        "due par",
    ),
    "carrier": ("carrier", "carried by", "porteur", "portee par", "porte par"),
    "deadline": ("deadline", "echeance", "date limite", "due", "delai"),
    "status": ("status", "statut", "etat", "state", "etat d execution", "etat de mise en oeuvre"),
    "replaces": ("replaces", "remplace"),
    "visibility": ("visibility", "visibilite", "visible to", "visible par", "for whom", "pour qui"),
    "author": ("author", "auteur", "said by", "dit par", "given by", "donnee par", "par"),
    "born_of": ("born of", "nee de", "issue de", "decision d origine"),
    "evidence": ("evidence", "justificatif", "preuve", "justificatifs"),
    "done_on": ("done on", "fait le", "faite le", "realise le", "realisee le"),
    "review": ("comes back on", "revient le", "a revoir le", "review on", "review"),
    "addressee": ("addressee", "addressed to", "destinataire", "adressee a", "a l attention de"),
    "work": ("made by", "emise par", "formulee par", "travail", "work"),
    "version": ("version",),
    "action": ("action", "activity", "activite"),
    "agenda": ("agenda", "ordre du jour"),
    "location": ("location", "lieu", "place"),
    "formula": ("formula", "formule"),
    "target": ("target 2010", "target", "cible"),
}  # fmt: skip
"""What a column holds -> its headings, folded and without punctuation."""

_NAMED = ("name_fr", "name_en", "name", "group", "institution")
_SIGNATURES: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("indicators", (("formula",), ("target", *_NAMED))),
    ("actions", (("action",), ("responsible", "institution", "carrier"), ("group", "body", "born_of"))),
    ("decisions", (("text",), ("body",))),
    ("decisions", (("text",), ("group",), ("responsible", "deadline", "carrier"))),
    ("updates", (("group",), ("text", "progress"), ("date", "period"))),
    ("mandates", (("office",), ("institution", "group", "holder"))),
    ("people", (("name",), ("slack", "title", "language"))),
    ("groups", (_NAMED, ("parent", "transversal"))),
    ("bodies", (_NAMED, ("level", "periodicity", "rules"))),
    ("groups", (_NAMED, ("lead", "rhythm", "parent", "transversal"))),
    ("institutions", (_NAMED, ("kind",), ("country", "role"))),
    ("people", (("name",), ("institution",))),
    ("named", (_NAMED, ("kind", "code"))),
)
"""Register -> sets of fields of which one each must be there, the most telling first; see bringing for ``named``."""

UNKEPT = ("indicators",)
"""What is known by its columns though it has no register."""
TITLES: Mapping[str, tuple[str, ...]] = {
    "updates": ("updates", "mises a jour"),
    "decisions": ("decisions",),
    "actions": ("actions",),
    "groups": ("groups", "groupes"),
    "mandates": ("mandates", "mandats"),
}
"""Register -> how its sheet is called in the bot's own workbook, plain."""
LONGEST = 60
"""Characters of a heading; what is longer is none."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[*:]")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_UNIT = re.compile(
    r"(?:en |in )?(milliers|millions?|milliards?|thousands?|billions?|k|m|mds?|bn)?(?: ?(?:de|d|of))?"
    r" ?(f ?cfa|xof|eur(?:os?)?|usd|(?:us )?dollars?|chf|cad|gbp)?"
)
_BARE = re.compile(r"-?[0-9][0-9., '\u00a0\u202f]*")

FIRST = 20
"""A heading row stands among so many rows from the top, under a title or not."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's columns: its register, the place of each field, and which of its rows holds the headings.

    ``units`` are what headings say in brackets of their figures: « Montant (millions FCFA) ».
    """

    register: str
    places: Mapping[str, int]
    at: int
    units: Mapping[str, str] = field(default_factory=dict)

    def cells(self, row: Row) -> dict[str, Cell]:
        """The fields of a row, those that are empty left out; a bare figure has the unit of its heading."""
        found = {
            name: row.cells[place] for name, place in self.places.items() if place < len(row.cells) and row.cells[place]
        }
        return {name: _measured(cell, self.units[name]) if name in self.units else cell for name, cell in found.items()}

    def emptied(self, row: Row) -> frozenset[str]:
        """The fields whose column is there and whose cell is empty."""
        return frozenset(self.places) - self.cells(row).keys()


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a register are called: heading (plain) -> field; its sheets have all those of ``needed``.

    ``titles`` are the names of its sheet, plain.
    """

    register: str
    headings: Mapping[str, str]
    needed: frozenset[str]
    titles: frozenset[str] = frozenset()


def known(heading: Cell) -> str | None:
    """The field a heading stands for, None when it is none."""
    return _found(heading, _fields())


def layout(rows: Sequence[Row], others: Sequence[Columns] = (), title: str = "") -> Layout | None:
    """The columns of a sheet; None when none of its first rows are headings of a register.

    Of several that fit, the one which understands the most headings counts; the sheet's own ``title`` comes first.
    """
    best: Layout | None = None
    rank = (False, False, 0)
    for at, row in enumerate(rows[:FIRST]):
        for found, named in _layouts(at, row, others, plain(title)):
            fit = (named, found.register not in UNKEPT, len(found.places))
            if fit > rank:
                best, rank = found, fit
    return best


def places(row: Row, headings: Mapping[str, str]) -> dict[str, int]:
    """The fields whose headings stand in a row, with their columns."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        name = _found(cell, headings)
        if name is not None:
            found.setdefault(name, place)
    return found


def shared() -> Mapping[str, str]:
    """The headings (plain) of the registers that are described one by one, with their fields."""
    return _fields()


def _layouts(at: int, row: Row, others: Sequence[Columns], title: str) -> Iterator[tuple[Layout, bool]]:
    """What a row would be as a row of headings, and whether the sheet is called so."""
    own = places(row, _fields())
    register = _register(own)
    if register is not None:
        yield Layout(register, own, at, _units(row, own)), title in TITLES.get(register, ())
    for each in others:
        there = places(row, each.headings)
        if each.needed <= there.keys() and len(there) > 1:
            yield Layout(each.register, there, at, _units(row, there)), title in each.titles


def _units(row: Row, places: Mapping[str, int]) -> dict[str, str]:
    """Field -> the unit in the brackets of its heading, of those that have one."""
    found: dict[str, str] = {}
    for name, place in places.items():
        for bracket in _IN_BRACKETS.findall(str(row.cells[place])):
            unit = _UNIT.fullmatch(plain(bracket))
            if unit and any(unit.groups()):
                found[name] = " ".join(filter(None, unit.groups()))
    return found


def _measured(cell: Cell, unit: str) -> Cell:
    """A bare figure with its unit; what says more stays as it is."""
    if isinstance(cell, float):
        return f"{cell:.4f} {unit}".replace(".", ",")
    return f"{cell} {unit}" if isinstance(cell, str) and _BARE.fullmatch(cell) else cell


def _found(heading: Cell, headings: Mapping[str, str]) -> str | None:
    """The field of a heading, with what stands in its brackets or without."""
    if not isinstance(heading, str) or len(heading) > LONGEST:
        return None
    return headings.get(plain(heading)) or headings.get(plain(_BRACKETS.sub(" ", heading)))


@lru_cache(10_000)
def plain(text: str) -> str:
    """A text in lower case, without accents and punctuation, single-spaced."""
    return re.sub(r"[\W_]+", " ", folded(text)).strip()


def _register(fields: Iterable[str]) -> str | None:
    there = set(fields)
    for register, needed in _SIGNATURES:
        if all(there.intersection(each) for each in needed):
            return register
    return None


@cache
def _fields() -> Mapping[str, str]:
    return {heading: name for name, headings in FIELDS.items() for heading in headings}
