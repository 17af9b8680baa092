"""The states of a meeting, of its minutes, of a point, of who came: what they are called, and how people write them."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.kinds.field import Word
from handlers.language import Speaker, message
from handlers.reports.report import Mark, Tone
from storage.meetings import Adopted, Meeting, Minutes, Place, Presence, Status

STATUSES: Mapping[str, Word] = {
    Status.PLANNED: Word(message("Scheduled"), written=("prevue", "prevu", "a venir", "programmee", "planned")),
    Status.CALLED: Word(message("Called"), written=("convoquee", "convocation", "invited")),
    Status.HELD: Word(message("Took place"), written=("held", "tenu", "a eu lieu")),
    Status.MINUTED: Word(message("Minutes circulated"), written=("cr diffuse", "compte rendu diffuse", "minuted")),
    Status.ADOPTED: Word(message("Minutes adopted"), Tone.GOOD, ("cr adopte", "compte rendu adopte", "adopted")),
    Status.CANCELLED: Word(message("Called off"), Tone.QUIET, ("annule", "cancelled", "canceled")),
}
MINUTES: Mapping[str, Word] = {
    Minutes.DRAFT: Word(message("Draft"), written=("projet", "brouillon")),
    Minutes.CIRCULATED: Word(message("Circulated"), Tone.WARNING, ("diffuse", "circule", "sent")),
    Minutes.ADOPTED: Word(message("Adopted"), Tone.GOOD, ("adopte",)),
}
ADOPTED: Mapping[str, Word] = {
    Adopted.MEETING: Word(message("At the next meeting"), written=("en seance", "a la reunion suivante")),
    Adopted.SILENCE: Word(message("As nobody objected"), written=("sans objection", "par silence", "no objection")),
}
PLACES: Mapping[str, Word] = {
    Place.PROPOSED: Word(message("Proposed"), Tone.WARNING, ("propose",)),
    Place.AGENDA: Word(message("On the agenda"), written=("a l'ordre du jour", "inscrit", "retenu")),
    Place.LEFT_OUT: Word(message("Not on the agenda"), Tone.QUIET, ("ecarte", "non retenu")),
}
PRESENCES: Mapping[str, Word] = {
    Presence.PRINCIPAL: Word(message("Principal"), Tone.GOOD, ("present", "presente", "principal", "p")),
    Presence.ALTERNATE: Word(message("Alternate"), Tone.GOOD, ("suppleante", "alternate", "s")),
    Presence.EXCUSED: Word(message("Excused"), Tone.QUIET, ("excuse", "excusee", "e")),
    Presence.ABSENT: Word(message("Absent"), Tone.WARNING, ("absente", "a")),
}
UNAMENDED = message("Minutes adopted without amendment")
AMENDED = message("Minutes adopted with amendments")


def marked(meeting: Meeting, speaker: Speaker) -> Mark | None:
    """Where it stands, for one whose minutes are adopted: without amendment, or amended; None where nobody knows."""
    if meeting.status != Status.ADOPTED or meeting.amended is None:
        return None
    return Mark(speaker.say(AMENDED if meeting.amended else UNAMENDED), Tone.GOOD)
