"""Works of the PTF: `/ptf work` (`travail`), its calendar `/ptf work calendar` (`calendrier`).

`kind` describes the record, `calendar` shows what comes and which works meet in a place and a week, `recommending` what
a review recommended and what became of the recommendations of the one before.
"""

from __future__ import annotations

from handlers.works.kind import KIND

__all__ = ["KIND"]
