"""What people were saying in the channels before the rehearsal begins; some of it is worth a decision by shortcut."""

from __future__ import annotations

from bot.rehearsal.world.shapes import Talk, instant


def _said(key: str, channel: str, author: str, at: str, text: str, answers: str | None = None) -> Talk:
    return Talk(key, channel, author, instant(at, "2027-W09"), text, answers)


TALK = (
    _said(
        "welcome",
        "CGENERAL01",
        "USUISSE001",
        "2027-01-04 09:30",
        "Bonne année à toutes et à tous. La coopération suisse prend le relais du Canada comme "
        "chef de file ; un grand merci à l’équipe sortante. Ma porte est ouverte le mercredi "
        "matin.",
    ),
    _said(
        "welcome-2",
        "CGENERAL01",
        "UCANADA001",
        "2027-01-04 10:12",
        "Thank you, and good luck! The handover file is complete, but call me any time.",
        "welcome",
    ),
    _said(
        "welcome-3",
        "CGENERAL01",
        "USNUBCR001",
        "2027-01-04 11:05",
        "Merci au Canada, et bienvenue à la Suisse. Nous restons à votre disposition pour les salles.",
        "welcome",
    ),
    _said(
        "reminder",
        "CGENERAL01",
        "UPOOLASS01",
        "2027-02-24 14:20",
        "Compte rendu de la réunion mensuelle : vos corrections jusqu’à lundi midi, merci.",
    ),
    _said(
        "women",
        "CGENERAL01",
        "UGENLEAD01",
        "Mon 10:05",
        "Pour le 8 mars à Kayes : il reste neuf places dans le car de dimanche. Inscription "
        "auprès de moi jusqu’à jeudi soir.",
    ),
    _said("women-2", "CGENERAL01", "UESPAGNE01", "Mon 10:40", "Deux places pour l’Espagne, s’il te plaît.", "women"),
    _said("women-3", "CGENERAL01", "UJAPON0001", "Mon 11:15", "One for us, thank you!", "women"),
    _said(
        "gec",
        "CGENERAL01",
        "UPOOLCOO01",
        "Tue 09:00",
        "Prochain GEC : jeudi 11 mars à 10 h, au Bureau de la coopération suisse. Ordre du jour "
        "provisoire : rapport sur l’aide, stratégie commune, point du GT Justice.",
    ),
    _said(
        "gec-2",
        "CGENERAL01",
        "UUNIONE001",
        "Tue 09:45",
        "Peut-on ajouter dix minutes sur les revues sectorielles de mars ? Trois en deux "
        "semaines, c’est beaucoup pour les mêmes personnes.",
        "gec",
    ),
    _said(
        "gec-3",
        "CGENERAL01",
        "USUISSE001",
        "Tue 11:20",
        "D’accord. Convenons-en déjà : à partir de 2028, pas plus de deux revues sectorielles le "
        "même mois. À confirmer jeudi en séance.",
        "gec",
    ),
    _said(
        "english",
        "CENGLISH01",
        "UJAPON0001",
        "Mon 09:25",
        "Is there a date for the PRODESS technical committee? I have two in my diary.",
    ),
    _said(
        "english-2",
        "CENGLISH01",
        "USANLEAD01",
        "Mon 09:50",
        "16 and 17 March, confirmed by the planning unit. The other one was the old date.",
        "english",
    ),
    _said(
        "english-3",
        "CENGLISH01",
        "UBANQUE001",
        "Tue 15:05",
        "The first digest in English really helped our visiting mission last week. Thank you to "
        "all who write two clear lines.",
    ),
    _said(
        "troika",
        "CTROIKA001",
        "UPOOLCOO01",
        "Tue 16:30",
        "Relevé de la troïka de ce matin (avancée d’un jour) noté dans le registre : trois points d’action. Il reste "
        "à choisir les deux thèmes pour le Premier ministre d’ici jeudi 11.",
    ),
    _said(
        "troika-2",
        "CTROIKA001",
        "UBANQUE001",
        "Tue 17:10",
        "My proposal: the hot season and water services. Both have figures we can stand behind.",
        "troika",
    ),
    _said(
        "troika-3",
        "CTROIKA001",
        "USUISSE002",
        "Wed 08:15",
        "Bon choix pour nous. J’attends l’avis du Canada.",
        "troika",
    ),
    _said(
        "government",
        "CGOUVERN01",
        "USHAGUEST1",
        "Mon 14:40",
        "Bonjour à tous. Le SHA peut accueillir la séance de lecture de la stratégie commune le "
        "16 mars, salle du deuxième étage, quarante places.",
    ),
    _said(
        "government-2",
        "CGOUVERN01",
        "USUISSE002",
        "Mon 15:25",
        "Merci beaucoup. Quarante places suffisent ; nous enverrons le texte une semaine avant.",
        "government",
    ),
    _said(
        "edu",
        "CGTEDUCA01",
        "UPAMPROG01",
        "Mon 16:10",
        "Les quatre écoles de Mopti livrées vendredi ont servi leur premier repas aujourd’hui. "
        "Photos dans le dossier partagé.",
    ),
    _said(
        "edu-2",
        "CGTEDUCA01",
        "UEDUSUP001",
        "Mon 16:35",
        "Formidable nouvelle. On en parle dans la mise à jour de la semaine ?",
        "edu",
    ),
    _said(
        "edu-3",
        "CGTEDUCA01",
        "UEDULEAD01",
        "Tue 08:50",
        "Oui, je la remplis avant vendredi. Il me manque seulement la confirmation des dates de la revue.",
        "edu",
    ),
    _said(
        "edu-4",
        "CGTEDUCA01",
        "UFPTLEAD01",
        "Tue 14:15",
        "Réunion du groupe ce matin : nous convenons que chaque partenaire envoie son tableau de "
        "financement 2026 au plus tard le 12 mars, sinon la note part sans lui.",
    ),
    _said(
        "san",
        "CGTSANTE01",
        "USANLEAD01",
        "Mon 12:30",
        "Vehicles for Sikasso: seven confirmed, three to find. Pick-ups preferred, with driver, from 14 to 24 March.",
    ),
    _said("san-2", "CGTSANTE01", "USRLEAD001", "Mon 13:05", "L’UNFPA peut en prêter un du 15 au 20.", "san"),
    _said("san-3", "CGTSANTE01", "USANSUP001", "Tue 10:00", "Merci ! Plus que deux, donc.", "san"),
    _said(
        "eau",
        "CGTEAUASS1",
        "UEAUSUP001",
        "Tue 11:45",
        "Pour la revue : le centre de conférences demande une réponse avant mardi. Je relance "
        "aussi le Japon pour sa salle.",
    ),
    _said(
        "eau-2",
        "CGTEAUASS1",
        "UJAPON0001",
        "Tue 12:20",
        "Our hall seats 70. With a few chairs more, 80 is possible.",
        "eau",
    ),
    _said(
        "infra",
        "CINFRABAD1",
        "UBADABJ001",
        "Mon 11:30",
        "Bonjour d’Abidjan. La carte des postes de contrôle est prête pour deux corridors ; le "
        "troisième demain. Dans quel format la voulez-vous ?",
    ),
    _said(
        "infra-2",
        "CINFRABAD1",
        "UTRALEAD01",
        "Mon 11:55",
        "Merci ! Une image pour la présentation, et le tableau des points pour nos archives.",
        "infra",
    ),
)
