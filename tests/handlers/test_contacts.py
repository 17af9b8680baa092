"""Contacts: by whose leave, refused where it cannot be; what follows is an action that knows where it comes from."""

from __future__ import annotations

import storage.actions
from storage.visibility import Audience, Level
from tests.conversation import EDUCATION, POOL, Bot, answer
from tests.handlers.test_kinds import noted


def test_what_follows_from_a_contact_is_asked_for_with_a_button_and_each_leads_to_the_other(bot: Bot) -> None:
    contact = noted(bot, leave="troika")
    pool = bot.be(POOL)
    pool.click(bot.told(POOL)[-1], "action_about")
    assert pool.view is not None
    assert f"Suite de *{contact.code}*" in str(pool.view.blocks[0]).replace("\u00a0", " ")
    assert answer(pool, text="Écrire la note commune.", carrier=EDUCATION).errors["carrier"]
    assert answer(pool, carrier=None).ok
    bot.deliver()
    assert f"suite de {contact.code}" in bot.told(POOL)[-1].plain
    with bot.ctx.readings.begin() as session:
        (action,) = storage.actions.following(session, f"contacts:{contact.id}", Audience(troika=True), 5)
    assert (action.visibility, action.text) == (Level.TROIKA, "Écrire la note commune.")
    pool.command("/ptf contact SHA")
    pool.choose(None, "contact_menu", f"show:{contact.id}")
    assert pool.view is not None
    assert "Suites données" in str(pool.view.blocks)
    assert action.code in str(pool.view.blocks)


def test_it_took_place_by_leave_of_a_decision_that_exists_or_it_warns_that_nobody_gave_leave(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.command("/ptf dialogue")
    pool.click(None, "contact_add")
    given = {"day": "2027-03-04", "subject": "Objet", "family": "parliament", "counterpart": "Commission des finances"}
    assert list(answer(pool, **given).errors) == ["day"]
    given |= {"day": "2027-03-02", "leave": "decision", "leave_of": "GEC-2027-999"}
    assert "GEC-2027-999" in answer(pool, **given).errors["leave_of"]
    assert answer(pool, leave_of="gec-2027-005, point 2").ok
    bot.deliver()
    card = bot.told(POOL)[-1]
    warning = "Il n’est pas dit au nom de qui les PTF se sont exprimés."
    assert "Décision d’une instance" in card.plain
    assert warning not in card.plain
    pool.click(card, "contact_edit")
    assert answer(pool, leave=None, leave_of="").ok
    bot.deliver()
    assert warning in bot.told(POOL)[-1].plain
