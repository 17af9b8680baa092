"""The register of institutions: the partners, by code or by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from handlers.errors import Refusal
from handlers.registers import names, sentences
from handlers.registers.desk import Desk, Entry, each
from handlers.registers.outcome import Line, Verdict
from handlers.registers.vocabulary import INSTITUTION_KINDS
from storage.partners import Institution

FIELDS = ("code", "name_fr", "name_en", "name", "institution", "kind")


def bring(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of a register of institutions."""
    return each(desk, entries, _title, partial(_keep, desk))


def _title(entry: Entry) -> str:
    return entry.text("name_fr", "name", "institution", "name_en", "code")


def _keep(desk: Desk, entry: Entry) -> tuple[Verdict, str]:
    if not _title(entry):
        raise Refusal(sentences.NO_NAME)
    kind = entry.word("kind", INSTITUTION_KINDS, sentences.INSTITUTION_KIND)
    institution = _found(desk, entry)
    if institution is None:
        taken = desk.known.institution_codes
        code = names.code(entry.text("code"), taken) or names.institution_code(_title(entry), taken)
        institution = Institution(code=code, name_fr=_title(entry), name_en=entry.text("name_en"), kind=kind or "other")
        desk.keep(institution)
        verdict = Verdict.CREATED
    else:
        verdict = Verdict.CHANGED if desk.settle(institution, _told(entry, institution, kind)) else Verdict.UNCHANGED
    desk.known.learn_institution(institution)
    said = entry.text("code")
    if said and names.squashed(said) != names.squashed(institution.code):
        entry.remark(sentences.CODE_STAYS, code=institution.code, said=said)
    return verdict, f"{institution.code} {institution.name(desk.speaker.language)}"


def _found(desk: Desk, entry: Entry) -> Institution | None:
    said = (entry.text(name) for name in ("code", "name_fr", "name", "institution", "name_en"))
    return next((found for text in said if text and (found := desk.known.institution(text))), None)


def _told(entry: Entry, institution: Institution, kind: str | None) -> dict[str, object]:
    """What a row tells; a name in no language says nothing new when the institution has it in either."""
    french = entry.text("name_fr", "name", "institution")
    if not entry.text("name_fr") and french in (institution.name_fr, institution.name_en, institution.code):
        french = ""
    told = {"name_fr": french, "name_en": entry.text("name_en"), "kind": kind}
    return {name: value for name, value in told.items() if value}
