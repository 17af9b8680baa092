"""What the groups on decentralisation and on democratic process said, month by month."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GOVERNMENT, NOTHING, ON_TRACK, Reporter

_ddi = Reporter("DDI", "UDDILEAD01")
_pdsc = Reporter("PDSC", "UPDSLEAD01")

UPDATES = (
    _ddi.says(
        "2026-03",
        "2026-03-27 10:15",
        ON_TRACK,
        "Les transferts aux communes du premier trimestre sont notifiés. Dix cercles ont tenu "
        "leur conférence d’harmonisation.",
        "Compter les plans communaux à renouveler.",
    ),
    _ddi.says(
        "2026-04",
        "2026-04-30 16:20",
        ON_TRACK,
        "Deux cent quarante plans communaux arrivent à échéance ; un canevas plus court est proposé.",
        "Essai du canevas dans douze communes.",
    ),
    _ddi.says(
        "2026-05",
        "2026-05-29 11:30",
        ON_TRACK,
        "Essai fait : six semaines au lieu de six mois, et un document que les habitants lisent.",
        "Le soumettre à la direction nationale.",
    ),
    _ddi.says(
        "2026-06",
        "2026-06-29 09:50",
        AT_RISK,
        "Le canevas est à la signature.",
        "Relancer avant les congés.",
        difficulties="Les secrétaires généraux de quarante communes ne sont pas nommés.",
    ),
    _ddi.says(
        "2026-07",
        "2026-08-04 14:10",
        AT_RISK,
        "Canevas signé.",
        "Formation des agents en octobre.",
        difficulties="Les dotations du deuxième trimestre arrivent avec sept semaines de retard.",
    ),
    _ddi.says(
        "2026-09",
        "2026-09-30 15:40",
        ON_TRACK,
        "Vingt-huit des quarante secrétaires généraux sont nommés. Les formations commencent à Kayes.",
        "Trois autres régions avant décembre.",
    ),
    _ddi.says(
        "2026-10",
        "2026-10-29 10:05",
        ON_TRACK,
        "Cent dix agents formés, dont une moitié de femmes à Sikasso.",
        "Suivi à distance par téléphone.",
    ),
    _ddi.says(
        "2026-11",
        "2026-11-27 13:20",
        ON_TRACK,
        "Le projet de loi de finances augmente un peu la part des collectivités ; note de lecture remise au GT ECO.",
        "Suivre la notification en janvier.",
    ),
    _ddi.says(
        "2026-12",
        "2026-12-18 11:00",
        ON_TRACK,
        "Bilan de l’année : quatre-vingt-deux plans communaux renouvelés avec le canevas court.",
        "Objectif 2027 : cent cinquante.",
    ),
    _ddi.says(
        "2027-01",
        "2027-01-29 09:30",
        ON_TRACK,
        "Les dotations 2027 sont notifiées à l’heure dans huit régions. Carte des investissements reçue du GT ECO.",
        "La comparer aux plans communaux.",
    ),
    _ddi.says(
        "2027-02",
        "2027-03-01 10:45",
        AT_RISK,
        "Vingt communes de l’extension du budget sensible au genre choisies avec GEN. Quinze "
        "plans communaux de plus depuis janvier.",
        "Première formation à Bougouni fin mars.",
        difficulties="Deux régions attendent encore leur notification et les conférences d’harmonisation s’y "
        "décalent d’un mois.",
    ),
    _pdsc.says(
        "2026-03",
        "2026-03-31 15:00",
        ON_TRACK,
        "Le fonds d’appui à la société civile a reçu trois cents demandes ; quarante-cinq sont retenues.",
        "Signature des conventions en mai.",
    ),
    _pdsc.says(
        "2026-05",
        "2026-05-28 16:45",
        ON_TRACK,
        "Quarante-deux conventions signées. Les associations de jeunes de quatre régions y sont pour la première fois.",
        "Formation à la tenue des comptes.",
    ),
    _pdsc.says(
        "2026-06",
        "2026-07-02 09:10",
        AT_RISK,
        "Formation faite pour trente associations.",
        "Rattrapage en ligne pour les douze autres.",
        difficulties="Les connexions ne permettent pas de suivre hors des chefs-lieux.",
    ),
    _pdsc.says(
        "2026-09",
        "2026-09-29 12:30",
        ON_TRACK,
        "Le rattrapage s’est fait par enregistrements envoyés sur les téléphones, en français et en bambara.",
        "Première vérification des comptes.",
    ),
    _pdsc.says(
        "2026-10",
        "2026-10-30 14:50",
        ON_TRACK,
        "Comptes vérifiés dans vingt associations : deux seulement doivent compléter leurs pièces.",
        "Partager un modèle de cahier de caisse.",
    ),
    _pdsc.says(
        "2026-11",
        "2026-11-30 10:40",
        ON_TRACK,
        "Le conseil national de la société civile a publié son baromètre des services publics locaux.",
        "Le discuter avec DDI et JUS.",
        visibility=GOVERNMENT,
    ),
    _pdsc.says(
        "2026-12", "2026-12-22 11:15", NOTHING, "Rien de nouveau : la discussion du baromètre est reportée à janvier."
    ),
    _pdsc.says(
        "2027-01",
        "2027-01-28 15:35",
        AT_RISK,
        "Baromètre discuté avec DDI ; six services suivront leurs propres résultats.",
        "Deuxième appel du fonds en avril.",
        difficulties="JUS n’était pas là, et la moitié des questions concernaient l’accès au juge.",
    ),
)
