"""A report for programs is plain values, and whole."""

import json

import pytest
from hypothesis import given

from handlers.reports.neutral import as_json
from handlers.reports.report import Report
from tests.handlers.reports.samples import digest, reports, said


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(reports)
def test_every_text_is_there_as_it_was_written(report: Report) -> None:
    found = set(strings(json.loads(json.dumps(as_json(report)))))
    assert set(said(report)) <= found | {""}


def test_states_keep_their_tone_and_figures_stay_figures() -> None:
    section = as_json(digest("fr"))["glance"][0]
    assert section["table"]["rows"][1] == ["Santé", {"text": "à risque", "tone": "warning"}, 3]


def strings(value: object) -> list[str]:
    """Every string in some plain values."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []
