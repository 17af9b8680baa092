"""What the health group said, in English: the PRODESS sessions, vaccination, meningitis season, medicines."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GOVERNMENT, GROUP, OFF_TRACK, ON_TRACK, Reporter

_san = Reporter("SAN", "USANLEAD01", "en")

UPDATES = (
    _san.says(
        "2026-W10",
        "Thu 13:10",
        ON_TRACK,
        "The PRODESS technical committee agreed its agenda; the status of last year’s "
        "recommendations comes first, as always.",
        "Members send their comments on the draft operational plan by 20 March.",
    ),
    _san.says(
        "2026-W13",
        "Fri 10:25",
        AT_RISK,
        "Meningitis surveillance is working in all districts of the belt, and samples reach the "
        "laboratory within three days.",
        "Weekly call with the surveillance team until the rains.",
        difficulties="Two districts in Sikasso crossed the alert threshold and reactive vaccine has to be ordered.",
    ),
    _san.says(
        "2026-W16",
        "Thu 15:45",
        ON_TRACK,
        "Reactive vaccination finished in both districts, with coverage above target. The order "
        "took nine days from request to arrival.",
        "Short lessons-learned note with WHO.",
    ),
    _san.says(
        "2026-W19",
        "Thu 11:30",
        ON_TRACK,
        "The technical committee sat for two days. Partners asked for one consolidated "
        "procurement plan instead of five.",
        "First draft of the consolidated plan in June.",
    ),
    _san.says(
        "2026-W23",
        "Fri 16:05",
        AT_RISK,
        "Seasonal malaria chemoprevention: micro-plans are ready in 60 districts.",
        "Check stock at the regional depots.",
        difficulties="The first shipment of tablets is held at the port over a missing exemption certificate.",
        support="A call from the chef de file to speed up the exemption.",
    ),
    _san.says(
        "2026-W26",
        "Thu 09:40",
        ON_TRACK,
        "The exemption was signed and the tablets left Dakar on Tuesday. The first round of "
        "chemoprevention can start on time.",
        "Observers from the group in Kayes and Koulikoro.",
    ),
    _san.says(
        "2026-W30",
        "Thu 14:55",
        ON_TRACK,
        "First round completed. Community health workers reached most households in three days; "
        "the second round starts in four weeks.",
        "Compare administrative coverage with the independent survey.",
    ),
    _san.says(
        "2026-W35",
        "Fri 12:15",
        OFF_TRACK,
        "Floods closed eleven community health centres, and mobile teams cover seven of them.",
        "Joint visit to Djenné and Ténenkou once the road opens.",
        difficulties="Four areas have no service at all; cold boxes were lost with the boats.",
        support="Flexibility from partners to reassign unspent training funds.",
    ),
    _san.says(
        "2026-W37",
        "Thu 16:35",
        AT_RISK,
        "Three of the four areas are served again. Partners agreed to reassign training funds "
        "and new cold boxes are on the way.",
        "Close the last gap before the end of the month.",
        difficulties="Suspected cholera in one health area, samples taken; the last area is still cut off.",
    ),
    _san.says(
        "2026-W40",
        "Thu 10:50",
        ON_TRACK,
        "No cholera confirmed. All centres but one have reopened.",
        "Damage list to the ministry for the 2027 budget.",
    ),
    _san.says(
        "2026-W42",
        "Fri 09:15",
        ON_TRACK,
        "The consolidated procurement plan exists at last: one table, five partners, one calendar.",
        "Present it at the quarterly coordinators’ meeting.",
    ),
    _san.says(
        "2026-W45",
        "Thu 13:35",
        AT_RISK,
        "The bonus of community health workers is now a line in the draft budget.",
        "Follow the reading of the budget with the economy group.",
        difficulties="The line covers eight months out of twelve.",
    ),
    _san.says(
        "2026-W48",
        "Thu 15:00",
        ON_TRACK,
        "Polio round completed in all regions accessible by road. Finger-marking checks were "
        "done by students, cheaply and well.",
        "Results by district on 10 December.",
    ),
    _san.says(
        "2026-W50",
        "Thu 12:05",
        ON_TRACK,
        "Polio results are good except in two urban districts of Bamako, where many families were travelling.",
        "Catch-up days in January.",
    ),
    _san.says(
        "2026-W51",
        "Thu 09:55",
        AT_RISK,
        "Dates for the joint PRODESS mission are agreed: 8 to 17 February, three teams.",
        "Each agency names its team members by 15 January.",
        difficulties="Only four agencies have named anyone so far.",
    ),
    _san.says(
        "2027-W01",
        "Fri 11:45",
        ON_TRACK,
        "Quiet start. The catch-up polio days in Bamako are set for 23 and 24 January.",
        "Radio announcements from the 18th.",
    ),
    _san.says(
        "2027-W02",
        "Thu 16:15",
        AT_RISK,
        "Nine agencies have now named people for the joint mission, enough for all three teams.",
        "Briefing on 4 February.",
        difficulties="The central medical store reports less than two months of oxytocin and of rapid malaria tests.",
    ),
    _san.says(
        "2027-W03",
        "Fri 14:30",
        AT_RISK,
        "An emergency order for oxytocin is placed through UNFPA; delivery is expected within five weeks.",
        "Redistribute stock from the south to Mopti and Gao.",
        difficulties="No supplier yet for the malaria tests.",
        author="USANSUP001",
    ),
    _san.says(
        "2027-W04",
        "Thu 10:20",
        ON_TRACK,
        "Catch-up polio days reached nine children in ten in the two districts. A partner has "
        "offered malaria tests from its regional stock.",
        "Sign the transfer note.",
    ),
    _san.says(
        "2027-W05",
        "Thu 15:25",
        ON_TRACK,
        "Mission briefing held with the planning unit. The same questionnaire will be used in "
        "every region, for the first time.",
        "Teams leave on Monday.",
        visibility=GOVERNMENT,
    ),
    _san.says(
        "2027-W06",
        "+Tue 08:40",
        ON_TRACK,
        "Teams are in Kayes, Sikasso and Mopti. First impression: the new stock cards are kept, "
        "the referral forms less so.",
        "Debriefing with the regional directors.",
    ),
    _san.says(
        "2027-W07",
        "Fri 13:50",
        ON_TRACK,
        "Joint mission back on time. The three teams wrote a single aide-memoire, eleven pages long.",
        "Aide-memoire to the technical committee on 16 March.",
        visibility=GROUP,
    ),
    _san.says(
        "2027-W08",
        "Thu 11:05",
        AT_RISK,
        "Malaria tests arrived and were sent out to six regions. The oxytocin shipment has a flight date.",
        "Technical committee on 16 and 17 March.",
        difficulties="Meningitis: one district in the Sikasso region is above the alert threshold.",
        edited="Fri 09:10",
    ),
    _san.says(
        "2027-W09",
        "Tue 16:40",
        AT_RISK,
        "Meningitis: laboratory results confirm the type covered by the vaccine in stock, and "
        "the request for 120,000 doses left on Monday. Oxytocin landed on Sunday and is being "
        "cleared.",
        "Reactive campaign from 15 March if the doses arrive on time; daily call with the surveillance team.",
        difficulties="A second district is close to the threshold, and the cold chain there was damaged by the floods.",
        support="Could the lead remind members that vehicles are needed for ten days? We are two short.",
    ),
)
