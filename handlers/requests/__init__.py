"""Requests to the Pool Technique: `/ptf request` (`demande`) asks, `/ptf requests` (`demandes`) lists.

`kind` describes a request, `asking` records at once what follows the command, `answering` is what the Pool does with
one (*Take it*, *Answer*, *Decline*) and what reminders ask of it, `news` what others hear of it.
"""

from __future__ import annotations

from handlers.requests.kind import KIND

__all__ = ["KIND"]
