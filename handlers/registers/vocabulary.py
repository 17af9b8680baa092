"""Kinds, states and levels as people write them, French and English, with the values storage keeps for them.

Compared without case, accents, punctuation and what stands in brackets. A longer text is understood by the words it
begins with (« NON REMPLI au 24 juillet », « sous-groupe santé »); a text that begins otherwise is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handlers.registers.headings import plain
from storage import actions, decisions, groups, mandates, updates
from storage.periods import Rhythm
from storage.visibility import Level

Words = Mapping[str, Sequence[str]]

GROUP_KINDS: Words = {
    groups.Kind.THEMATIC: ("gt", "groupe thematique", "thematic group", "twg", "technical working group", "thematique",
                           "groupe sectoriel", "sector group", "thematic"),
    groups.Kind.SUBGROUP: ("sgt", "sous groupe", "sous groupe thematique", "sub group", "subgroup"),
    groups.Kind.AD_HOC: ("ad hoc", "groupe ad hoc", "ad hoc group"),
    groups.Kind.DIALOGUE: ("dialogue", "groupe de dialogue", "dialogue group"),
    groups.Kind.BODY: ("body", "instance", "organe", "enceinte"),
}  # fmt: skip
GROUP_STATES: Words = {
    groups.State.ACTIVE: ("active", "actif", "en activite", "sans coordonnateur", "without coordinator"),
    groups.State.DORMANT: ("dormant", "dormante", "en lethargie", "lethargie", "en sommeil", "inactif", "inactive"),
    groups.State.MERGED: ("merged", "fusion", "fusionne", "fusionnee"),
    groups.State.CLOSED: ("closed", "clos", "close", "ferme", "fermee", "supprime", "supprimee", "suppression",
                          "dissous", "dissoute"),
}  # fmt: skip
RHYTHMS: Words = {
    Rhythm.WEEKLY: ("weekly", "hebdomadaire", "each week", "chaque semaine"),
    Rhythm.MONTHLY: ("monthly", "mensuel", "mensuelle", "each month", "chaque mois"),
    Rhythm.QUARTERLY: ("quarterly", "trimestriel", "trimestrielle", "each quarter", "chaque trimestre"),
    Rhythm.ON_DEMAND: ("on demand", "a la demande", "sur demande", "on request"),
}
INSTITUTION_KINDS: Words = {
    "bilateral": ("bilateral", "bilaterale", "bilaterals", "bilateraux"),
    "multilateral": ("multilateral", "multilaterale", "multilateraux"),
    "un": ("un", "un agency", "onu", "agence onu", "agence de l onu", "nations unies", "agence des nations unies",
           "united nations", "snu"),
    "government": ("government", "gouvernement", "etat", "ministere", "ministry"),
    "civil_society": ("civil society", "societe civile", "ong", "ngo", "osc", "cso"),
    "other": ("other", "autre"),
}  # fmt: skip
OFFICES: Words = {
    mandates.Office.LEAD: ("lead", "chef de file", "cheffe de file", "cdf", "lead donor", "chair"),
    mandates.Office.INCOMING: ("incoming", "entrant", "membre entrant", "incoming member"),
    mandates.Office.OUTGOING: ("outgoing", "sortant", "membre sortant", "outgoing member"),
    mandates.Office.COORDINATOR: ("coordinator", "coordonnateur", "coordonnatrice", "group coordinator",
                                  "coordonnateur gt", "coordonnateur sgt"),
    mandates.Office.COCOORDINATOR: ("cocoordinator", "co coordinator", "co coordonnateur", "cocoordonnateur",
                                    "co coordonnatrice"),
    mandates.Office.MEMBER: ("member", "membre"),
    mandates.Office.POOL_COORDINATOR: ("pool coordinator", "coordinator of the pool", "coordonnateur du pool",
                                       "coordonnatrice du pool", "expert principal"),
    mandates.Office.POOL_ASSISTANT: ("pool assistant", "assistant of the pool", "assistant du pool",
                                     "assistante du pool"),
    mandates.Office.OBSERVER: ("observer", "observateur", "observatrice"),
}  # fmt: skip
DECISION_KINDS: Words = {
    decisions.Kind.DECISION: ("decision", "agreement", "accord"),
    decisions.Kind.RECOMMENDATION: ("recommendation", "recommandation"),
    decisions.Kind.ACTION_POINT: ("action point", "point d action", "action", "action required"),
    decisions.Kind.ENDORSEMENT: ("endorsement", "validation", "approbation", "approval", "aval"),
    decisions.Kind.NEGATIVE: ("negative", "decision not to", "decision de ne pas", "decision negative"),
}
ADDRESSEES: Words = {
    decisions.Addressee.GOVERNMENT: ("government", "the government", "gouvernement", "le gouvernement", "gdm",
                                     "gouvernement du mali", "partie malienne", "etat"),
    decisions.Addressee.PTF: ("ptf", "the ptf", "les ptf", "partners", "partenaires", "bailleurs"),
}  # fmt: skip
DECISION_STATUSES: Words = {
    decisions.Status.OPEN: ("open", "ouvert", "ouverte", "a faire", "to do", "nouveau", "nouvelle"),
    decisions.Status.IN_PROGRESS: ("in progress", "en cours", "ongoing", "partiellement realise", "demarre"),
    decisions.Status.DONE: ("done", "fait", "faite", "realise", "realisee", "valide", "validee", "endorsed", "execute",
                            "executee", "rempli", "adopte", "adoptee", "termine", "terminee", "completed", "clos"),
    decisions.Status.NOT_DONE: ("not done", "non realise", "non realisee", "non rempli", "non fait", "non faite",
                                "non execute", "non executee", "pas fait", "pas realise"),
    decisions.Status.REPLACED: ("replaced", "remplace", "remplacee"),
}  # fmt: skip
ACTION_STATUSES: Words = {
    actions.Status.OPEN: ("open", "ouvert", "ouverte", "a faire", "to do", "nouveau", "nouvelle"),
    actions.Status.ACKNOWLEDGED: ("acknowledged", "prise en charge", "pris en charge", "en cours", "in progress",
                                  "ongoing", "demarre", "demarree"),
    actions.Status.DONE: ("done", "fait", "faite", "realise", "realisee", "rempli", "remplie", "termine", "terminee",
                          "execute", "executee", "completed", "clos", "close"),
    actions.Status.DROPPED: ("dropped", "abandonne", "abandonnee", "annule", "annulee", "cancelled", "sans objet"),
}  # fmt: skip
UPDATE_STATUSES: Words = {
    updates.Status.ON_TRACK: ("on track", "en bonne voie", "dans les temps", "on schedule", "conforme"),
    updates.Status.AT_RISK: ("at risk", "a risque", "a surveiller", "menace"),
    updates.Status.OFF_TRACK: ("off track", "en difficulte", "hors trajectoire", "en retard", "behind schedule",
                               "bloque"),
    updates.Status.NOTHING: ("nothing", "nothing to report", "rien a signaler", "ras", "neant"),
}  # fmt: skip
LEVELS: Words = {
    Level.TROIKA: ("troika", "troika and pool", "troika et pool", "troika and pool only"),
    Level.GROUP: ("group", "groupe", "the group", "le groupe", "group only"),
    Level.ALL: ("all", "all ptf", "tous", "tous les ptf", "tous ptf"),
    Level.GOVERNMENT: ("government", "gouvernement", "open to government", "ouvert au gouvernement", "public",
                       "open to the government"),
}  # fmt: skip
TRUE = ("1", "x", "oui", "yes", "vrai", "true", "transversal", "cross cutting")
FALSE = ("", "0", "non", "no", "faux", "false")

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def understood(text: str, words: Words) -> str | None:
    """The value of a word; None when it is not understood. The longest beginning counts."""
    said = plain(_BRACKETS.sub(" ", text))
    found = [
        (len(word), str(value))
        for value, known in words.items()
        for word in (plain(str(value)), *known)
        if said == word or said.startswith(f"{word} ")
    ]
    return max(found)[1] if found else None


def yes(text: str) -> bool | None:
    """Whether a cell says yes; None when it says neither."""
    said = plain(text)
    if said in TRUE:
        return True
    return False if said in FALSE else None
