"""What the public finance sub-group said: procurement, programme budgets, controls, the reform plan."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GOVERNMENT, NOTHING, ON_TRACK, Reporter

_gfp = Reporter("GFP", "UGFPLEAD01")

UPDATES = (
    _gfp.says(
        "2026-W12",
        "Thu 09:20",
        ON_TRACK,
        "Revue annuelle du plan de réforme des finances publiques : deux tiers des actions "
        "prévues sont achevées ou en bonne voie.",
        "Choisir avec le ministère dix actions prioritaires pour 2026.",
    ),
    _gfp.says(
        "2026-W16",
        "Fri 11:15",
        ON_TRACK,
        "Les dix actions prioritaires sont fixées, chacune avec une direction responsable et une échéance.",
        "Point d’étape chaque trimestre.",
    ),
    _gfp.says(
        "2026-W20",
        "Thu 10:05",
        AT_RISK,
        "La plateforme de passation des marchés en ligne a reçu ses premiers dossiers d’essai.",
        "Former les cellules de trois ministères.",
        difficulties="Les petites entreprises n’arrivent pas à créer leur compte sans assistance.",
    ),
    _gfp.says(
        "2026-W24",
        "Thu 15:55",
        ON_TRACK,
        "Un guichet d’assistance a ouvert à la chambre de commerce : quarante comptes créés en dix jours.",
        "Étendre le guichet à Sikasso et à Kayes.",
    ),
    _gfp.says(
        "2026-W28",
        "Fri 10:20",
        ON_TRACK,
        "Premier point trimestriel : quatre actions achevées, cinq en cours, une en retard.",
        "Revoir la date de l’action sur la comptabilité des matières.",
    ),
    _gfp.says("2026-W33", "Thu 11:40", NOTHING, "Congés des services ; prochain point début septembre."),
    _gfp.says(
        "2026-W37",
        "Fri 09:45",
        AT_RISK,
        "Les rapports annuels de performance 2025 sont rendus pour dix-neuf programmes.",
        "Relancer les programmes manquants avec la direction du budget.",
        difficulties="Sept programmes n’ont pas rendu leur rapport, dont deux dans le secteur de l’eau.",
    ),
    _gfp.says(
        "2026-W40",
        "Thu 14:25",
        ON_TRACK,
        "Il ne manque plus que deux rapports de performance ; la note de lecture est partagée avec le GT ECO.",
        "Utiliser la note pour la revue budgétaire de novembre.",
    ),
    _gfp.says(
        "2026-W43",
        "Thu 16:55",
        ON_TRACK,
        "Deuxième point trimestriel : sept actions achevées sur dix. L’assistance technique "
        "conjointe évite trois missions séparées.",
        "Calendrier commun des missions 2027.",
    ),
    _gfp.says(
        "2026-W46",
        "Fri 13:40",
        ON_TRACK,
        "Le calendrier commun est prêt : onze missions au lieu de dix-neuf, toutes hors clôture budgétaire.",
        "Le soumettre aux coordonnateurs.",
    ),
    _gfp.says(
        "2026-W50",
        "Fri 09:10",
        ON_TRACK,
        "Le contrôle financier déconcentré fonctionne dans six régions ; délai moyen de visa : quatre jours.",
        "Publier ce délai région par région.",
    ),
    _gfp.says(
        "2026-W51",
        "Thu 14:05",
        ON_TRACK,
        "Atelier sur la dette fournisseurs : un état unique sera tenu par le Trésor à partir de janvier.",
        "Premier état attendu fin février.",
    ),
    _gfp.says(
        "2027-W02",
        "Thu 10:10",
        ON_TRACK,
        "Bilan 2026 des dix actions : huit achevées, une reportée, une abandonnée d’un commun accord.",
        "Dix nouvelles actions à proposer pour mars.",
    ),
    _gfp.says(
        "2027-W03",
        "Thu 17:10",
        AT_RISK,
        "Les termes de référence de l’évaluation des dépenses publiques circulent.",
        "Commentaires avant le 29 janvier.",
        difficulties="Le champ est trop large pour une mission de trois semaines.",
    ),
    _gfp.says(
        "2027-W04",
        "Fri 11:05",
        ON_TRACK,
        "Le champ de l’évaluation est ramené à quatre ministères. La mission est confirmée en avril.",
        "Désigner les correspondants dans chaque ministère.",
    ),
    _gfp.says(
        "2027-W05",
        "Fri 16:15",
        ON_TRACK,
        "Le guichet d’assistance aux entreprises a ouvert à Sikasso ; celui de Kayes suit dans le mois.",
        "Compter les offres reçues en ligne au premier trimestre.",
        visibility=GOVERNMENT,
    ),
    _gfp.says(
        "2027-W06",
        "Thu 12:15",
        ON_TRACK,
        "Les correspondants de l’évaluation sont nommés dans trois ministères sur quatre.",
        "Relance du quatrième par la direction du budget.",
    ),
    _gfp.says(
        "2027-W07",
        "Thu 15:35",
        AT_RISK,
        "Tous les correspondants sont nommés ; liste des documents envoyée.",
        "Réunir les documents avant le 20 mars.",
        difficulties="L’état de la dette fournisseurs ne sera pas prêt fin février comme prévu.",
    ),
    _gfp.says(
        "2027-W08",
        "+Mon 10:30",
        AT_RISK,
        "Le Trésor annonce l’état de la dette fournisseurs pour le 12 mars, par grandes catégories seulement.",
        "Proposer les dix actions 2027 à la réunion du 9 mars.",
        difficulties="Sans le détail par fournisseur, le suivi des arriérés de plus de 90 jours reste impossible.",
    ),
)
