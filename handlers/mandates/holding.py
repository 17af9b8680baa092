"""Who may hold and carry a mandate: the answers of its forms checked, an institution entered when it is new."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.partners
from handlers import changing, people
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.language import Message, message
from storage.mandates import COORDINATION, POOL, TROIKA, Office
from storage.partners import Institution
from storage.people import Standing
from storage.words import folded

GROUP_NEEDED = message("Please say of which group.")
NO_GROUP_HERE = message("This office is not over one group: leave it empty.")
INSTITUTION_NEEDED = message("Please choose the institution, or enter a new one below.")
ONE_INSTITUTION = message("Choose an institution above or enter a new one, not both.")
BAD_CODE = message("A code has 2 to 20 letters, figures or hyphens; “{code}” has not.")
CODE_TAKEN = message("{code} exists already: choose it above.")
NAME_NEEDED = message("Please give the name of the new institution.")
SAME_PERSON = message("The stand-in is somebody else than the titulaire.")
NOT_A_MEMBER = message("{name} is not a full member of this workspace and cannot carry a mandate.")

OF_GROUPS = (*COORDINATION, Office.MEMBER)
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")


def carriers(ctx: Context, client: WebClient, answers: Mapping[str, Any]) -> dict[str, int | None]:
    """Question -> id of the person chosen, of whom Slack is asked when they are new. Raises FieldRefusal."""
    if answers.get("holder") and answers["holder"] == answers.get("alternate"):
        raise fault("alternate", SAME_PERSON)
    found: dict[str, int | None] = {}
    for name in ("holder", "alternate"):
        person = people.known(ctx, client, answers[name]) if answers.get(name) else None
        if person is not None and person.standing != Standing.MEMBER:
            raise fault(name, NOT_A_MEMBER, name=person.name or answers[name])
        found[name] = person.id if person else None
    return found


def group_id(answers: Mapping[str, Any]) -> int | None:
    """The group of an office that is over one. Raises FieldRefusal."""
    office, group = Office(answers["office"]), answers.get("group")
    if office in OF_GROUPS and not group:
        raise fault("group" if "group" in answers else "office", GROUP_NEEDED)
    if office in (*TROIKA, *POOL) and group:
        raise fault("group", NO_GROUP_HERE)
    return int(group) if group else None


def institution(session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any]) -> Institution:
    """The institution chosen, or a new one. Raises FieldRefusal."""
    code = folded(answers["new_code"]).upper()
    if answers.get("institution"):
        if code or answers["new_name"]:
            raise fault("new_code", ONE_INSTITUTION)
        return session.get_one(Institution, int(answers["institution"]))
    if not code:
        raise fault("institution" if "institution" in answers else "new_code", INSTITUTION_NEEDED)
    if not _CODE.fullmatch(code):
        raise fault("new_code", BAD_CODE, code=answers["new_code"])
    if any(folded(each.code) == folded(code) for each in storage.partners.everyone(session)):
        raise fault("new_code", CODE_TAKEN, code=code)
    if not answers["new_name"]:
        raise fault("new_name", NAME_NEEDED)
    institution = Institution(code=code, name_fr=answers["new_name"], name_en=answers["new_name"], kind="other")
    changing.add(session, ctx, actor, institution)
    return institution


def fault(question: str, sentence: Message, /, **values: object) -> FieldRefusal:
    """A refusal at one field."""
    return FieldRefusal({question: (sentence, values)})
