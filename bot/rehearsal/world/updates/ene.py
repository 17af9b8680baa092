"""What the energy group said, in English: mini-grids, the hot season, tariffs, the interconnection."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GOVERNMENT, NOTHING, OFF_TRACK, ON_TRACK, Reporter

_ene = Reporter("ENE", "UENELEAD01", "en")

UPDATES = (
    _ene.says(
        "2026-W11",
        "Thu 16:20",
        AT_RISK,
        "Hospitals and water stations are on a list of protected feeders for the hot season.",
        "Check the list with SAN and EAU.",
        difficulties="The reserve margin is thin until the rains, and fuel deliveries are irregular.",
    ),
    _ene.says(
        "2026-W15",
        "Thu 10:15",
        OFF_TRACK,
        "Protected feeders were respected in Bamako on most days.",
        "Daily bulletin until June.",
        difficulties="Long cuts in three regional capitals; two hospitals ran on generators for a week.",
        support="Partners with stand-by solar kits, please tell us where they are.",
    ),
    _ene.says(
        "2026-W20",
        "Fri 14:40",
        AT_RISK,
        "Fourteen stand-by solar kits were found, and nine moved to regional hospitals.",
        "Maintenance contracts for all nine.",
        difficulties="The other five lack batteries.",
    ),
    _ene.says(
        "2026-W26",
        "Thu 15:15",
        ON_TRACK,
        "First good rains: the hydropower plants are back above half their capacity and the cuts are shorter.",
        "Write down what worked this season.",
    ),
    _ene.says(
        "2026-W31",
        "Fri 11:50",
        ON_TRACK,
        "Lessons of the hot season on one page. The first is simple: agree the feeder list in January, not in March.",
        "Agree a date with the utility.",
    ),
    _ene.says(
        "2026-W37",
        "Thu 09:10",
        ON_TRACK,
        "Twelve mini-grids commissioned in Sikasso. Women’s groups run the mills on four of them.",
        "Survey of paying customers in December.",
    ),
    _ene.says(
        "2026-W41",
        "Fri 13:20",
        AT_RISK,
        "Terms of reference for the tariff study are with the regulator.",
        "Comments expected this month.",
        difficulties="Nobody has said who will pay for the household survey inside it.",
    ),
    _ene.says(
        "2026-W46",
        "Thu 14:35",
        ON_TRACK,
        "Two partners will share the cost of the household survey. The tariff study can be tendered.",
        "Tender notice before the end of the year.",
    ),
    _ene.says(
        "2026-W49",
        "Thu 12:25",
        ON_TRACK,
        "Tender notice published; questions are open until 8 January.",
        "Evaluation committee of five, two from partners.",
    ),
    _ene.says(
        "2026-W50",
        "Fri 16:50",
        ON_TRACK,
        "Mini-grid survey: four customers in five pay on time, mostly by phone.",
        "Share with the rural economy group.",
    ),
    _ene.says(
        "2026-W51",
        "Fri 09:40",
        ON_TRACK,
        "The line to the border substation was inspected; remaining works are minor.",
        "Energisation tests in February.",
    ),
    _ene.says("2027-W01", "Thu 11:15", NOTHING, "Nothing new. The feeder list meeting is set for 19 January."),
    _ene.says(
        "2027-W02",
        "Thu 13:55",
        ON_TRACK,
        "Seven bids received for the tariff study, four of them from the region.",
        "Evaluation in the last week of January.",
    ),
    _ene.says(
        "2027-W03",
        "Thu 10:55",
        ON_TRACK,
        "Feeder list agreed with the utility: 61 hospitals, reference health centres and water "
        "stations, two months earlier than last year.",
        "Put the list on the map.",
    ),
    _ene.says(
        "2027-W04",
        "Fri 15:30",
        ON_TRACK,
        "Bids evaluated; the report is with the regulator for approval.",
        "Contract in February.",
    ),
    _ene.says(
        "2027-W05",
        "Thu 09:15",
        AT_RISK,
        "Energisation tests began on the border line.",
        "Second test on 16 February.",
        difficulties="A faulty transformer in the first test; the spare part has to come by road.",
    ),
    _ene.says(
        "2027-W06",
        "Fri 12:35",
        AT_RISK,
        "The spare part has left Abidjan.",
        "Test again when it arrives.",
        difficulties="The test slips to the end of the month, close to the start of the hot season.",
    ),
    _ene.says(
        "2027-W07",
        "Thu 16:10",
        ON_TRACK,
        "The tariff study contract is signed. Inception report within four weeks.",
        "Invite SAN, EAU and civil society to the inception meeting.",
    ),
    _ene.says(
        "2027-W08",
        "Fri 11:25",
        AT_RISK,
        "The transformer is repaired and the second test lasted 72 hours without a fault.",
        "Commercial operation from mid-March.",
        difficulties="Demand is already rising with the heat, and stand-by kits in Kayes and Mopti need new batteries.",
    ),
    _ene.says(
        "2027-W09",
        "Tue 11:30",
        AT_RISK,
        "The border line has been in continuous service since Sunday. All 61 protected sites are "
        "on the map, with a phone number for each.",
        "Weekly bulletin every Tuesday from now until the rains; inception meeting of the tariff study on 18 March.",
        difficulties="Batteries for five stand-by kits are still not ordered: the supplier wants payment in advance.",
        support="A partner able to pay a small order within ten days.",
        visibility=GOVERNMENT,
    ),
)
