"""What the values of plans and their lines are called, and how people write them in files."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.kinds.field import Word
from handlers.language import message
from handlers.reports.report import Tone
from storage.plans.rows import Kind, Rank, State, Status

KINDS: Mapping[str, Word] = {
    Kind.ROADMAP: Word(message("Roadmap of the PTF"), written=("feuille de route", "roadmap", "fdr")),
    Kind.HARMONISATION: Word(
        message("Harmonisation action plan"),
        written=("plan d'action sur l'harmonisation", "plan d’action", "plan d'actions", "action plan"),
    ),
    Kind.SCAP: Word(
        message("SCAP (joint country assistance strategy)"),
        written=("scap", "strategie commune", "ccas", "joint assistance strategy"),
    ),
    Kind.PROGRAMME: Word(
        message("Work programme of the PTF"),
        written=("programme de travail", "programme d'activite", "work programme", "work plan", "plan de travail"),
    ),
    Kind.POOL: Word(
        message("Work programme of the Pool"),
        written=("pool", "pool technique", "plan de travail du pool", "work plan of the pool"),
    ),
    Kind.OTHER: Word(message("Another plan"), written=("autre", "other", "autre plan")),
}
STATES: Mapping[str, Word] = {
    State.DRAFT: Word(message("Draft"), Tone.QUIET, ("brouillon", "projet", "draft")),
    State.RUNNING: Word(message("Running"), Tone.PLAIN, ("en cours", "adopte", "valide", "running", "adopted")),
    State.CLOSED: Word(message("Closed"), Tone.QUIET, ("clos", "termine", "closed", "ended")),
}
RANKS: Mapping[str, Word] = {
    Rank.AXIS: Word(message("Axis"), written=("axe", "axe strategique", "pillar", "objectif", "objective")),
    Rank.RESULT: Word(message("Result"), written=("resultat", "resultat attendu", "produit", "output", "outcome")),
    Rank.ACTION: Word(message("Action"), written=("action", "activite", "activity", "tache", "task")),
}
STATUSES: Mapping[str, Word] = {
    Status.NOT_STARTED: Word(
        message("Not started"), Tone.PLAIN, ("non demarre", "pas commence", "non commence", "a faire", "to do")
    ),
    Status.ON_TRACK: Word(
        message("On track"),
        Tone.GOOD,
        ("en cours", "on track", "on schedule", "dans les temps", "sur la bonne voie", "in progress", "ongoing"),
    ),
    Status.BEHIND: Word(
        message("Behind"), Tone.WARNING, ("en retard", "retard", "behind schedule", "late", "delayed", "partiel")
    ),
    Status.OFF_TRACK: Word(
        message("Off track"), Tone.BAD, ("off track", "bloque", "compromis", "blocked", "non realise", "not done")
    ),
    Status.DONE: Word(
        message("Done"),
        Tone.GOOD,
        ("fait", "realise", "realisee", "execute", "acheve", "termine", "completed", "achieved", "atteint"),
    ),
    Status.DROPPED: Word(
        message("Dropped"), Tone.QUIET, ("abandonne", "abandonnee", "annule", "cancelled", "sans objet")
    ),
}
