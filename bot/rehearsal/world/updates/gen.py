"""What the gender group said: a coordinator leaves, a silence, and a group that starts again."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GOVERNMENT, NOTHING, OFF_TRACK, ON_TRACK, Reporter

_before = Reporter("GEN", "UGENOLD001")
_gen = Reporter("GEN", "UGENLEAD01")

UPDATES = (
    _before.says(
        "2026-W10",
        "Fri 12:00",
        ON_TRACK,
        "Programme commun du 8 mars arrêté : une seule affiche pour onze partenaires, quatre débats à la radio.",
        "Bilan de la journée à la réunion du 19.",
    ),
    _before.says(
        "2026-W15",
        "Thu 10:45",
        ON_TRACK,
        "Le guide du budget sensible au genre est traduit en bambara et en peul.",
        "Essai dans trois communes.",
    ),
    _before.says(
        "2026-W21",
        "Fri 14:20",
        AT_RISK,
        "L’essai du guide commence à Bougouni.",
        "Trouver un remplaçant à l’animateur de Kayes.",
        difficulties="Deux des trois animateurs ont changé de poste.",
    ),
    _before.says(
        "2026-W27",
        "Thu 15:20",
        AT_RISK,
        "Le comité de lecture des fiches de projet a rendu douze avis ce semestre.",
        "Préparer le passage de relais à la coordination.",
        difficulties="La coordinatrice part fin août et son poste n’est pas encore publié.",
    ),
    _before.says(
        "2026-W34",
        "Fri 16:40",
        OFF_TRACK,
        "Dernier mot de la coordination sortante : les dossiers sont classés dans l’espace partagé.",
        "Désigner un intérim.",
        difficulties="Personne n’a accepté l’intérim et la réunion de septembre n’est pas convoquée.",
        support="Que le chef de file demande un intérim au GEC de septembre.",
    ),
    _gen.says(
        "2026-W41",
        "Thu 09:35",
        AT_RISK,
        "Nouvelle coordinatrice en poste. Première réunion tenue avec huit membres, après six semaines de silence.",
        "Remettre à jour la liste des membres.",
        difficulties="Quatre agences n’ont plus de correspondant.",
    ),
    _gen.says(
        "2026-W44",
        "Fri 10:00",
        ON_TRACK,
        "La liste est à jour : onze membres, dont trois nouveaux. L’Espagne prend la fiche des projets.",
        "Plan de travail court jusqu’en mars.",
    ),
    _gen.says(
        "2026-W47",
        "Thu 11:20",
        ON_TRACK,
        "Les seize jours d’activisme sont préparés avec les associations de six régions.",
        "Lancement le 25 novembre à Sikasso.",
    ),
    _gen.says(
        "2026-W49",
        "Fri 15:05",
        ON_TRACK,
        "Lancement réussi : quarante clubs de lycée ont écrit leurs propres règles de respect, et les affichent.",
        "Recueillir ces règles dans un petit livret.",
    ),
    _gen.says(
        "2026-W50",
        "Thu 16:45",
        ON_TRACK,
        "Le guichet unique d’accueil des survivantes de Gao a rouvert avec une sage-femme et une juriste.",
        "Numéro d’appel gratuit à rétablir.",
    ),
    _gen.says(
        "2026-W51",
        "Fri 11:35",
        ON_TRACK,
        "Le numéro gratuit répond de nouveau, en quatre langues.",
        "Affichage dans les centres de santé avec le GT Santé.",
    ),
    _gen.says("2027-W01", "Thu 14:50", NOTHING, "Rien à signaler, hormis nos vœux à tous les groupes."),
    _gen.says(
        "2027-W02",
        "Fri 12:45",
        ON_TRACK,
        "Trois communes ont voté un budget avec une ligne pour les groupements de femmes, grâce au guide.",
        "Raconter ces trois exemples sur une page.",
    ),
    _gen.says(
        "2027-W03",
        "Fri 09:05",
        ON_TRACK,
        "Une page par commune est écrite, avec photos et chiffres.",
        "La présenter au GT Décentralisation.",
    ),
    _gen.says(
        "2027-W04",
        "Thu 13:45",
        ON_TRACK,
        "Le GT Décentralisation propose d’étendre le guide à vingt communes.",
        "Chiffrer les formations.",
    ),
    _gen.says(
        "2027-W05",
        "Fri 10:50",
        AT_RISK,
        "Programme du 8 mars en discussion avec le ministère.",
        "Choisir une seule ville pour la cérémonie.",
        difficulties="Deux programmes concurrents circulent ; la journée tombe pendant le carême et les "
        "horaires sont à revoir.",
    ),
    _gen.says(
        "2027-W06",
        "Thu 15:10",
        ON_TRACK,
        "Un seul programme : Kayes le matin, débat radiophonique le soir.",
        "Répartir les frais entre neuf partenaires.",
        visibility=GOVERNMENT,
    ),
    _gen.says(
        "2027-W07",
        "Fri 14:25",
        ON_TRACK,
        "La répartition des frais est signée. L’affiche commune est imprimée en français et en soninké.",
        "Départ du matériel pour Kayes le 1er mars.",
    ),
    _gen.says(
        "2027-W08",
        "Thu 09:55",
        ON_TRACK,
        "Les vingt communes de l’extension sont choisies avec le GT Décentralisation ; sept ont "
        "une femme à la commission des finances.",
        "Vingt communes en tout. Première formation à Bougouni du 29 mars au 2 avril, payée par ONU Femmes.",
        edited="+Tue 11:20",
    ),
    _gen.says(
        "2027-W09",
        "Wed 07:50",
        ON_TRACK,
        "Tout est en place pour le 8 mars : cérémonie à Kayes à 8 h 30, stands de douze "
        "groupements, débat à la radio régionale à 20 h. Le car des partenaires part de Bamako "
        "dimanche à 6 h.",
        "Bilan chiffré de la journée dans la note de la semaine prochaine.",
        visibility=GOVERNMENT,
    ),
)
