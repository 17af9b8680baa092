"""Arrangements and division of labour: `/ptf arrangement` (`dispositif`), `/ptf roles` (`rôles`).

`kind` describes an arrangement, `amounts` what each partner pledged, committed and disbursed in a year, `tranches` the
tranches of budget support, `adding` adds the amounts up; `roles` describes a partner's role in a sector, `matrix` shows
all of them, partner by sector, in Slack (`/ptf arrangement matrix`) and as a sheet.
"""

from __future__ import annotations

from handlers.arrangements.kind import AMOUNT, KIND, TRANCHE
from handlers.arrangements.roles import ROLE

__all__ = ["AMOUNT", "KIND", "ROLE", "TRANCHE"]
