"""All tables in one place, for those who need the whole shape: migrations and the tests that hold them."""

from storage import (
    absences,
    actions,
    arrangements,
    configuration,
    contacts,
    counters,
    decisions,
    drafts,
    groups,
    history,
    jobs,
    lives,
    mandates,
    meetings,
    outbox,
    partners,
    people,
    received,
    registers,
    reminding,
    reporting_periods,
    requests,
    rest_days,
    schedule,
    sector_roles,
    sources,
    updates,
    works,
)
from storage.database import Base
from storage.records import Record

METADATA = Base.metadata
"""The tables as the models describe them."""

TABLES: tuple[type[Base], ...] = (
    partners.Institution,
    people.Person,
    groups.Group,
    lives.GroupState,
    mandates.Mandate,
    sources.Source,
    updates.Update,
    reporting_periods.ReportingPeriod,
    meetings.Meeting,
    meetings.AgendaItem,
    meetings.Attendance,
    meetings.MinutesComment,
    works.Work,
    decisions.Decision,
    decisions.Owed,
    decisions.Counter,
    actions.Action,
    actions.ActionCounter,
    counters.Series,
    contacts.Contact,
    arrangements.Arrangement,
    arrangements.Amount,
    arrangements.Tranche,
    sector_roles.SectorRole,
    requests.Request,
    absences.Absence,
    rest_days.RestDay,
    history.Change,
    outbox.Message,
    received.Received,
    schedule.Schedule,
    schedule.Run,
    reminding.Asked,
    reminding.Pause,
    reminding.Escalation,
    configuration.Configuration,
    configuration.Channel,
    drafts.Draft,
    jobs.Job,
    registers.Revision,
)
"""Every model, in an order in which rows can be written."""

RECORDS: tuple[type[Record], ...] = tuple(each for each in TABLES if issubclass(each, Record))
"""The kinds of records."""
