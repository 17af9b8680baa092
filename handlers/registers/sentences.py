"""What is said of a file, a sheet or a row that is brought in: why it is refused, and what was understood how."""

from __future__ import annotations

from handlers.language import message, plural

CANNOT_OPEN = message("{file} cannot be opened: {reason}.")
TOO_LARGE = message("The file is too large: at most {megabytes} MB.")
OLD_EXCEL = message(
    "This is an Excel file of the old kind, or one with a password. Save it as “Excel workbook (.xlsx)” and try again."
)
BROKEN_EXCEL = message("This Excel file cannot be read: it is damaged, has a password, or is not a workbook.")
UNPACKS_TOO_LARGE = message("This Excel file unpacks to more than {megabytes} MB and was not opened.")
OPEN_DOCUMENT = message("This is an OpenDocument file. Save it as “Excel workbook (.xlsx)” and try again.")
HAS_MACROS = message(
    "This Excel file has macros and was not opened. Save it as “Excel workbook (.xlsx)”, which has none, and try again."
)
HAS_LINKS = message(
    "This Excel file takes values from other files and was not opened: nobody can say here whether they are current. "
    "Break its links (in Excel: Data, Edit links) and try again."
)
UNCOMPUTED = message(
    "This Excel file has formulas without their results and was not read: their cells would look empty. "
    "Open it in a spreadsheet program, save it and try again."
)
UNGUARDED = message("Excel files are not read without defusedxml: install the bot with all its dependencies.")
TOO_MANY_ROWS = message("There are too many rows: at most {rows} in a sheet. Divide the file.")
NO_TEXT = message("This is neither an Excel workbook (.xlsx) nor a text file (.csv) in UTF-8 or Windows-1252.")
BROKEN_CSV = message(
    "This CSV file cannot be divided into columns: a quotation mark is missing, or a cell is too long."
)

ONLY_TO_READ = message("This sheet of the bot’s own workbook is only to be read.")
EMPTY_SHEET = message("There is nothing in it.")
NO_HEADINGS = message(
    "Its columns are those of no register. A row of headings is needed, for example: code, French name, English name, "
    "kind, rhythm."
)
GROUPS_OR_INSTITUTIONS = message(
    "It could be groups or institutions. Add a column “rhythm” for groups, or “country” for institutions."
)
NOT_YET = message("This looks like {register}: there is no register for this yet, nothing was brought in.")

GROUPS = message("groups")
BODIES = message("bodies")
INSTITUTIONS = message("institutions")
PEOPLE = message("people")
MANDATES = message("mandates")
DECISIONS = message("decisions")
ACTIONS = message("actions")
UPDATES = message("updates")
INDICATORS = message("indicators")

NO_NAME = message("There is neither a name nor a code.")
NO_WORDS = message("There is no text.")
NO_DATE = message("There is no date.")
NOT_A_DATE = message(
    "“{said}” cannot be read as a date: write a day, a month or a year, as in 2014-04-02, 2014-04, 2014."
)
NO_BODY = message("No body or meeting is named.")
NO_GROUP = message("No group is named.")
UNKNOWN_GROUP = message("No group is called “{said}”.")
SEVERAL_GROUPS = message("“{said}” names several groups: give each its own row.")
GIVES_NO_UPDATES = message("{name} ({code}) takes decisions but gives no updates.")
SEVERAL_PEOPLE = message("Several people are called {name}: give the Slack id.")
UNKNOWN_OFFICE = message("“{said}” is no office I know.")
NO_OFFICE = message("No office is named.")
NOBODYS_MANDATE = message("Neither an institution nor a person is named.")
ENDS_BEFORE = message("It ends before it begins.")

HELD_THEN = message("At that time the office is held already, from {day} on: end that mandate first.")
EARLIER_ENDS = message("the mandate of before ends on {day}")

GROUP_KIND = message("the kind “{said}” is not known: kept as a thematic group")
INSTITUTION_KIND = message("the kind “{said}” is not known: kept as “other”")
DECISION_KIND = message("the kind “{said}” is not known: kept as a decision")
LEFT_OUT = message("“{said}” is not understood and is left out")
DATE_LEFT_OUT = message("the date “{said}” cannot be read and is left out")
READ_AS = message("“{said}” is read as {moment}")
TAKEN_FOR = message("“{said}” is taken for {name} ({code})")
NEW_BODY = message("new body: {name} ({code})")
NEW_INSTITUTION = message("new institution: {name} ({code})")
NEW_PERSON = message("new person: {name}")
NAMES_NO_INSTITUTION = message("“{said}” names no institution: no coordinator is entered")
LEAD_SHORTENED = message("of “{said}”, {institution} is entered as coordinator")
LEAD_SINCE = message("{institution} is entered as coordinator from {day} on")
EARLIER_LEAD = message("an earlier coordinator stands in the note only: {said}")
SAME_GROUP = message("the same group as in row {number}")
CODE_STAYS = message("it is kept as {code}, not as {said}")
RESPONSIBLE_GROUP = message("“{said}” is a group or body and cannot be entered as a responsible institution")
NO_REASON = message("the difficulty and its reason are missing")
AUTHOR_LEFT_OUT = message("author not known here: “{said}”")
NO_SUCH_WORK = message("no work has the number {said}")
NO_SUCH_DECISION = message("no decision has the number {said}")
FROM_DAY = message("it counts from {day} on")
UNTIL_DAY = message("it counts until {day}")

AT_FIELD = message("{field}: {reason}")
FIELD_MISSING = message("“{field}” is missing.")
NOT_A_DAY = message("“{said}” is longer than a day: write the day.")
NO_SUCH_RECORD = message("Nothing is registered here under “{said}”: give its code.")
OTHER_CURRENCY = message("“{said}” is in another currency than the rest of the row ({currency}).")
ONE_INSTITUTION = message("“{said}” names several institutions; there is room for one.")
KEPT_IN_WORDS = message("“{said}” is kept in words, under “{field}”")

NO_VERSION = message("“{said}” is no version: leave the column “Version” as it was exported, or empty the cell.")
SAME_VERSION = message(
    "Row {number} has the same version: a copied row is a new record only once its code and its version are emptied."
)
CONFLICT = message(
    "{who} changed this here on {at}, after the export, and the file says something else: nothing was overwritten."
)
LEFT_ELSEWHERE = message("This row left another database than this one: nothing was overwritten.")
MANDATE_STAYS = message(
    "The office, the institution, the group and the first day of a mandate stay: end it, and add a row without a "
    "version."
)
COORDINATOR_STAYS = message("“{said}” is not the coordinator today: that is changed in the sheet of mandates")
SOMEBODY = message("Somebody")
NOTHING = message("nothing")
BOTH_VALUES = message("{field}: here “{here}”, in the file “{there}”")
BOTH_CHANGED = message("what was changed here since the export stays")
STAYS_FILLED = message("the column “{field}” cannot be emptied and stays as it was")
OTHER_RECORD = message("A row cannot be moved to another group, body or period: add a row without a version instead.")
ONE_OWES_IT = message("An action is owed by one institution: add a row without a version for the other.")

HEAD = message("{file}: tried out, nothing was kept")
HEAD_KEPT = message("{file}: brought in")
COLUMNS_LEFT = message("Columns that were not read: {columns}")
CREATED_ROWS = plural("{count} row created", "{count} rows created")
CHANGED_ROWS = plural("{count} row changed", "{count} rows changed")
UNCHANGED_ROWS = plural("{count} row unchanged", "{count} rows unchanged")
REFUSED_ROWS = plural("{count} row refused", "{count} rows refused")
CONFLICT_ROWS = plural("{count} row in conflict", "{count} rows in conflict")
CREATED_HEADING = message("Created")
CHANGED_HEADING = message("Changed")
REFUSED_HEADING = message("Refused")
CONFLICT_HEADING = message("In conflict: changed here since the export")
ROW = message("row {number}")
