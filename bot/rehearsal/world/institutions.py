"""The institutions of the demo world: bilateral and multilateral partners, the United Nations, and those they talk with."""

from __future__ import annotations

from bot.rehearsal.world.shapes import Institution

INSTITUTIONS = (
    Institution("DDC", "Suisse (DDC)", "Switzerland (SDC)", "bilateral", "CH"),
    Institution("CANADA", "Canada", "Canada", "bilateral"),
    Institution("PAYS-BAS", "Pays-Bas", "Netherlands", "bilateral"),
    Institution("ALLEMAGNE", "Allemagne", "Germany", "bilateral"),
    Institution("BELGIQUE", "Belgique", "Belgium", "bilateral", "BE"),
    Institution("LUXEMBOURG", "Luxembourg", "Luxembourg", "bilateral"),
    Institution("ESPAGNE", "Espagne (AECID)", "Spain (AECID)", "bilateral"),
    Institution("ITALIE", "Italie (AICS)", "Italy (AICS)", "bilateral"),
    Institution("JAPON", "Japon (JICA)", "Japan (JICA)", "bilateral"),
    Institution("UE", "Union européenne", "European Union", "multilateral"),
    Institution("BM", "Banque mondiale", "World Bank", "multilateral"),
    Institution("BAD", "Banque africaine de développement", "African Development Bank", "multilateral"),
    Institution("FMI", "Fonds monétaire international", "International Monetary Fund", "multilateral"),
    Institution("SNU", "Système des Nations Unies", "United Nations system", "un"),
    Institution("PNUD", "PNUD", "UNDP", "un"),
    Institution("UNICEF", "UNICEF", "UNICEF", "un"),
    Institution("OMS", "OMS", "WHO", "un"),
    Institution("UNFPA", "UNFPA", "UNFPA", "un"),
    Institution("PAM", "PAM", "WFP", "un"),
    Institution("FAO", "FAO", "FAO", "un"),
    Institution("ONU-FEMMES", "ONU Femmes", "UN Women", "un"),
    Institution("SHA", "Secrétariat à l’harmonisation de l’aide", "Aid Harmonisation Secretariat", "government"),
    Institution("CPS-SAN", "CPS Santé", "Health planning and statistics unit", "government"),
    Institution("CNSC", "Conseil national de la société civile", "National Civil Society Council", "civil_society"),
)
