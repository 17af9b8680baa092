"""Who reads, and what of it: the one expected table of level × reader (README: levels of visibility)."""

from __future__ import annotations

from dataclasses import dataclass

from storage.visibility import Level

EVERY = frozenset(Level)
PTF = frozenset({Level.ALL, Level.GOVERNMENT})
OF_THE_GROUP = PTF | {Level.GROUP}
OPEN = frozenset({Level.GOVERNMENT})
NOTHING: frozenset[Level] = frozenset()

OTHER_WORKSPACE = "T0OTHER0001"


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of reader: who it is, which levels of what group EDU says they read, from which workspace they ask."""

    name: str
    slack_id: str
    reads: frozenset[Level]
    team: str = ""

    @property
    def is_member(self) -> bool:
        """Whether the bot speaks to them at all."""
        return bool(self.reads)


READERS = (
    Reader("pool", "UPOOLCOO01", EVERY),
    Reader("chef de file", "USUISSE001", EVERY),
    Reader("troïka", "UCANADA001", EVERY),
    Reader("coordinator of that group", "UEDULEAD01", OF_THE_GROUP),
    Reader("member of that group", "UPAMPROG01", OF_THE_GROUP),
    Reader("coordinator of another", "USANLEAD01", PTF),
    Reader("partner", "USNUBCR001", PTF),
    Reader("observer", "UUNIONE001", OPEN),
    Reader("guest", "USHAGUEST1", NOTHING),
    Reader("stranger of Slack Connect", "UBADABJ001", NOTHING),
    Reader("closed account", "UGENOLD001", NOTHING),
    Reader("other workspace", "UEDULEAD01", NOTHING, OTHER_WORKSPACE),
)
CHANNELS = {
    "pool-troika": EVERY,
    "gt-education": OF_THE_GROUP,
    "ptf-general": PTF,
    "espace-gouvernement": OPEN,
}
"""Digest channel -> the levels it shows; the group's own channel shows what is for that group."""
