"""What somebody wrote in a channel, taken up by the menu of that message; no permission to read channels is needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

import storage.people
from handlers.forms import LONGEST
from handlers.reports import blocks
from handlers.reports.mrkdwn import mentioned, resolve


def said(session: Session, body: Mapping[str, Any]) -> str:
    """The words of the message, as plain text that fits into a form's field; the whole stays where it was written."""
    text = str((body.get("message") or {}).get("text") or "")
    return blocks.clip(resolve(text, storage.people.names(session, mentioned(text))), LONGEST)
