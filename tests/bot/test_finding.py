"""The index and the command line: `migrate` reads what was there before, `import` what it brings, `forget` lets go."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select, text

from bot import desk
from bot.settings import Settings
from storage.search import Searched
from storage.updates import Update
from tests.conversation import EDUCATION, POOL, Bot

BROUGHT = "date,meeting,kind,text_original\n2014-04-02,GEC,décision,Le théodolite est prêté.\n"


def test_the_command_line_keeps_the_index_in_step(bot: Bot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pool = bot.be(POOL)

    def finds(words: str) -> bool:
        return "Rien de ce que vous pouvez lire" not in pool.command(f"/ptf chercher {words}").text

    def row_of(words: str) -> list[str]:
        with bot.ctx.readings.begin() as session:
            chosen = text("SELECT words FROM searched_words WHERE words LIKE :words")
            return list(session.scalars(chosen, {"words": f"%{words}%"}))

    url = bot.ctx.database.engine.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, language="en", coordinators=frozenset({POOL}))
    bot.be(EDUCATION).command(f"/ptf maj EDU Le xylophone est chez {EDUCATION.lower()}.")
    with bot.ctx.sessions.begin() as session:
        session.execute(delete(Searched))
        session.execute(text("DELETE FROM searched_words"))
        session.execute(text("UPDATE search_progress SET safe = 1000000, seen = 1000000"))
        session.scalars(select(Update).order_by(Update.id.desc())).first().progress = f"Le xylophone de {EDUCATION}."  # type: ignore[union-attr]
    assert not finds("xylophone")
    assert desk.migrate(settings) == 0
    assert finds("xylophone")

    (tmp_path / "decisions.csv").write_text(BROUGHT, "utf-8")
    assert desk.bring_in(settings, tmp_path / "decisions.csv", dry_run=False) == 0, capsys.readouterr().out
    assert row_of("theodolit")
    assert finds("théodolites")

    assert row_of(EDUCATION.lower())
    assert desk.forget(settings, EDUCATION, dry_run=False, sure=True) == 0
    assert not row_of(EDUCATION.lower())
    assert not finds(EDUCATION)
    assert finds("xylophone")
