"""What the education group said, week by week: canteens, the joint review, the start of the school year."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GOVERNMENT, GROUP, NOTHING, ON_TRACK, Reporter

_edu = Reporter("EDU", "UEDULEAD01")

UPDATES = (
    _edu.says(
        "2026-W11",
        "Thu 10:40",
        ON_TRACK,
        "Réunion du groupe avec les deux ministères : le calendrier de la revue conjointe de "
        "juin est arrêté, quatre groupes de travail préparent leurs notes.",
        "Notes thématiques attendues pour le 15 avril.",
    ),
    _edu.says(
        "2026-W14",
        "Fri 09:05",
        ON_TRACK,
        "Visite conjointe dans six écoles à cantine du cercle de Mopti. Les comités de gestion "
        "tiennent leurs cahiers ; dans deux écoles, la réserve de bois est épuisée.",
        "Partager le compte rendu de visite avec l’académie.",
    ),
    _edu.says(
        "2026-W17",
        "Thu 15:30",
        AT_RISK,
        "Trois notes thématiques sur quatre sont prêtes pour la revue.",
        "Relancer le groupe de travail sur la qualité.",
        difficulties="La note sur la formation initiale des maîtres attend les chiffres de l’année, que la "
        "direction n’a pas encore consolidés.",
    ),
    _edu.says(
        "2026-W20",
        "Wed 16:45",
        ON_TRACK,
        "L’aide-mémoire de la revue a circulé en première version. Le sous-groupe FPT y a ajouté "
        "une page sur l’apprentissage dual.",
        "Commentaires des membres jusqu’au 22 mai.",
    ),
    _edu.says(
        "2026-W24",
        "Fri 11:20",
        ON_TRACK,
        "Revue conjointe tenue sur trois jours : dix-huit recommandations, dont cinq adressées "
        "aux PTF. Les examens de fin d’année sont en cours dans toutes les académies.",
        "Tableau de suivi des cinq recommandations avant fin juin.",
        visibility=GOVERNMENT,
    ),
    _edu.says("2026-W27", "Thu 14:10", NOTHING, "Vacances scolaires ; le groupe reprend le 20 août."),
    _edu.says(
        "2026-W34",
        "Thu 09:50",
        ON_TRACK,
        "Point sur la rentrée : les manuels de 3e et 4e année sont arrivés à Bamako, le "
        "transport vers les régions commence par Kayes et Sikasso.",
        "Carte des livraisons chaque jeudi jusqu’à la rentrée.",
    ),
    _edu.says(
        "2026-W36",
        "Fri 15:40",
        AT_RISK,
        "Livraisons faites dans trois régions sur sept.",
        "Chercher des salles de remplacement avec les mairies.",
        difficulties="Les pluies ont coupé deux axes et une soixantaine de classes servent d’abri à des "
        "familles sinistrées.",
        support="Que le chef de file évoque l’occupation des classes avec le SHA avant la rentrée.",
    ),
    _edu.says(
        "2026-W39",
        "Thu 16:00",
        AT_RISK,
        "La plupart des familles ont été relogées ; vingt-deux classes restent occupées.",
        "Bâches et kits de classe prêts à partir de Ségou.",
        difficulties="Sans date de libération, ces écoles ouvriront en double vacation.",
    ),
    _edu.says(
        "2026-W41",
        "Thu 10:15",
        ON_TRACK,
        "Rentrée effective dans presque toutes les académies. Les espaces temporaires "
        "d’apprentissage accueillent les élèves des vingt-deux classes encore occupées.",
        "Premier relevé des effectifs fin octobre.",
    ),
    _edu.says(
        "2026-W43",
        "Fri 10:30",
        ON_TRACK,
        "Le cahier des charges des cantines a été relu par les membres : menus plus simples, "
        "achats auprès de groupements de productrices.",
        "Version finale au GEC de novembre.",
    ),
    _edu.says(
        "2026-W46",
        "Thu 17:20",
        ON_TRACK,
        "Cahier des charges des cantines adopté. Le PAM et deux ONG l’appliquent dès ce trimestre.",
        "Une fiche d’une page pour les comités de gestion.",
    ),
    _edu.says(
        "2026-W48",
        "Fri 08:55",
        AT_RISK,
        "Les comptes du fonds commun ont été examinés ; le taux d’exécution dépasse la moitié.",
        "Réunion technique avec la direction des finances.",
        difficulties="Deux marchés de mobilier ont été relancés faute d’offres conformes.",
    ),
    _edu.says(
        "2026-W50",
        "Thu 11:10",
        ON_TRACK,
        "La formation des maîtres contractuels du second cycle a démarré à Koulikoro et à Ségou, "
        "avec un tiers de femmes parmi les inscrits.",
        "Visite du groupe à l’institut de formation de Ségou en janvier.",
    ),
    _edu.says(
        "2026-W51",
        "Fri 14:35",
        ON_TRACK,
        "Dernière réunion de l’année : le groupe garde trois priorités pour 2027, les cantines, "
        "les maîtres et la mesure des acquis.",
        "Plan de travail d’une page à faire valider à la retraite.",
    ),
    _edu.says("2027-W01", "Fri 09:20", NOTHING, "Reprise : rien de neuf depuis la réunion de décembre."),
    _edu.says(
        "2027-W02",
        "Thu 15:15",
        ON_TRACK,
        "Plan de travail 2027 présenté aux coordonnateurs. La direction nationale accepte de "
        "coprésider une réunion sur deux.",
        "Première réunion coprésidée le 4 février.",
        edited="Thu 17:40",
    ),
    _edu.says(
        "2027-W03",
        "Fri 10:05",
        AT_RISK,
        "Visite à l’institut de Ségou : les stagiaires sont là, les maîtres de stage aussi.",
        "Écrire à la direction pour le paiement des indemnités.",
        difficulties="Les indemnités de stage du premier trimestre ne sont pas parties ; plusieurs stagiaires "
        "songent à abandonner.",
    ),
    _edu.says(
        "2027-W04",
        "Thu 16:25",
        AT_RISK,
        "Les indemnités ont été ordonnancées ; paiement annoncé pour la mi-février. "
        "Trente-quatre cantines de la région de Mopti ont reçu leurs vivres du trimestre.",
        "Compter les écoles encore sans vivres avec le PAM.",
        difficulties="Onze écoles de la zone inondable ne sont toujours pas desservies.",
    ),
    _edu.says(
        "2027-W05",
        "Thu 12:50",
        ON_TRACK,
        "Première réunion coprésidée par le ministère. Les dates de la revue conjointe sont "
        "proposées : du 22 au 24 mars à Bamako.",
        "Liste des participants et répartition des notes.",
        visibility=GOVERNMENT,
    ),
    _edu.says(
        "2027-W06",
        "Fri 15:55",
        ON_TRACK,
        "Les horaires du mois de carême sont en place dans les écoles à cantine : le repas est "
        "servi aux plus jeunes, et une ration à emporter est prévue pour les autres.",
        "Suivre la fréquentation dans dix écoles témoins.",
    ),
    _edu.says(
        "2027-W07",
        "Thu 09:30",
        AT_RISK,
        "Sept des onze écoles non desservies ont reçu leurs vivres par pirogue.",
        "Dernière livraison prévue le 26 février.",
        difficulties="Le magasin de Mopti n’a plus d’huile ; le prochain convoi dépend de l’état de la route.",
        support="Un mot de la troïka au gouvernorat pour le passage du convoi.",
        visibility=GROUP,
    ),
    _edu.says(
        "2027-W08",
        "Thu 14:20",
        AT_RISK,
        "Les quatre dernières écoles ont été livrées ; les 45 cantines suivies à Mopti servent "
        "de nouveau cinq jours sur cinq. La note sur les acquis des élèves est prête pour la "
        "revue conjointe.",
        "Envoyer les quatre notes aux membres le 9 mars ; répétition de la revue le 15.",
        difficulties="La note sur le financement attend le rapport d’exécution 2026, et les dates de la revue "
        "ne sont pas encore confirmées par écrit.",
        support="Que la cheffe de file demande au SHA la confirmation écrite des dates.",
    ),
)
