"""Arrangements and division of labour in conversation: amounts, parts, roles, the matrix, the warning."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from bot.rehearsal.model import Message
from handlers import readers, sheets
from handlers.arrangements import adding
from handlers.reports.sheets import Value
from storage.arrangements import Amount, Arrangement
from storage.visibility import Audience
from tests.conversation import EDUCATION, HEALTH, MEMBER, POOL, Bot, answer
from tests.handlers.test_actions import ids
from tests.handlers.test_decisions import silent
from tests.handlers.test_works import group_id

EVERYTHING, PARTNER = Audience(troika=True, partner=True), Audience(partner=True)


def arrangement(bot: Bot, code: str) -> Arrangement:
    """The arrangement of that code."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Arrangement).where(Arrangement.code == code)).one()


def newest(bot: Bot) -> Amount:
    """The amounts noted last."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Amount).order_by(Amount.id.desc()).limit(1)).one()


def sheet(bot: Bot, name: str, language: str, audience: Audience = EVERYTHING) -> list[dict[str, Value]]:
    """A sheet of the workbook for a reader: each row by the titles of the columns."""
    register = next(each for each in sheets.SHEETS if each.name == name)
    with bot.ctx.readings.begin() as session:
        scope = sheets.scope(session, bot.ctx, readers.of_document(bot.ctx, language, audience), None)
        told = sheets.sheet(register, scope)
        titles = [column.title for column in told.columns]
        return [dict(zip(titles, row, strict=True)) for row in told.rows]


def add_amounts(bot: Bot, **answers: object) -> Message:
    """Amounts of a year, noted from the sheet of the delegated cooperation; the card that tells them."""
    lead, whole = bot.be(HEALTH), arrangement(bot, "ARR-2025-003")
    lead.command("/ptf arrangement ARR-2025-003")
    lead.choose(None, "arrangement_menu", f"amount:{whole.id}")
    assert answer(lead, institution=ids(bot, "ESPAGNE")[0], currency="EUR", **answers).ok
    bot.deliver()
    return bot.told(HEALTH)[-1]


def test_missing_not_applicable_and_zero_are_three_things_everywhere(bot: Bot) -> None:
    card = add_amounts(bot, year="2028", pledged="1.5 million", committed="n/a", disbursed="0")
    for told in ("Pledged: 1,500,000", "Committed: not applicable", "Disbursed: 0", "Spain (AECID), 2028"):
        assert told in card.plain
    noted = newest(bot)
    assert (noted.pledged, noted.committed, noted.disbursed) == (Decimal(1_500_000), None, Decimal(0))
    assert noted.not_applicable == "committed"
    lead = bot.be(HEALTH)
    lead.click(card, "amount_edit")
    assert answer(lead, pledged="", disbursed="2 000").ok, "what is not typed again stays"
    bot.deliver()
    card = bot.told(HEALTH)[-1]
    for told in ("Pledged: not known", "Committed: not applicable", "Disbursed: 2,000"):
        assert told in card.plain
    history = bot.be(POOL).command(f"/ptf historique {noted.code}").text.replace("\u00a0", " ")
    for told in ("Engagé : sans objet", "Annoncé : 1 500 000 → ", "Décaissé : 0"):
        assert told in history.replace("\u202f", " ")
    row = next(each for each in sheet(bot, "arrangement_amounts", "fr") if each["Code"] == noted.code)
    assert [row[name] for name in ("Annoncé", "Engagé", "Décaissé")] == [None, "sans objet", 2000.0]
    assert str(row["Année"]) == "2028"
    lead.command("/ptf arrangement ARR-2025-003")
    lead.choose(None, "arrangement_menu", f"amount:{arrangement(bot, 'ARR-2025-003').id}")
    faults = answer(lead, institution=ids(bot, "ESPAGNE")[0], currency="EUR", year="2028", pledged="beaucoup").errors
    assert set(faults) == {"pledged"}
    faults = answer(lead, institution=ids(bot, "ESPAGNE")[0], currency="EUR", year="2028", pledged="1").errors
    assert noted.code in faults["year"]
    silent(bot)


def test_a_sum_says_what_it_does_not_know() -> None:
    def row(pledged: Decimal | None, lacking: str = "") -> Amount:
        return Amount(pledged=pledged, not_applicable=lacking)

    one = Decimal(5)
    assert adding.total([row(one), row(one), row(None, "pledged")], "pledged") == adding.Sum(Decimal(10), 0, True)
    assert adding.total([row(one), row(None)], "pledged") == adding.Sum(one, 1, True)
    assert adding.total([row(None)], "pledged") == adding.Sum(None, 1, True)
    assert adding.total([row(Decimal(0))], "pledged") == adding.Sum(Decimal(0), 0, True)
    assert adding.total([row(None, "pledged")], "pledged") == adding.Sum(None, 0, False)


def test_the_parts_of_an_arrangement_are_read_withdrawn_and_restored_with_it(bot: Bot) -> None:
    def told(audience: Audience) -> int:
        rows = sheet(bot, "arrangement_amounts", "en", audience)
        return sum(each["Arrangement"] == "ARR-2025-001" for each in rows)

    pool, whole = bot.be(POOL), arrangement(bot, "ARR-2025-001")
    assert told(PARTNER) == 12
    pool.command("/ptf dispositif ARR-2025-001")
    pool.choose(None, "arrangement_menu", f"edit:{whole.id}")
    assert answer(pool, visibility="troika").ok
    assert (told(PARTNER), told(EVERYTHING)) == (0, 12)
    bot.deliver()
    pool.click(bot.told(POOL)[-1], "arrangement_withdraw")
    assert told(EVERYTHING) == 0
    bot.deliver()
    pool.click(bot.told(POOL)[-1], "arrangement_restore")
    assert told(EVERYTHING) == 12
    silent(bot)


def test_who_leads_health_since_when_is_answered_by_list_matrix_and_sheet(bot: Bot) -> None:
    listed = bot.be(POOL).command("/ptf rôles santé chef de file").text
    assert "Pays-Bas, SAN* Chef de file\nDepuis\u00a0: 1er juillet 2025" in listed
    assert "Canada, SAN* Chef de file\nDepuis\u00a0: juillet 2023 · Jusqu’à\u00a0: juin 2025" in listed
    assert "Actif" not in listed
    assert "Netherlands, SAN* Lead\nSince: 1 July 2025" in bot.be(HEALTH).command("/ptf roles health lead").text
    shown = bot.be(POOL).command("/ptf dispositif matrice").message
    assert shown is not None
    table = next(block for block in shown.blocks if block["type"] == "table")
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    by_partner = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert (by_partner["PAYS-BAS"]["SAN"], by_partner["ESPAGNE"]["SAN"], by_partner["ALLEMAGNE"]["EAU"]) == (
        "C", "S", "D",
    )  # fmt: skip
    assert by_partner["CANADA"]["Secteurs"] == "4"
    assert "Spain (AECID) (Silent, through Netherlands)" in bot.be(HEALTH).command("/ptf arrangement matrix").text
    assert "Canada (Lead, since July 2023)" in bot.be(HEALTH).command("/ptf arrangement matrix June 2024").text
    crosstab = {row["Partner × sector"]: row for row in sheet(bot, "division", "en")}
    assert crosstab["PAYS-BAS"]["SAN"] == "Lead, since 1 July 2025"
    assert crosstab["ESPAGNE"]["EDU"] is None
    silent(bot)


def test_a_partner_in_too_many_sectors_is_warned_as_the_settings_say(bot: Bot) -> None:
    member, pool = bot.be(MEMBER), bot.be(POOL)

    def note(role: str, group: str, partner: str, **more: object) -> Sequence[str]:
        member.command("/ptf roles")
        member.click(None, "role_add")
        given = {"group": group_id(bot, group), "institution": ids(bot, partner)[0], "role": role, "since": "2026"}
        submitted = answer(member, **(given | more))
        bot.deliver()
        return tuple(submitted.errors)

    assert note("active", "GEC", "JAPON") == ("group",), "a body is no sector"
    assert note("active", "EAU", "JAPON") == ("since",), "one role in a sector at a time"
    assert note("active", "ENV", "JAPON", voice=ids(bot, "PNUD")[0]) == ("voice",)
    assert note("lead", "ENV", "CANADA") == ()
    card = bot.told(MEMBER)[-1].plain
    assert "Canada is in 5 sectors (EAR, EDU, ENV, GEN and SAN); the group allows 3." in card
    assert "UNDP leads ENV at the same time" in card
    pool.command("/ptf config")
    pool.click(None, "config_sectors")
    assert set(pool.submit(most_sectors="beaucoup").errors) == {"most_sectors"}
    assert pool.submit(most_sectors="5").ok
    assert "5 secteurs" in pool.command("/ptf réglages").text
    assert "Canada\u00a0:" not in bot.be(EDUCATION).command("/ptf rôles matrice").text
    assert "Secteurs par partenaire avant avertissement" in pool.command("/ptf historique réglages").text
    silent(bot)
