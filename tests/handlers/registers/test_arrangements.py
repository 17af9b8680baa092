"""Works, arrangements, amounts and roles out of the spreadsheets people have: in once, and a second time nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from handlers import registers
from handlers.registers.outcome import Line, Verdict
from storage.arrangements import Amount, Arrangement
from storage.sector_roles import SectorRole
from storage.works import Work
from tests.conversation import Bot

AMOUNTS = """Dispositif;Partenaire;Année;Devise;Annoncé;Engagé;Décaissé
ARR-2025-002;PAYS-BAS;2027;euros;14 000 000;s.o.;0
ARR-2025-002;Canada;2027;dollar canadien;?;;1,5 million
"""
ROLES = """Secteur;Partenaire;Rôle;Depuis;Jusqu’à;Représenté par
URB;LUXEMBOURG;chef de file;juillet 2026;;
SAN;Belgique;silencieux;2026;;PAYS-BAS
SAN;PAYS-BAS;chef de file;01/07/2025;;
GEC;UE;actif;2020;;
"""
WORKS = """Type;Intitulé;Groupe;Chef de file;PTF associés;Pour le compte de;Début;Fin;Lieu;État
Mission conjointe;Suivi des écoles;EDU;Canada;UNICEF, PAM;;3 mai 2027;7 mai 2027;Gao;prévue
Mission;Suivi des puits;EAU;UNICEF;;Japon;mai 2027;;Kidal;confirmée
"""
ARRANGEMENTS = """Type;Dispositif;Secteur;Signataires;Date de signature;Début;Fin;Approche programme;Statut
ABG;Arrangement spécifique;ECO;BAD, BM, UE, Pays-Bas;09/02/2012;2012;2017;oui;clos
"""


def brought(bot: Bot, folder: Path, name: str, text: str) -> list[Line]:
    """What was said of each row."""
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    with bot.ctx.sessions.begin() as session:
        return [line for sheet in registers.bring_in(session, bot.ctx, path, False).sheets for line in sheet.lines]


def test_the_registers_of_works_and_arrangements_are_brought_in_once(bot: Bot, tmp_path: Path) -> None:
    files = {"amounts": AMOUNTS, "roles": ROLES, "works": WORKS, "arrangements": ARRANGEMENTS}
    first = {name: brought(bot, tmp_path, name, text) for name, text in files.items()}
    told = {name: [line.verdict for line in lines] for name, lines in first.items()}
    new, same, refused = Verdict.CREATED, Verdict.UNCHANGED, Verdict.REFUSED
    assert told == {
        "amounts": [new, new],
        "roles": [new, new, same, refused],
        "works": [new, new],
        "arrangements": [new],
    }
    assert "GEC est une instance" in " ".join(first["roles"][-1].remarks)
    with bot.ctx.readings.begin() as session:
        one, other = session.scalars(select(Amount).order_by(Amount.id.desc()).limit(2)).all()[::-1]
        assert (one.pledged, one.committed, one.disbursed) == (Decimal(14_000_000), None, Decimal(0))
        assert one.not_applicable == "committed"
        assert (other.pledged, other.committed, other.disbursed) == (None, None, Decimal(1_500_000))
        assert (other.currency, other.not_applicable, one.year) == ("CAD", "", 2027)
        works = session.scalars(select(Work).order_by(Work.id.desc()).limit(2)).all()
        assert [each.joint for each in works] == [True, True]
        arrangement = session.scalars(select(Arrangement).order_by(Arrangement.id.desc()).limit(1)).one()
        assert arrangement.code == "ARR-2012-001"
        assert [each.code for each in arrangement.institutions] == ["BAD", "BM", "PAYS-BAS", "UE"]
        role = session.scalars(select(SectorRole).where(SectorRole.since == "2026-07", SectorRole.role == "lead")).one()
        assert role.ended is None
    again = {line.verdict for name, text in files.items() for line in brought(bot, tmp_path, name, text)}
    assert again == {Verdict.UNCHANGED, Verdict.REFUSED}
