"""What the rural economy group said: the season, prices, the lean months, off-season rice."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GOVERNMENT, NOTHING, OFF_TRACK, ON_TRACK, Reporter

_ear = Reporter("EAR", "UEARLEAD01")

UPDATES = (
    _ear.says(
        "2026-W10",
        "Fri 10:10",
        ON_TRACK,
        "Les résultats de l’enquête de conjoncture sont présentés au groupe : récolte moyenne, "
        "mais très inégale d’un cercle à l’autre.",
        "Cadre harmonisé la semaine du 16 mars.",
    ),
    _ear.says(
        "2026-W13",
        "Thu 11:50",
        AT_RISK,
        "Cadre harmonisé validé. Les besoins de la période de soudure sont connus par cercle.",
        "Croiser les intentions d’appui des partenaires.",
        difficulties="À ce jour, les intentions couvrent moins de la moitié des besoins de juin à août.",
    ),
    _ear.says(
        "2026-W15",
        "Fri 16:20",
        AT_RISK,
        "Tableau des intentions rempli par sept partenaires.",
        "Deuxième passage fin avril.",
        difficulties="Deux cercles du Nord ne figurent dans aucun plan.",
    ),
    _ear.says(
        "2026-W18",
        "Thu 15:05",
        ON_TRACK,
        "Les deux cercles oubliés ont été repris par la FAO et une ONG. La campagne de labour est lancée à Sikasso.",
        "Suivre la mise en place des intrants.",
    ),
    _ear.says(
        "2026-W21",
        "Fri 09:35",
        AT_RISK,
        "Les engrais subventionnés sont annoncés au prix de l’an dernier.",
        "Relevé des prix dans vingt marchés.",
        difficulties="Un tiers seulement des quantités est en magasin alors que les premières pluies sont là.",
    ),
    _ear.says(
        "2026-W25",
        "Thu 10:00",
        OFF_TRACK,
        "Le relevé de prix montre une hausse nette du mil à Mopti et à Gao.",
        "Réunion extraordinaire avec le commissariat à la sécurité alimentaire.",
        difficulties="Les ventes à prix modéré n’ont pas commencé et les engrais manquent toujours dans trois zones.",
        support="Que la troïka demande le calendrier des ventes.",
    ),
    _ear.says(
        "2026-W28",
        "Fri 14:15",
        AT_RISK,
        "Le calendrier des ventes est publié et les premières ont eu lieu à Mopti.",
        "Vérifier sur place à Bandiagara.",
        difficulties="Les distributions d’engrais arrivent tard pour le maïs.",
    ),
    _ear.says(
        "2026-W32",
        "Thu 16:50",
        ON_TRACK,
        "Les pluies sont bien réparties. Les transferts monétaires d’août ont été faits par "
        "téléphone, avec peu de réclamations.",
        "Enquête de satisfaction auprès de trois cents ménages.",
    ),
    _ear.says(
        "2026-W36",
        "Thu 09:00",
        AT_RISK,
        "Les superficies inondées sont estimées avec les services techniques.",
        "Semences de décrue pour les ménages qui ont tout perdu.",
        difficulties="Environ un dixième du riz de submersion est perdu dans le delta.",
    ),
    _ear.says(
        "2026-W38",
        "Fri 11:25",
        ON_TRACK,
        "Les semences de décrue sont achetées localement, auprès de quatre coopératives.",
        "Distribution en octobre.",
    ),
    _ear.says(
        "2026-W41",
        "Thu 14:40",
        ON_TRACK,
        "Distribution terminée dans cinq communes sur six. Le groupe a relu le projet de loi sur "
        "les organisations paysannes.",
        "Avis écrit avant le 30 octobre.",
    ),
    _ear.says(
        "2026-W44",
        "Fri 10:55",
        ON_TRACK,
        "Avis transmis au ministère : deux pages, signées par neuf partenaires.",
        "Attendre la réponse.",
        visibility=GOVERNMENT,
    ),
    _ear.says(
        "2026-W47",
        "Thu 13:00",
        ON_TRACK,
        "Prévisions de récolte : meilleures que l’an dernier sauf dans le delta. Les prix du mil "
        "baissent déjà à Koutiala.",
        "Mission conjointe d’évaluation en décembre.",
    ),
    _ear.says(
        "2026-W50",
        "Fri 15:10",
        ON_TRACK,
        "Mission conjointe d’évaluation de la campagne rentrée de Ségou et de Sikasso ; les "
        "équipes ont vu des greniers pleins et des pistes en mauvais état.",
        "Restitution le 18 décembre.",
    ),
    _ear.says(
        "2026-W51",
        "Fri 12:30",
        ON_TRACK,
        "Restitution faite. Le groupe propose de parler des pistes rurales avec le GT "
        "Infrastructures plutôt que chacun de son côté.",
        "Réunion commune en janvier.",
    ),
    _ear.says(
        "2027-W01", "Thu 09:45", NOTHING, "Pas de réunion cette semaine ; la contre-saison s’installe normalement."
    ),
    _ear.says(
        "2027-W02",
        "Fri 10:40",
        ON_TRACK,
        "Contre-saison de riz : l’eau est ouverte dans les périmètres de l’Office du Niger, les "
        "pépinières sont en place.",
        "Réunion commune avec INF le 28 janvier.",
    ),
    _ear.says(
        "2027-W03",
        "Thu 15:50",
        AT_RISK,
        "Le plan national de réponse 2027 est en discussion.",
        "Commentaires groupés des PTF avant le 5 février.",
        difficulties="La méthode de ciblage change d’une région à l’autre, ce qui rendra les chiffres incomparables.",
    ),
    _ear.says(
        "2027-W04",
        "Fri 14:00",
        AT_RISK,
        "La réunion avec INF a retenu dix pistes prioritaires, choisies à partir des marchés hebdomadaires.",
        "Coûts estimés par la BAD pour la fin février.",
        difficulties="INF n’a pas de budget d’étude avant avril ; la question du ciblage reste ouverte.",
    ),
    _ear.says(
        "2027-W05",
        "Thu 11:35",
        ON_TRACK,
        "Commentaires groupés envoyés. Le commissariat accepte une seule fiche de ciblage pour tout le pays.",
        "Essai de la fiche dans deux communes.",
    ),
    _ear.says(
        "2027-W06",
        "+Mon 09:15",
        ON_TRACK,
        "Fiche de ciblage essayée à Niono et à San : vingt minutes par ménage, deux questions à reformuler.",
        "Version corrigée pour la réunion du 25.",
    ),
    _ear.says(
        "2027-W07",
        "Fri 09:25",
        AT_RISK,
        "Prix du carême : le sucre et l’huile montent à Bamako, le mil reste stable.",
        "Bulletin de prix chaque vendredi jusqu’à la Korité.",
        difficulties="Des oiseaux granivores sont signalés dans les rizières de contre-saison, et le "
        "traitement aérien n’est pas encore décidé.",
    ),
    _ear.says(
        "2027-W08",
        "Fri 13:15",
        AT_RISK,
        "La fiche de ciblage est adoptée. Le cadre harmonisé de mars est préparé avec les données de 52 cercles.",
        "Atelier du cadre harmonisé du 15 au 19 mars ; premier tableau des intentions le 22.",
        difficulties="Les dégâts des oiseaux touchent maintenant trois zones de production ; les brigades "
        "villageoises n’ont plus de filets.",
        support="Un appui ponctuel d’un partenaire pour des filets, avant la mi-mars.",
        visibility=GOVERNMENT,
    ),
)
