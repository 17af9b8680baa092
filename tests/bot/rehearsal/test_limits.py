"""Every row of the table of limits is enforced: at the limit a payload passes, one beyond it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.rehearsal import limits

Json = dict[str, Any]
Built = tuple[str, list[Json] | Json]
"""(surface, blocks) or (surface, view)."""


def plain(size: int = 1) -> Json:
    return {"type": "plain_text", "text": "x" * size}


def mrkdwn(size: int = 1) -> Json:
    return {"type": "mrkdwn", "text": "x" * size, "verbatim": True}


def section(size: int = 1, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(size), **more}


def option(number: int = 0, **more: Any) -> Json:
    return {"text": plain(), "value": str(number), **more}


def options(count: int) -> list[Json]:
    return [option(number) for number in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "one", **({"options": options(1)} | more)}


def asked(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": {"action_id": "one", **element}, **more}


def view(*blocks: Json, kind: str = "modal", **more: Any) -> Built:
    ends = {"title": plain(), "submit": plain(), "close": plain()} if kind == "modal" else {}
    return kind, {"type": kind, "blocks": list(blocks), **ends, **more}


def message(*blocks: Json) -> Built:
    return "message", list(blocks)


def modal_input(element: Json, **more: Any) -> Built:
    return view(asked(element, **more))


def button(**more: Any) -> Built:
    made = {"type": "button", "text": plain(), "action_id": "one", **more}
    return message({"type": "actions", "elements": [made]})


def confirm(**more: Any) -> Built:
    dialog = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **more}
    return button(confirm=dialog)


def choice(kind: str, count: int) -> Built:
    return message(section(accessory={"type": kind, "action_id": "one", "options": options(count)}))


def image(**more: Any) -> Built:
    return message({"type": "image", "image_url": "https://x", "alt_text": "x", **more})


def table(rows: int = 1, columns: int = 1, **more: Any) -> Built:
    row = [{"type": "raw_text", "text": "x"}] * columns
    return message({"type": "table", "rows": [row] * rows, **more})


def data_table(rows: int = 1, columns: int = 1, size: int = 1, **more: Any) -> Built:
    row = [{"type": "raw_text", "text": "x" * size}] * columns
    return message({"type": "data_table", "caption": "x", "rows": [row] * rows, **more})


def chart(**series: Any) -> Json:
    return {"type": "data_visualization", "title": "x", "series": [{"label": "x", "data": [], **series}]}


def rich_list(**more: Any) -> Built:
    part = {"type": "rich_text_list", "style": "bullet", "elements": [], **more}
    return message({"type": "rich_text", "elements": [part]})


def focused(count: int) -> Built:
    return view(*(asked({"type": "plain_text_input", "focus_on_load": True}) for _ in range(count)))


def conversations(count: int) -> Built:
    return modal_input({"type": "conversations_select", "filter": {"include": ["im"] * count}})


def icon_button(count: int) -> Built:
    made = {"type": "icon_button", "icon": "trash", "text": plain(), "visible_to_user_ids": ["U"] * count}
    return message({"type": "context_actions", "elements": [made]})


BUILDERS: dict[str, Callable[[int], Built]] = {
    "message.blocks": lambda n: message(*[{"type": "divider"}] * n),
    "message.data_visualization_blocks": lambda n: message(*[chart()] * n),
    "view.modal.blocks": lambda n: view(*[{"type": "divider"}] * n),
    "view.home.blocks": lambda n: view(*[{"type": "divider"}] * n, kind="home"),
    "view.title": lambda n: view(title=plain(n)),
    "view.submit": lambda n: view(submit=plain(n)),
    "view.close": lambda n: view(close=plain(n)),
    "view.callback_id": lambda n: view(callback_id="x" * n),
    "view.external_id": lambda n: view(external_id="x" * n),
    "view.private_metadata": lambda n: view(private_metadata="x" * n),
    "view.focus_on_load": focused,
    "block.block_id": lambda n: message({"type": "divider", "block_id": "x" * n}),
    "element.action_id": lambda n: button(action_id="x" * n),
    "text_object.text": lambda n: message(section(n)),
    "confirm.title": lambda n: confirm(title=plain(n)),
    "confirm.text": lambda n: confirm(text=plain(n)),
    "confirm.confirm": lambda n: confirm(confirm=plain(n)),
    "confirm.deny": lambda n: confirm(deny=plain(n)),
    "option.text": lambda n: modal_input(select(options=[option(text=plain(n))])),
    "option.value": lambda n: modal_input(select(options=[option(value="x" * n)])),
    "option.description": lambda n: modal_input(select(options=[option(description=plain(n))])),
    "option.url": lambda n: message(
        section(accessory={"type": "overflow", "action_id": "o", "options": [option(url="x" * n)]})
    ),
    "option_group.label": lambda n: modal_input(
        {"type": "static_select", "option_groups": [{"label": plain(n), "options": options(1)}]}
    ),
    "option_group.options": lambda n: modal_input(
        {"type": "static_select", "option_groups": [{"label": plain(), "options": options(n)}]}
    ),
    "conversation_filter.include": conversations,
    "dispatch_action_config.trigger_actions_on": lambda n: modal_input(
        {"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"] * n}}
    ),
    "section.text": lambda n: message(section(n)),
    "section.fields": lambda n: message({"type": "section", "fields": [mrkdwn()] * n}),
    "section.fields[].text": lambda n: message({"type": "section", "fields": [mrkdwn(n)]}),
    "header.text": lambda n: message({"type": "header", "text": plain(n)}),
    "context.elements": lambda n: message({"type": "context", "elements": [plain()] * n}),
    "context.elements[].text": lambda n: message({"type": "context", "elements": [plain(n)]}),
    "actions.elements": lambda n: message(
        {"type": "actions", "elements": [{"type": "button", "text": plain(), "action_id": str(i)} for i in range(n)]}
    ),
    "context_actions.elements": lambda n: message(
        {"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": str(i)} for i in range(n)]}
    ),
    "input.label": lambda n: modal_input({"type": "plain_text_input"}, label=plain(n)),
    "input.hint": lambda n: modal_input({"type": "plain_text_input"}, hint=plain(n)),
    "image.image_url": lambda n: image(image_url="x" * n),
    "image.alt_text": lambda n: image(alt_text="x" * n),
    "image.title": lambda n: image(title=plain(n)),
    "video.title": lambda n: message({"type": "video", "title": plain(n)}),
    "video.author_name": lambda n: message({"type": "video", "author_name": "x" * n}),
    "video.description": lambda n: message({"type": "video", "description": plain(n)}),
    "markdown.text_total_per_payload": lambda n: message(
        {"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * (n - 6000)}
    ),
    "table.rows": lambda n: table(rows=n),
    "table.columns": lambda n: table(columns=n),
    "table.column_settings": lambda n: table(column_settings=[{}] * n),
    "data_table.rows": lambda n: data_table(rows=n),
    "data_table.columns": lambda n: data_table(columns=n),
    "data_table.page_size": lambda n: data_table(page_size=n),
    "data_table.total_text": lambda n: data_table(size=n),
    "data_visualization.title": lambda n: message({**chart(), "title": "x" * n}),
    "data_visualization.series": lambda n: message({**chart(), "series": [{"label": "x"}] * n}),
    "data_visualization.data": lambda n: message(chart(data=[1] * n)),
    "data_visualization.label": lambda n: message(chart(label="x" * n)),
    "container.child_blocks": lambda n: message({"type": "container", "child_blocks": [section()] * n}),
    "container.title": lambda n: message({"type": "container", "title": plain(n), "child_blocks": []}),
    "card.title": lambda n: message({"type": "card", "title": mrkdwn(n)}),
    "card.subtitle": lambda n: message({"type": "card", "subtitle": mrkdwn(n)}),
    "card.body": lambda n: message({"type": "card", "body": mrkdwn(n)}),
    "card.actions": lambda n: message(
        {"type": "card", "actions": [{"type": "button", "text": plain(), "action_id": str(i)} for i in range(n)]}
    ),
    "carousel.elements": lambda n: message({"type": "carousel", "elements": [{"type": "card"}] * n}),
    "alert.text": lambda n: view({"type": "alert", "text": plain(n)}),
    "plan.tasks": lambda n: message({"type": "plan", "tasks": [{}] * n}),
    "rich_text_list.indent": lambda n: rich_list(indent=n),
    "rich_text_list.border": lambda n: rich_list(border=n),
    "button.text": lambda n: button(text=plain(n)),
    "button.value": lambda n: button(value="x" * n),
    "button.url": lambda n: button(url="x" * n),
    "button.accessibility_label": lambda n: button(accessibility_label="x" * n),
    "button.agent_prompt": lambda n: button(agent_prompt="x" * n),
    "checkboxes.options": lambda n: choice("checkboxes", n),
    "radio_buttons.options": lambda n: choice("radio_buttons", n),
    "overflow.options": lambda n: choice("overflow", n),
    "static_select.options": lambda n: choice("static_select", n),
    "static_select.option_groups": lambda n: modal_input(
        {"type": "static_select", "option_groups": [{"label": plain(), "options": options(1)}] * n}
    ),
    "multi_select.max_selected_items": lambda n: modal_input(
        {"type": "multi_static_select", "options": options(1), "max_selected_items": n}
    ),
    "element.placeholder": lambda n: modal_input({"type": "plain_text_input", "placeholder": plain(n)}),
    "plain_text_input.min_length": lambda n: modal_input({"type": "plain_text_input", "min_length": n}),
    "plain_text_input.max_length": lambda n: modal_input({"type": "plain_text_input", "max_length": n}),
    "rich_text_input.min_lines": lambda n: modal_input({"type": "rich_text_input", "min_lines": n}),
    "rich_text_input.max_lines": lambda n: modal_input({"type": "rich_text_input", "max_lines": n}),
    "file_input.max_files": lambda n: modal_input({"type": "file_input", "max_files": n}),
    "icon_button.visible_to_user_ids": icon_button,
}

FORMATS: dict[str, tuple[Json, Json]] = {
    "datetimepicker.initial_date_time": (
        {"type": "datetimepicker", "initial_date_time": 1804064400},
        {"type": "datetimepicker", "initial_date_time": 18040644000},
    ),
    "datepicker.initial_date": (
        {"type": "datepicker", "initial_date": "2027-03-05"},
        {"type": "datepicker", "initial_date": "2027-02-30"},
    ),
    "timepicker.initial_time": (
        {"type": "timepicker", "initial_time": "16:00"},
        {"type": "timepicker", "initial_time": "4 pm"},
    ),
}


def problems(built: Built) -> list[str]:
    surface, payload = built
    if isinstance(payload, list):
        return limits.message_problems(payload)
    return limits.view_problems(payload, surface)


BOUNDED = [row for row in limits.rows() if row["path"] in BUILDERS]


@pytest.mark.parametrize("row", BOUNDED, ids=lambda row: f"{row['path']}-{row['kind']}")
def test_a_payload_passes_at_the_limit_and_is_refused_beyond_it(row: Json) -> None:
    beyond = row["limit"] + 1 if row["kind"] == "max" else row["limit"] - 1
    assert problems(BUILDERS[row["path"]](row["limit"])) == []
    assert problems(BUILDERS[row["path"]](beyond))


@pytest.mark.parametrize("path", FORMATS)
def test_a_format_is_held(path: str) -> None:
    right, wrong = FORMATS[path]
    assert problems(modal_input(right)) == []
    assert path in problems(modal_input(wrong))[0]


def test_no_row_of_the_table_is_forgotten() -> None:
    known = {*BUILDERS, *FORMATS, *limits.ELSEWHERE}
    beginnings = tuple(limits.NOT_APPLICABLE)
    forgotten = [row["path"] for row in limits.rows() if row["path"] not in known]
    assert [path for path in forgotten if not path.startswith(beginnings)] == []


def test_no_row_is_named_that_the_table_does_not_have() -> None:
    paths = {row["path"] for row in limits.rows()}
    assert {*BUILDERS, *FORMATS, *limits.ELSEWHERE} - paths == set()
    assert [name for name in limits.NOT_APPLICABLE if not any(path.startswith(name) for path in paths)] == []


REFUSED: dict[str, Built] = {
    "a markdown block in a modal": view({"type": "markdown", "text": "x"}),
    "a table in a modal": view({"type": "table", "rows": []}),
    "a markdown block in a Home tab": view({"type": "markdown", "text": "x"}, kind="home"),
    "an alert in a message": message({"type": "alert", "text": plain()}),
    "a title in a Home tab": view(kind="home", title=plain()),
    "an unknown block": message({"type": "marquee"}),
    "an input without submit": view(asked({"type": "plain_text_input"}), submit=None),
    "a block_id twice": message(section(block_id="a"), section(block_id="a")),
    "an action_id twice in a block": message(
        {"type": "actions", "elements": [{"type": "button", "text": plain(), "action_id": "a"}] * 2}
    ),
    "an empty text": message(section(0)),
    "a mrkdwn header": message({"type": "header", "text": mrkdwn()}),
    "verbatim on a plain_text": message({"type": "header", "text": {**plain(), "verbatim": True}}),
    "a button in an input": modal_input({"type": "button", "text": plain()}),
    "a text input among buttons": message({"type": "actions", "elements": [{"type": "plain_text_input"}]}),
    "a section without text": message({"type": "section"}),
    "an image without alt_text": message({"type": "image", "image_url": "https://x"}),
    "an initial option that is not offered": modal_input(select(initial_option=option(7))),
    "a button of a strange style": button(style="loud"),
    "a property Slack does not know": button(colour="red"),
    "an url on an ordinary option": modal_input(select(options=[option(url="https://x")])),
    "a number input that says nothing of decimals": modal_input({"type": "number_input"}),
    "an empty context": message({"type": "context", "elements": []}),
    "an empty text in rich text": message(
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
        }
    ),
    "rows of unequal length in a data table": message(
        {"type": "data_table", "caption": "x", "rows": [[{"text": "x"}], []]}
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_slack_would_refuse(name: str) -> None:
    assert problems(REFUSED[name])


def test_an_action_id_may_come_back_in_another_block() -> None:
    made = {"type": "button", "text": plain(), "action_id": "a"}
    assert problems(message({"type": "actions", "elements": [made]}, {"type": "actions", "elements": [made]})) == []


def test_a_view_is_too_large_above_250_kilobytes() -> None:
    blocks = [section(2900) for _ in range(85)]
    assert not limits.view_too_large({"type": "modal", "blocks": blocks})
    assert limits.view_too_large({"type": "modal", "blocks": blocks * 2})


def test_headers_cost_more_than_their_letters() -> None:
    assert limits.rendered([{"type": "header", "text": plain(10)}]) == 110


def test_an_external_select_takes_a_hundred_options() -> None:
    assert limits.option_problems({"options": options(100)}) == []
    assert limits.option_problems({"options": options(101)})
    groups = [{"label": plain(), "options": options(100)}]
    assert limits.option_problems({"option_groups": groups * 100}) == []
    assert limits.option_problems({"option_groups": groups * 101})
