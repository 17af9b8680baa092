"""Why a text is not a date: the reasons, as sentences for the person who wrote it."""

from __future__ import annotations

from handlers.language import Message, message

EMPTY = message("Write a day, a month, a quarter, “ongoing” or “none”.")
UNKNOWN = message(
    "I cannot read “{said}” as a date. Write a day, a month or a quarter: “30 June 2027”, “March 2027”, “Q2 2027”."
)
TOO_LONG = message("That is too long for a date. Write only a day, a month or a quarter: “30 June 2027”, “Q2 2027”.")
NO_SUCH_DAY = message("“{said}” does not exist: {month} has only {days} days.")
NO_SUCH_MONTH = message(
    "“{said}” does not exist: there is no month {number}. Write the day, then the month, as in “30/06/2027”."
)
NO_SUCH_WEEK = message("“{said}” does not exist: {year} has only {weeks} weeks.")
CONTRADICTION = message("“{said}” contradicts itself. The calendar says: {day}.")
AMBIGUOUS = message(
    "“{said}” can be read in several ways. Write the month as a word and the year in full, as in “3 April 2027”."
)
BEFORE_WHAT = message(
    "“{said}” can mean before it begins or before it ends. Write a day, or “end of March”, “end of Q2”."
)
NO_DATE = message("“{said}” does not say when: give a day, a month or a quarter.")
RECURRING = message("“{said}” comes back again and again: give the day of the first time, or write “ongoing”.")
SEVERAL = message("“{said}” gives several dates: write only one.")
TOO_FAR = message("“{said}” is too far away: give a day between {first} and {last}.")
EMPTY_DAY = message("Write a day, as in “12 February 2027” or “12/02/2027”.")
NOT_ONE_DAY = message("“{said}” is not one single day. Write it as “12 February 2027” or “12/02/2027”.")
EMPTY_MOMENT = message("Write a day and an hour, as in “Monday 10:00” or “12 February at 9:30”.")
NOT_A_MOMENT = message("“{said}” is not one day and hour. Write it as “Monday 10:00” or “12 February at 9:30”.")

NOT_DAYS = message(
    "I cannot read “{said}” as days. Write from when to when: “12 to 30 August”, “12/08 - 30/08”, “until Friday”."
)
NO_DAYS = message("Write from when to when, as in “12 to 30 August” or “until Friday”.")
OVER = message("“{said}” is over: it ended on {last}. Give days to come; write the year if you mean another one.")
BACKWARDS = message("“{said}” ends before it begins: {first} comes after {last}.")
TOO_MANY_DAYS = message("“{said}” would last more than a year, from {first} to {last}. Write the years, or fewer days.")


class NotADate(ValueError):  # noqa: N818 - it says no to a person, nothing is broken
    """The text is not understood as a date; ``sentence`` with ``values`` is the reason.

    Speak it with ``speaker.say(error.sentence, **error.values)``: the speaker puts days and months
    among the values into words.
    """

    def __init__(self, sentence: Message, **values: object) -> None:
        super().__init__(sentence.text)
        self.sentence = sentence
        self.values = values
