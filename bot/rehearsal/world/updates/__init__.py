"""A year of updates, a module a weekly group and three for those of a slower rhythm, in the order they were given."""

from __future__ import annotations

from bot.rehearsal.world.updates import (
    ear,
    eau,
    eco,
    edu,
    ene,
    env,
    gen,
    gfp,
    governance,
    inf,
    jus,
    others,
    san,
    social,
)

_MODULES = (edu, san, ear, eco, gfp, jus, gen, env, inf, ene, eau, governance, social, others)

UPDATES = tuple(
    sorted(
        (update for module in _MODULES for update in module.UPDATES),
        key=lambda update: (update.given_at, update.group),
    )
)
