"""Who holds which office from when to when; the lead changes hands on 1 January 2027.

The troïka of both years is two bilaterals and one multilateral, and the incoming member of one year leads the next
(DOMAIN.md section 1).
"""

from __future__ import annotations

from datetime import date

from bot.rehearsal.world.shapes import Mandate

_Y26, _END26 = date(2026, 1, 1), date(2026, 12, 31)
_Y27, _END27 = date(2027, 1, 1), date(2027, 12, 31)

_STEERING = (
    Mandate("CANADA", "lead", None, _Y26, _END26, "UCANADA001"),
    Mandate("DDC", "incoming", None, _Y26, _END26, "USUISSE001", "USUISSE002"),
    Mandate("UE", "outgoing", None, _Y26, _END26, "UUNIONE001", "UGFPLEAD01"),
    Mandate("DDC", "lead", None, _Y27, _END27, "USUISSE001", "USUISSE002"),
    Mandate("BM", "incoming", None, _Y27, _END27, "UBANQUE001", "UBANQUE002"),
    Mandate("CANADA", "outgoing", None, _Y27, _END27, "UCANADA001"),
    Mandate("PNUD", "pool_coordinator", None, date(2025, 6, 1), None, "UPOOLCOO01"),
    Mandate("PNUD", "pool_assistant", None, date(2025, 9, 1), None, "UPOOLASS01"),
)

_COORDINATORS = (
    Mandate("CANADA", "coordinator", "EDU", date(2025, 9, 1), date(2027, 8, 31), "UEDULEAD01"),
    Mandate("UNICEF", "cocoordinator", "EDU", date(2025, 9, 1), date(2027, 8, 31), "UEDUSUP001"),
    Mandate("PAYS-BAS", "coordinator", "SAN", date(2025, 7, 1), date(2027, 6, 30), "USANLEAD01", "USANSUP001"),
    Mandate("UE", "coordinator", "EAR", date(2024, 10, 1), None, "UEARLEAD01"),
    Mandate("BM", "coordinator", "ECO", date(2025, 1, 1), None, "UECOLEAD01", "UBANQUE002"),
    Mandate("UE", "coordinator", "GFP", date(2025, 1, 1), None, "UGFPLEAD01"),
    Mandate("PAYS-BAS", "coordinator", "JUS", date(2025, 3, 1), date(2027, 2, 28), "UJUSLEAD01"),
    Mandate("PAYS-BAS", "coordinator", "JUS", date(2027, 3, 1), date(2028, 2, 29), "UJUSLEAD01"),
    Mandate("ONU-FEMMES", "coordinator", "GEN", date(2025, 2, 1), date(2026, 8, 31), "UGENOLD001"),
    Mandate("ONU-FEMMES", "coordinator", "GEN", date(2026, 10, 1), None, "UGENLEAD01"),
    Mandate("PNUD", "coordinator", "ENV", date(2025, 5, 1), None, "UENVLEAD01"),
    Mandate("ALLEMAGNE", "coordinator", "DDI", date(2024, 1, 1), None, "UDDILEAD01"),
    Mandate("BELGIQUE", "coordinator", "PDSC", date(2025, 11, 1), None, "UPDSLEAD01"),
    Mandate("BAD", "coordinator", "INF", date(2025, 1, 1), None, "UINFLEAD01", "UTRALEAD01"),
    Mandate("BAD", "coordinator", "TRA", date(2025, 1, 1), None, "UTRALEAD01"),
    Mandate("BM", "coordinator", "ENE", date(2025, 4, 1), None, "UENELEAD01"),
    Mandate("UNICEF", "coordinator", "EAU", date(2024, 9, 1), None, "UEAULEAD01", "UEAUSUP001"),
    Mandate("LUXEMBOURG", "coordinator", "FPT", date(2025, 3, 1), None, "UFPTLEAD01"),
    Mandate("LUXEMBOURG", "coordinator", "URB", date(2024, 7, 1), date(2026, 6, 30), "UFPTLEAD01"),
    Mandate("UNFPA", "coordinator", "SR", date(2025, 1, 1), None, "USRLEAD001"),
    Mandate("OMS", "coordinator", "RSS", date(2025, 1, 1), None, "URSSLEAD01"),
    Mandate("ESPAGNE", "coordinator", "PAST", date(2025, 1, 1), date(2026, 6, 30), "UESPAGNE01"),
    Mandate("DDC", "coordinator", "SCAP", date(2026, 4, 9), None, "USUISSE002", "UPOOLCOO01"),
)

_MEMBERS = (
    Mandate("PAM", "member", "EDU", date(2025, 1, 1), None, "UPAMPROG01"),
    Mandate("JAPON", "member", "EDU", date(2025, 6, 1), None, "UJAPON0001"),
    Mandate("LUXEMBOURG", "member", "EDU", date(2025, 1, 1), None, "UFPTLEAD01"),
    Mandate("CANADA", "member", "SAN", date(2025, 1, 1), None, "UEDULEAD01"),
    Mandate("OMS", "member", "SAN", date(2025, 1, 1), None, "URSSLEAD01"),
    Mandate("UNFPA", "member", "SAN", date(2025, 1, 1), None, "USRLEAD001"),
    Mandate("FAO", "member", "EAR", date(2025, 1, 1), None, "UFAOREP001"),
    Mandate("PAM", "member", "EAR", date(2025, 1, 1), None, "UPAMPROG01"),
    Mandate("ITALIE", "member", "EAR", date(2025, 10, 1), None, "UITALIE001"),
    Mandate("FMI", "member", "ECO", date(2025, 1, 1), None, "UFMIREP001"),
    Mandate("ESPAGNE", "member", "GEN", date(2026, 7, 1), None, "UESPAGNE01"),
    Mandate("JAPON", "member", "EAU", date(2025, 1, 1), None, "UJAPON0001"),
    Mandate("SHA", "observer", "SCAP", date(2026, 5, 1), None, "USHAGUEST1"),
)

MANDATES = _STEERING + _COORDINATORS + _MEMBERS
"""Steering, then those who coordinate a group, then members and observers."""
