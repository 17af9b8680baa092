"""`/ptf import`: a file handed over in a form, tried out, its columns corrected, kept; and what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from functools import partial
from typing import Any

import openpyxl
from slack_sdk import WebClient
from sqlalchemy import func, select

from bot import fetching, upkeep
from bot.rehearsal.model import File, Message
from handlers.importing import working
from storage.contacts import Contact
from storage.history import Change
from storage.jobs import Job
from storage.partners import Institution
from storage.people import Person
from tests.conversation import EDUCATION, POOL, Bot, answer

CONTACTS = (
    "Jour,Thème abordé,Interlocuteur,Observations\n"
    "12/02/2027,Division du travail,SHA,Point sur le cadre commun\n"
    "2027-01,Sans jour,Primature,\n"
)


def hand_over(bot: Bot, content: bytes, name: str = "contacts.csv", who: str = POOL) -> File:
    """Give the bot a file through its form."""
    person = bot.be(who)
    person.command("/ptf import")
    file = bot.standin.workspace.bring(person.user, name, content)
    result = person.submit(file=file)
    assert (result.errors, result.failure) == ({}, None)
    return file


def work(bot: Bot) -> None:
    """Let the worker read what was handed over, and deliver what it says."""
    bot.deliver()
    client = WebClient(bot.standin.bot_token, base_url=bot.standin.api_url, retry_handlers=[], timeout=5)
    while working.work(bot.ctx, partial(fetching.fetch, client)):
        pass
    bot.deliver()


def told(bot: Bot, who: str = POOL) -> Message:
    """The newest message of the bot to that person that is no file."""
    return [message for message in bot.told(who) if not message.files][-1]


def count(bot: Bot, model: Any, *conditions: Any) -> int:
    """How many rows there are."""
    with bot.ctx.readings.begin() as session:
        return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_a_file_is_tried_out_its_columns_corrected_and_then_kept(bot: Bot) -> None:
    before = count(bot, Contact)
    hand_over(bot, CONTACTS.encode())
    bot.deliver()
    assert told(bot).plain == "Je lis contacts.csv…"
    work(bot)
    assert "Ses colonnes ne sont celles d’aucun registre" in told(bot).plain
    pool = bot.be(POOL)
    pool.click(told(bot), "import_columns")
    assert pool.view is not None
    pool.choose(None, "import_register", "contacts")
    assert "Par exemple : Division du travail".replace(" :", "\u00a0:") in pool.view.plain
    answer(pool, column1=None)
    assert "Ce registre a besoin d’une colonne pour" in pool.view.plain
    answer(pool, column1="subject", column3="subject")
    assert "est choisi pour deux colonnes" in pool.view.plain
    assert answer(pool, column1="subject", column3="said").errors == {}
    work(bot)
    shown = told(bot)
    assert "*contacts.csv* → Contacts\n1 ligne créée · 1 ligne refusée" in shown.plain
    assert "Thème abordé → Objet · Interlocuteur → Interlocuteur · Observations → Ce qui s’est dit" in shown.plain
    assert "Refusé, ligne 3, 2027-01 Sans jour Primature" in shown.plain
    assert count(bot, Contact) == before, "only tried out"
    assert list(bot.ctx.files.glob("*")) == []
    pool.click(shown, "import_keep")
    pool.click(shown, "import_keep")
    assert pool.last is not None
    assert "rien n’a été fait deux fois" in pool.last.plain
    work(bot)
    assert told(bot).plain.startswith("*contacts.csv*\u00a0: importé.\n*contacts.csv* → Contacts\n1 ligne créée")
    assert "Importer" not in told(bot).plain
    assert count(bot, Contact) == before + 1
    with bot.ctx.readings.begin() as session:
        change = session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert change is not None
        assert (change.kind, change.origin, change.action) == ("contacts", "import", "created")
        assert change.person_id == session.scalar(select(Person.id).where(Person.slack_id == POOL))


def test_a_long_report_is_a_file_too_and_what_is_left_is_not_kept(bot: Bot) -> None:
    before = count(bot, Institution)
    rows = "".join(f"I{number},Institution {number},nulle\n" for number in range(20))
    bot.be(POOL).command("/ptf language en")
    hand_over(bot, f"code,name,kind,country\n{rows}".encode(), "partners.csv")
    work(bot)
    shown = told(bot)
    assert "partners.csv* → institutions\n20 rows created" in shown.plain
    assert "All rows are in the report below." in shown.plain
    file = next(file for message in bot.told(POOL) for file in message.files)
    assert file.name == "report_partners.csv.txt"
    assert (file.content or b"").decode().count("the kind “nulle” is not known: kept as “other”") == 20
    bot.at(bot.ctx.now() + timedelta(days=8))
    with bot.ctx.sessions.begin() as session:
        upkeep.clean(session, bot.ctx, bot.ctx.now())
        assert [sorted(job.request) for job in session.scalars(select(Job))] == [["act", "file", "name"]]
    pool = bot.be(POOL)
    pool.click(shown, "import_columns")
    assert pool.last is not None
    assert pool.last.plain == "This file was read long ago: hand it over again."
    pool.click(shown, "import_leave")
    bot.deliver()
    assert told(bot).plain == "partners.csv: nothing was brought in."
    assert count(bot, Institution) == before


def test_whoever_may_not_hears_who_can_and_a_harmful_or_missing_file_is_told(bot: Bot) -> None:
    reply = bot.be(EDUCATION).command("/ptf importer")
    assert "Pool Technique" in reply.text
    assert bot.be(EDUCATION).view is None
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    hand_over(bot, book.getvalue(), "macros.xlsx")
    work(bot)
    assert told(bot).plain.startswith("macros.xlsx\u00a0: Ce fichier Excel contient des macros")
    gone = hand_over(bot, CONTACTS.encode())
    del bot.standin.workspace.files[gone.id]
    work(bot)
    assert told(bot).plain == "contacts.csv\u00a0: Le fichier n’est plus dans Slack\u00a0: remettez-le."
    person = bot.be(POOL)
    person.command("/ptf import")
    large = bot.standin.workspace.bring(person.user, "large.csv", b"x" * 10_000_001)
    assert "file" in person.submit(file=large).errors


def test_slack_in_trouble_is_tried_again_and_the_token_goes_nowhere_else(bot: Bot) -> None:
    hand_over(bot, CONTACTS.encode())
    bot.standin.faults.next("download", "server_error")
    work(bot)
    assert told(bot).plain == "Je lis contacts.csv…"
    bot.at(bot.ctx.now() + timedelta(minutes=3))
    work(bot)
    assert "contacts.csv*" in told(bot).plain
    client = WebClient("xoxb-other", base_url=bot.standin.api_url)
    url = f"{bot.standin.page_url}files-pri/T-F/download/x"
    assert fetching.is_of_slack(client, url)
    assert not fetching.is_of_slack(WebClient("xoxb"), url)
    assert not fetching.is_of_slack(WebClient("xoxb"), "https://files.slack.com.evil.example/x")
    assert not fetching.is_of_slack(client, "http://127.0.0.1:1/x")
