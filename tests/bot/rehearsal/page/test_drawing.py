"""Messages as they look: every block, mrkdwn, files, marks; and nothing a person wrote becomes markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.bot.rehearsal.page.app import button, options, plain, section
from tests.bot.rehearsal.page.conftest import Desk, Visit

pytestmark = pytest.mark.browser


def raw(text: str) -> dict[str, str]:
    """A table cell."""
    return {"type": "raw_text", "text": text}


def raw_field(text: str) -> dict[str, str]:
    """A field of a section."""
    return {"type": "mrkdwn", "text": text}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    """A line of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def words(text: str, **style: bool) -> dict[str, Any]:
    """A piece of rich text."""
    return {"type": "text", "text": text, "style": style} if style else {"type": "text", "text": text}


MRKDWN = [
    ("*bold* _it_ ~no~ `a*b*`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>a*b*</code>"),
    ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
    ("*a _b_*", "<strong>a <em>b</em></strong>"),
    ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ("&gt; said\nplain", "<blockquote>said</blockquote>plain"),
    ("&gt;&gt;&gt;one\ntwo", "<blockquote>one\ntwo</blockquote>"),
    ("```\n*raw*\n```", "<pre>*raw*</pre>"),
    (":white_check_mark: :nobody_knows:", "✅ :nobody_knows:"),
    ("<!here> <!subteam^S1|@team>", '<span class="mention">@here</span> <span class="mention">@team</span>'),
    ("<javascript:alert(1)|press>", "press (javascript:alert(1))"),
    ("<!date^1804233600^{date_num}|a day>", '<time title="a day">05/03/2027</time>'),
    ("<!date^x^{date}|a day>", '<time title="a day">a day</time>'),
]


def test_mrkdwn_is_read_as_slack_reads_it(page: Page) -> None:
    drawn = page.evaluate(
        """async (texts) => {
            const { mrkdwn } = await import(new URL("mrkdwn.js", document.querySelector("script").src));
            return texts.map((text) => {
                const place = document.createElement("div");
                place.append(...mrkdwn(text));
                return place.innerHTML;
            });
        }""",
        [written for written, _ in MRKDWN],
    )
    assert drawn == [html for _, html in MRKDWN]


def test_every_block_of_a_digest_is_drawn(page: Page, desk: Desk) -> None:
    lead = desk.lead.id
    status = {"type": "rich_text", "elements": [rich(words("awaited", bold=True))]}
    bullets = [rich({"type": "user", "user_id": lead}), rich({"type": "emoji", "name": "memo"}, words(" note"))]
    desk.post(
        "Digest",
        [
            {"type": "header", "text": plain("Week 9")},
            section("*7 of 12* <https://example.org/report|report>", fields=[raw_field("*Lead*\nSweden")]),
            {
                "type": "context",
                "elements": [plain("since Friday"), {"type": "mrkdwn", "text": f"<#{desk.general.id}>"}],
            },
            {"type": "divider"},
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_list", "style": "bullet", "elements": bullets},
                    {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [rich(words("inner"))]},
                    {"type": "rich_text_quote", "elements": [words("quoted", italic=True)]},
                    {"type": "rich_text_preformatted", "elements": [words("  code")]},
                ],
            },
            {
                "type": "table",
                "column_settings": [{"align": "left"}, {"align": "right"}],
                "rows": [[raw("Group"), raw("State")], [raw("Health"), raw("12")], [raw("Water"), status]],
            },
        ],
    )
    message = page.get_by_role("article")
    expect(message.get_by_role("heading", name="Week 9")).to_be_visible()
    link = message.get_by_role("link", name="report")
    expect(link).to_have_attribute("href", "https://example.org/report")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(message.locator("strong", has_text="7 of 12")).to_be_visible()
    expect(message.locator(".fields")).to_contain_text("Sweden")
    expect(message.locator(".context")).to_contain_text("#general")
    expect(message.locator("hr")).to_have_count(1)
    expect(message.locator("ul li")).to_have_text(["@Responsable Santé", "📝 note"])
    expect(message.locator("ol.depth-1 li")).to_have_text("inner")
    expect(message.locator("blockquote em")).to_have_text("quoted")
    expect(message.locator("pre")).to_have_text("  code", use_inner_text=True)
    expect(message.get_by_role("columnheader")).to_have_text(["Group", "State"])
    expect(message.get_by_role("cell")).to_have_text(["Health", "12", "Water", "awaited"])
    expect(message.get_by_role("cell", name="12")).to_have_class("right")
    expect(message.locator("time").first).to_have_text("09:00")
    expect(message.locator(".badge")).to_have_text("appli")


def test_a_markdown_block_has_headings_lists_and_tables(page: Page, desk: Desk) -> None:
    lists = "## Santé\n- **a** [b](https://example.org)\n\n1. c\n\n"
    rest = "| x | y |\n|---|---|\n| 1 | `2` |\n\n> said\n\n```\ncode\n```"
    desk.post("x", [{"type": "markdown", "text": lists + rest}])
    message = page.get_by_role("article")
    expect(message.get_by_role("heading", name="Santé")).to_be_visible()
    expect(message.locator("ul li strong")).to_have_text("a")
    expect(message.locator("ol li")).to_have_text("c")
    expect(message.get_by_role("cell")).to_have_text(["1", "2"])
    expect(message.locator("blockquote")).to_have_text("said")
    expect(message.locator("pre")).to_have_text("code")


def test_nothing_a_person_wrote_becomes_markup(page: Page, desk: Desk) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    escaped = evil.replace("<", "&lt;").replace(">", "&gt;")
    desk.post("x", [{"type": "section", "text": plain(evil)}, section(escaped), {"type": "markdown", "text": evil}])
    message = page.get_by_role("article")
    expect(message.get_by_text(evil)).to_have_count(3)
    expect(page.locator("main img, main script")).to_have_count(0)


def test_a_picture_from_elsewhere_is_described_and_not_fetched(page: Page, desk: Desk) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    desk.post("x", [{"type": "image", "image_url": "https://example.org/map.png", "alt_text": "Map of Mopti"}])
    expect(page.get_by_role("link", name="Image : Map of Mopti".replace(" :", "\u00a0:"))).to_be_visible()
    assert asked
    assert all(url.startswith(desk.standin.page_url) for url in asked)


def test_edited_and_deleted_messages_show_it(page: Page, desk: Desk) -> None:
    ts = desk.post("first wording")
    gone = desk.post("said in error")
    expect(page.get_by_role("article")).to_have_count(2)
    desk.client.chat_update(channel=desk.health.id, ts=ts, text="second wording")
    desk.client.chat_delete(channel=desk.health.id, ts=gone)
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text("second wording")
    expect(page.get_by_role("article")).to_contain_text("(modifié)")


def test_an_ephemeral_message_is_marked_and_others_do_not_see_it(page: Page, visit: Visit, desk: Desk) -> None:
    other = visit(desk.chief, at=desk.health.id)
    desk.client.chat_postEphemeral(channel=desk.health.id, user=desk.lead.id, text="for the lead")
    desk.post("for all")
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("article").first).to_contain_text("Visible de vous seul")
    expect(other.get_by_role("article")).to_have_count(1)
    expect(other.get_by_role("article")).to_contain_text("for all")


def test_a_file_shows_its_name_and_size_and_downloads_whole(page: Page, desk: Desk, tmp_path: Path) -> None:
    content = bytes(range(256)) * 50
    desk.client.files_upload_v2(channel=desk.health.id, filename="suivi santé.xlsx", content=content)
    link = page.get_by_role("link", name="Télécharger suivi santé.xlsx (13 Ko)")
    with page.expect_download() as download:
        link.click()
    download.value.save_as(tmp_path / "kept")
    assert download.value.suggested_filename == "suivi santé.xlsx"
    assert (tmp_path / "kept").read_bytes() == content


def test_buttons_of_a_message_act_once_and_the_message_changes(page: Page, desk: Desk) -> None:
    desk.post("x", [{"type": "actions", "elements": [button("Approve", "approve", value="7", style="primary")]}])
    page.get_by_role("button", name="Approve").dblclick()
    expect(page.get_by_role("article")).to_contain_text("Approved by @Responsable Santé")
    assert [action["value"] for action in desk.heard] == ["7"]


def test_a_confirmation_is_asked_and_no_means_no(page: Page, desk: Desk) -> None:
    confirm = {
        "title": plain("Withdraw?"),
        "text": plain("It will go."),
        "confirm": plain("Yes"),
        "deny": plain("Keep"),
    }
    desk.post("x", [{"type": "actions", "elements": [button("Withdraw", "any", value="w", confirm=confirm)]}])
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog", name="Withdraw?").get_by_role("button", name="Keep").click()
    expect(page.get_by_role("button", name="Withdraw")).to_be_focused()
    assert desk.heard == []
    page.get_by_role("button", name="Withdraw").click()
    with page.expect_response("**/page/api/act"):
        page.get_by_role("button", name="Yes").click()
    assert [action["value"] for action in desk.heard] == ["w"]


def test_menus_dates_and_boxes_of_a_message_send_what_was_chosen(page: Page, desk: Desk) -> None:
    elements = [
        {
            "type": "static_select",
            "action_id": "any",
            "placeholder": plain("Group"),
            "options": options("Health", "Water"),
        },
        {"type": "datepicker", "action_id": "any", "placeholder": plain("Until")},
        {"type": "checkboxes", "action_id": "any", "options": options("done")},
    ]
    menu = {"type": "overflow", "action_id": "any", "options": options("Edit", "Replace")}
    blocks = [{"type": "actions", "block_id": f"b{at}", "elements": [one]} for at, one in enumerate(elements)]
    desk.post("x", [*blocks, section("A decision", block_id="b9", accessory=menu)])
    acted = "**/page/api/act"
    page.get_by_role("combobox", name="Group").click()
    with page.expect_response(acted):
        page.get_by_role("option", name="Water").click()
    page.get_by_label("Until").fill("2027-06-30")
    with page.expect_response(acted):
        page.get_by_label("Until").press("Enter")
    with page.expect_response(acted):
        page.get_by_role("checkbox", name="done").check()
    page.get_by_role("button", name="Plus d’actions").click()
    with page.expect_response(acted):
        page.get_by_role("menuitem", name="Replace").click()
    group, until, boxes, chosen = desk.heard
    assert group["selected_option"]["value"] == "Water"
    assert until["selected_date"] == "2027-06-30"
    assert [option["value"] for option in boxes["selected_options"]] == ["done"]
    assert chosen["selected_option"]["value"] == "Replace"


def test_a_refused_click_is_told_beside_the_button(page: Page, desk: Desk) -> None:
    desk.post("x", [{"type": "actions", "elements": [button("Broken", "nobody_listens")]}])
    page.get_by_role("button", name="Broken").click()
    expect(page.get_by_role("article").get_by_role("alert")).to_contain_text("Broken")
