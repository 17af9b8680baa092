"""What follows from the description of a kind, shown on contacts: form, list, card, history, sheet, rights, readers."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

import storage.history
import storage.registered
from bot.rehearsal.answers import NotPossible
from handlers import described, readers, sheets
from handlers.digest import composing as digest
from handlers.kinds import figures
from handlers.kinds.field import Sort
from handlers.kinds.figures import Lack, NotAFigure
from handlers.language import LANGUAGES, Speaker
from storage import periods
from storage.contacts import Contact
from storage.visibility import Audience
from tests.conversation import GUEST, MEMBER, POOL, Bot, answer
from tests.handlers.test_actions import ids

SAID = "Le SHA attend une note commune & <chiffrée>."


def noted(bot: Bot, who: str = POOL, **answers: object) -> Contact:
    """A contact noted in the form that the list opens."""
    person = bot.be(who)
    person.command("/ptf contact")
    person.click(None, "contact_add")
    given = {
        "day": "2027-02-10",
        "subject": "Suivi de la feuille de route",
        "family": "government",
        "counterpart": "SHA",
    }
    assert answer(person, **(given | {"said": SAID} | answers)).ok
    bot.deliver()
    with bot.ctx.readings.begin() as session:
        return storage.registered.newest(session, Contact, Audience(troika=True), 1)[0]


def test_one_is_added_from_its_list_shown_changed_withdrawn_and_restored(bot: Bot) -> None:
    contact = noted(bot, institutions=ids(bot, "BM", "FAO"))
    card = bot.told(POOL)[-1]
    assert card.plain.startswith(f"Contact\n{contact.code} – Suivi")
    assert SAID in card.plain
    pool = bot.be(POOL)
    pool.click(card, "contact_edit")
    assert answer(pool, subject="Objet revu", institutions=ids(bot, "BM")).ok
    listed = f"{contact.code} – Objet revu"
    assert listed in pool.command("/ptf dialogue BM objet").text
    assert listed not in pool.command("/ptf dialogue FAO").text
    pool.choose(None, "contact_list_institution", "toutes les institutions")
    assert pool.last is not None
    assert listed in pool.last.plain
    pool.choose(None, "contact_menu", f"show:{contact.id}")
    assert pool.view is not None
    assert "Objet revu" in str(pool.view.blocks)
    pool.close(everything=True)
    pool.click(bot.told(POOL)[-1], "contact_withdraw")
    assert contact.code not in pool.command("/ptf contact").text
    bot.deliver()
    pool.click(bot.told(POOL)[-1], "contact_restore")
    history = pool.command(f"/ptf history {contact.code}").text.replace("\u00a0", " ")
    for told in ("Objet : Suivi de la feuille de route → Objet revu", "BM, FAO → BM", "Retrait", "Rétablissement"):
        assert told in history
    with bot.ctx.readings.begin() as session:
        created = storage.history.of_record(session, "contacts", contact.id)[0]
    pool.choose(None, "history_menu", f"back:{created.id}")
    with bot.ctx.readings.begin() as session:
        held = session.get_one(Contact, contact.id)
        assert (held.subject, [each.code for each in held.institutions]) == (contact.subject, ["BM", "FAO"])


def test_who_may_not_write_or_read_one_is_told_who_can(bot: Bot) -> None:
    contact = noted(bot)
    member = bot.be(MEMBER)
    assert contact.code not in member.command("/ptf contact").text
    with pytest.raises(NotPossible):
        member.click(None, "contact_add")
    assert "ne peut" in bot.be(GUEST).command("/ptf contact").text or bot.be(GUEST).last is not None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12 000 000", 12_000_000),
        ("12\u202f000\u202f000 FCFA", 12_000_000),
        ("1,5 million", 1_500_000),
        ("2.5 Md", 2_500_000_000),
        ("12,5 %", Decimal("12.5")),
        ("1.234", 1234),
        ("1,234.50", Decimal("1234.50")),
        ("1.234.567,8", Decimal("1234567.8")),
        ("0", 0),
        ("n/a", Lack.NOT_APPLICABLE),
        ("S.O.", Lack.NOT_APPLICABLE),
        ("sans objet", Lack.NOT_APPLICABLE),
        ("?", Lack.MISSING),
        ("", Lack.MISSING),
        ("–", Lack.MISSING),
    ],
)
def test_a_figure_reads_as_people_write_it_and_what_lacks_is_no_zero(written: str, read: object) -> None:
    assert figures.read(written) == read


@pytest.mark.parametrize("written", ["douze", "12 ou 13", "1,23,4", "12.34.5", "5 chèvres", "1.", "12-13"])
def test_what_is_no_figure_is_refused(written: str) -> None:
    with pytest.raises(NotAFigure):
        figures.read(written)


def test_every_kind_is_described_whole() -> None:
    for kind in described.KINDS:
        columns = set(kind.model.__mapper__.all_orm_descriptors.keys())
        missing = [each.name for each in kind.fields if each.column not in columns]
        assert not missing, f"{kind.name}: the model has no {missing}"
        spans = [each.name for each in kind.fields if each.sort == Sort.SPAN and f"{each.name}_on" not in columns]
        assert not spans, f"{kind.name}: the model has no last day of {spans}"
        if kind.status:
            assert set(kind.standing) <= set(kind.field(kind.status).words)
        for language in LANGUAGES:
            speaker = Speaker(language, ZoneInfo("Africa/Bamako"))
            assert len(speaker.say(kind.labels.one)) <= 24
            assert len(speaker.say(kind.labels.many)) <= 31


def test_its_sheet_holds_what_its_reader_may_read(bot: Bot) -> None:
    contact = noted(bot)
    register = next(each for each in sheets.SHEETS if each.name == "contacts")
    with bot.ctx.readings.begin() as session:
        for audience, is_told in ((Audience(troika=True), True), (Audience(partner=True), False)):
            scope = sheets.scope(session, bot.ctx, readers.of_document(bot.ctx, "en", audience), None)
            rows = [row for row in sheets.sheet(register, scope).rows if row[0] == contact.code]
            assert bool(rows) == is_told
            assert not rows or rows[0][1:5] == [contact.day, contact.subject, "Government", "SHA"]


def test_the_digest_tells_what_is_new_to_whom_may_read_it(bot: Bot) -> None:
    contact = noted(bot)
    opened = noted(bot, visibility="all", subject="Concertation avec le secteur privé")
    week = periods.parse("2027-W09")
    with bot.ctx.readings.begin() as session:
        for audience, told in ((Audience(troika=True), [opened, contact]), (Audience(partner=True), [opened])):
            reader = readers.of_document(bot.ctx, "fr", audience)
            report = digest.compose(session, bot.ctx, week, reader)
            new = next(section for section in report.glance if section.title == "Nouveau dans les registres")
            lines = next(each.text for each in new.paragraphs if each.label == "Contacts").splitlines()
            assert [line.partition(" ")[0] for line in lines] == [each.code for each in told]
