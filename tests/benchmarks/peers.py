"""The bare peers of the command's benchmark: two small Bolt apps behind the same gunicorn as the bot.

    python -m tests.benchmarks.peers bare|inserting PORT

``bare`` runs inside the request and does nothing; ``inserting`` has Bolt's default settings and inserts one row with
SQLAlchemy. Both read SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, the second DATABASE_URL.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bot import web
from storage.database import normalised


class Base(DeclarativeBase):
    """The base of the one table."""


class Said(Base):
    """What was said."""

    __tablename__ = "peer_said"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


def app(*, inside: bool) -> App:
    """A Bolt app with nothing in it."""
    token = os.environ["SLACK_BOT_TOKEN"]
    return App(
        token=token,
        client=WebClient(token, base_url=os.environ["SLACK_API_URL"]),
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=inside,
    )


def bare() -> Any:
    """A listener that does nothing."""
    made = app(inside=True)

    def listen(ack: Ack) -> None:
        ack("ok")

    made.command("/ptf")(listen)
    return SlackRequestHandler(made, web.EVENTS)


def inserting() -> Any:
    """A listener that inserts one row, and answers once it is committed."""
    made = app(inside=False)
    engine = create_engine(normalised(os.environ["DATABASE_URL"]))
    Base.metadata.create_all(engine)

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        with Session(engine) as session, session.begin():
            session.execute(insert(Said).values(text=body["text"]))
        ack("ok")

    made.command("/ptf")(listen)
    return SlackRequestHandler(made, web.EVENTS)


PEERS = {"bare": bare, "inserting": inserting}

if __name__ == "__main__":
    sys.exit(web.listen(int(sys.argv[2]), PEERS[sys.argv[1]]))
