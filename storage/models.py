"""All tables in one place, for those who need the whole shape: migrations and the tests that hold them."""

from storage import (
    absences,
    actions,
    configuration,
    counters,
    decisions,
    drafts,
    groups,
    history,
    jobs,
    lives,
    mandates,
    outbox,
    partners,
    people,
    received,
    registers,
    reminding,
    reporting_periods,
    rest_days,
    schedule,
    sources,
    updates,
)
from storage.database import Base

METADATA = Base.metadata
"""The tables as the models describe them."""

TABLES = (
    partners.Institution,
    people.Person,
    groups.Group,
    lives.GroupState,
    mandates.Mandate,
    sources.Source,
    updates.Update,
    reporting_periods.ReportingPeriod,
    decisions.Decision,
    decisions.Owed,
    decisions.Counter,
    actions.Action,
    actions.ActionCounter,
    counters.Series,
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
