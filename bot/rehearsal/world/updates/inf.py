"""What the infrastructure group said: roads, the maintenance fund, rural tracks."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, NOTHING, ON_TRACK, Reporter

_inf = Reporter("INF", "UINFLEAD01")

UPDATES = (
    _inf.says(
        "2026-W13",
        "Fri 09:15",
        ON_TRACK,
        "Programme d’entretien routier 2026 présenté : les axes du delta sont prioritaires avant les pluies.",
        "Suivi mensuel des chantiers.",
    ),
    _inf.says(
        "2026-W19",
        "Thu 13:15",
        ON_TRACK,
        "Sept chantiers d’entretien sur onze ont démarré.",
        "Visite de l’axe Sévaré–Mopti.",
    ),
    _inf.says(
        "2026-W24",
        "Fri 11:55",
        AT_RISK,
        "La visite confirme un bon rythme, à deux ouvrages près.",
        "Accélérer les deux dalots avant la mi-juillet.",
        difficulties="Le ciment manque et le bureau de contrôle n’est pas payé depuis mars.",
    ),
    _inf.says(
        "2026-W30",
        "+Mon 11:45",
        AT_RISK,
        "Un des deux dalots est fini.",
        "Déviation balisée pour le second.",
        difficulties="Le second sera sous l’eau jusqu’en octobre.",
    ),
    _inf.says(
        "2026-W37",
        "Fri 14:05",
        AT_RISK,
        "Relevé des dégâts : quatorze coupures sur le réseau principal, neuf déjà rétablies.",
        "Liste chiffrée pour la loi de finances.",
        difficulties="Les pistes rurales ne sont comptées nulle part.",
    ),
    _inf.says(
        "2026-W43",
        "Thu 11:10",
        ON_TRACK,
        "Toutes les coupures du réseau principal sont rétablies.",
        "Reprendre les chantiers d’entretien en novembre.",
    ),
    _inf.says(
        "2026-W49",
        "Thu 15:25",
        ON_TRACK,
        "Les deux sous-groupes se réunissent désormais le même jour, l’un après l’autre : la participation a doublé.",
        "Garder ce rythme en 2027.",
    ),
    _inf.says(
        "2026-W51",
        "Thu 11:50",
        ON_TRACK,
        "L’étude sur le financement de l’entretien routier est rendue ; résumé de quatre pages disponible.",
        "Discussion en janvier avec ECO.",
    ),
    _inf.says(
        "2027-W02",
        "Thu 09:40",
        ON_TRACK,
        "Discussion tenue avec ECO : trois scénarios de financement, un seul tient sans hausse de taxe.",
        "Le présenter à la réunion mensuelle.",
    ),
    _inf.says("2027-W03", "Fri 16:35", NOTHING, "Semaine courte, pas de réunion du groupe."),
    _inf.says(
        "2027-W04",
        "Fri 12:10",
        ON_TRACK,
        "Dix pistes rurales retenues avec EAR, à partir de la carte des marchés.",
        "Estimation des coûts pour la fin février.",
    ),
    _inf.says(
        "2027-W06",
        "Fri 10:30",
        AT_RISK,
        "Les relevés de terrain sont faits sur six pistes sur dix.",
        "Terminer les quatre dernières.",
        difficulties="Un seul véhicule équipé est disponible, partagé avec TRA.",
    ),
    _inf.says(
        "2027-W07",
        "+Mon 14:55",
        AT_RISK,
        "Huit pistes relevées.",
        "Estimation le 5 mars au lieu du 28 février.",
        difficulties="Deux pistes ne sont accessibles qu’avec une escorte, demandée le 15 février.",
    ),
)
