"""What the economy and finance group said, in English: the budget calendar, forecasts, the joint budget review."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GOVERNMENT, NOTHING, ON_TRACK, TROIKA, Reporter

_eco = Reporter("ECO", "UECOLEAD01", "en")

UPDATES = (
    _eco.says(
        "2026-W11",
        "Fri 09:30",
        ON_TRACK,
        "The ministry shared its first growth estimate for 2025 and will publish the quarterly accounts from now on.",
        "Compare with the partners’ own forecasts in April.",
    ),
    _eco.says(
        "2026-W14",
        "Thu 14:45",
        ON_TRACK,
        "Four forecasts side by side: the differences come from gold output and rainfall, not from method.",
        "One-page comparison to the GEC.",
    ),
    _eco.says(
        "2026-W17",
        "Fri 11:00",
        AT_RISK,
        "Preparation of the medium-term budget framework has begun.",
        "Ask for the calendar of budget conferences.",
        difficulties="The calendar has already slipped three weeks, leaving ministries little time to cost "
        "their programmes.",
    ),
    _eco.says(
        "2026-W21",
        "Thu 16:10",
        ON_TRACK,
        "Calendar received. Budget conferences run from 8 to 26 June and partners may observe the social sectors.",
        "EDU, SAN and EAU each name an observer.",
    ),
    _eco.says(
        "2026-W25",
        "Fri 15:35",
        ON_TRACK,
        "Observers sat in the health and education conferences. The quality of performance "
        "reports has clearly improved.",
        "Joint note with the public finance sub-group.",
    ),
    _eco.says(
        "2026-W29",
        "Thu 10:35",
        ON_TRACK,
        "The revised budget act was adopted. Capital spending moves to the last quarter, as it does every year.",
        "Watch the rate of commitment in September.",
    ),
    _eco.says(
        "2026-W35",
        "Thu 12:20",
        AT_RISK,
        "Mid-year execution figures are out.",
        "Discuss the pace of investment spending with the budget directorate.",
        difficulties="Externally financed projects are executed at less than a third, often for want of "
        "counterpart funds.",
    ),
    _eco.says(
        "2026-W39",
        "Fri 16:25",
        ON_TRACK,
        "The draft budget for 2027 was sent to the legislature within the legal deadline.",
        "Each group reads its own sector by 15 October.",
    ),
    _eco.says(
        "2026-W42",
        "Thu 13:25",
        ON_TRACK,
        "Eight groups sent their reading of the draft budget. The synthesis fits on two pages.",
        "Synthesis to the GEC, then to the ministry.",
        visibility=TROIKA,
    ),
    _eco.says(
        "2026-W45",
        "Fri 10:45",
        ON_TRACK,
        "The agenda of the joint budget review is settled, beginning with last year’s recommendations.",
        "Partners confirm their disbursement calendars by 17 November.",
    ),
    _eco.says(
        "2026-W47",
        "Thu 17:05",
        AT_RISK,
        "Nine partners out of fourteen have confirmed their calendars.",
        "Reminder on Friday, final table on Monday.",
        difficulties="Without the five others the table of predictability cannot be shown on the 24th.",
        support="A short message from the chef de file to the five.",
    ),
    _eco.says(
        "2026-W48",
        "Fri 14:50",
        ON_TRACK,
        "Joint budget review held, with thirteen calendars out of fourteen on the table. Six "
        "recommendations were agreed.",
        "Minutes before the end of the year.",
        visibility=GOVERNMENT,
    ),
    _eco.says(
        "2026-W50",
        "Thu 15:40",
        ON_TRACK,
        "The 2027 budget was adopted. The community health line gained two months in committee.",
        "Citizen’s budget in national languages, with civil society.",
    ),
    _eco.says(
        "2026-W51",
        "Thu 10:30",
        ON_TRACK,
        "Draft minutes of the budget review sent to the ministry for comments.",
        "Adopt them in January.",
    ),
    _eco.says("2027-W01", "Fri 16:00", NOTHING, "Nothing to report: the ministry closes its books until 15 January."),
    _eco.says(
        "2027-W02",
        "Fri 09:50",
        ON_TRACK,
        "Minutes of the budget review adopted with two small corrections.",
        "Put the six recommendations into the follow-up table.",
    ),
    _eco.says(
        "2027-W03",
        "Fri 15:20",
        ON_TRACK,
        "Provisional execution for 2026: wages and transfers on target, investment a little "
        "better than the year before.",
        "Ask for the breakdown by region.",
    ),
    _eco.says(
        "2027-W04",
        "Thu 11:55",
        ON_TRACK,
        "Breakdown by region received. A fifth of investment carries no region code, so the map "
        "is drawn with that caveat.",
        "Map to the decentralisation group.",
    ),
    _eco.says(
        "2027-W05",
        "Fri 13:05",
        AT_RISK,
        "Partner data for the aid report: eleven questionnaires are back out of nineteen.",
        "Second reminder on 10 February.",
        difficulties="Three agencies changed their reporting system and cannot yet give figures by sector.",
    ),
    _eco.says(
        "2027-W06",
        "Thu 16:30",
        AT_RISK,
        "Fifteen questionnaires back.",
        "Help the three agencies by hand.",
        difficulties="The aid report is due at the end of March and the sector tables take two weeks to check.",
    ),
    _eco.says(
        "2027-W07",
        "Fri 12:40",
        ON_TRACK,
        "Eighteen of nineteen questionnaires are in; the last one is promised. Checking of the "
        "sector tables has started.",
        "Draft tables to the groups on 9 March.",
    ),
    _eco.says(
        "2027-W08",
        "Fri 10:15",
        ON_TRACK,
        "All nineteen questionnaires received. Two sectors were double-counted through delegated "
        "cooperation, now corrected.",
        "Groups check their own table between 9 and 15 March.",
        visibility=GOVERNMENT,
    ),
    _eco.says(
        "2027-W09",
        "Wed 08:25",
        ON_TRACK,
        "Draft sector tables are ready two days early. The note on budget execution by region "
        "has been shared with the ministry.",
        "Tables go to the groups on Tuesday; answers by 15 March, please, even if it is only “no change”.",
        support="Groups without a coordinator need somebody to read their table: Urban Development especially.",
    ),
)
