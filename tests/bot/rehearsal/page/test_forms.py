"""Forms: real dialogs, errors at their field, what was typed survives, the focus goes home; by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.bot.rehearsal.page.conftest import Desk

pytestmark = pytest.mark.browser

REQUIRED = "Ce champ est à remplir."


@pytest.fixture
def form(page: Page) -> Locator:
    """The form of `/ptf update`, open."""
    page.locator("#composer-text").fill("/ptf update")
    page.locator("#composer-text").press("Enter")
    dialog = page.get_by_role("dialog", name="New update")
    expect(dialog).to_be_visible()
    return dialog


def choose(form: Locator, label: str, option: str) -> None:
    """Take an option of a menu with the mouse."""
    form.get_by_role("combobox", name=label).click()
    form.get_by_role("option", name=option).click()


def test_a_required_field_left_empty_is_told_at_the_field_and_gets_the_focus(form: Locator, desk: Desk) -> None:
    choose(form, "Subject", "Health")
    form.get_by_role("button", name="Save").click()
    progress = form.get_by_label("Progress")
    expect(progress).to_be_focused()
    expect(progress).to_have_attribute("aria-invalid", "true")
    expect(progress).to_have_accessible_description(REQUIRED)
    assert desk.heard == []


def test_an_error_of_the_bot_stands_at_its_field_and_the_answers_stay(form: Locator, desk: Desk) -> None:
    choose(form, "Subject", "Health")
    form.get_by_label("Progress").fill("nothing")
    form.get_by_role("button", name="Save").click()
    progress = form.get_by_label("Progress")
    expect(progress).to_have_accessible_description("Say what moved.")
    expect(progress).to_be_focused()
    expect(progress).to_have_value("nothing")
    expect(form.get_by_role("button", name="Save")).to_be_enabled()
    assert desk.heard == []


def test_a_good_form_closes_gives_everything_and_the_focus_returns(page: Page, form: Locator, desk: Desk) -> None:
    choose(form, "Subject", "Health")
    form.get_by_label("Progress").fill("1 200 000 enfants")
    form.get_by_label("at risk").check()
    form.get_by_label("Deadline").fill("2027-06-30")
    form.get_by_role("combobox", name="Partner").press_sequentially("ca")
    form.get_by_role("option", name="Cameroun").click()
    choose(form, "People", "Chief Donor")
    choose(form, "People", "Consultante")
    form.get_by_label("Evidence").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": b"a;b"})
    expect(form.get_by_text("list.csv")).to_be_visible()
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    expect(page.locator("#composer-text")).to_be_focused()
    (values,) = desk.heard
    assert values["subject"]["subject"]["selected_option"]["value"] == "Health"
    assert values["progress"]["progress"]["value"] == "1 200 000 enfants"
    assert values["status"]["status"]["selected_option"]["value"] == "at risk"
    (file,) = values["evidence"]["evidence"]["files"]
    assert (file["name"], desk.standin.workspace.files[file["id"]].content) == ("list.csv", b"a;b")
    assert values["deadline"]["deadline"]["selected_date"] == "2027-06-30"
    assert values["partner"]["partner"]["selected_option"]["value"] == "Cameroun"
    assert desk.chief.id in values["people"]["people"]["selected_users"]
    assert len(values["people"]["people"]["selected_users"]) == 2


def test_what_was_typed_survives_an_update_of_the_form(form: Locator) -> None:
    form.get_by_label("Progress").fill("typed before")
    form.get_by_label("on track").check()
    choose(form, "Subject", "Water")
    expect(form.get_by_text("Water was chosen.")).to_be_visible()
    expect(form.get_by_role("combobox", name="Subject")).to_have_value("Water")
    expect(form.get_by_label("Progress")).to_have_value("typed before")
    expect(form.get_by_label("on track")).to_be_checked()


def test_too_many_characters_are_counted_and_refused_not_cut(form: Locator) -> None:
    choose(form, "Subject", "Health")
    form.get_by_label("Progress").fill("x" * 43)
    expect(form.locator(".counter")).to_have_text("43 sur 40 caractères")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_label("Progress")).to_have_accessible_description("3 caractère(s) de trop (maximum 40).")
    expect(form.get_by_label("Progress")).to_have_value("x" * 43)


def test_optional_questions_say_so_and_hints_describe_their_field(form: Locator) -> None:
    expect(form.locator(".label", has_text="Deadline")).to_contain_text("(facultatif)")
    expect(form.get_by_label("Deadline")).to_have_accessible_description("A civil day")
    expect(form.locator(".label", has_text="Progress")).not_to_contain_text("facultatif")


def test_a_menu_can_be_narrowed_left_and_emptied(form: Locator) -> None:
    subject = form.get_by_role("combobox", name="Subject")
    subject.press_sequentially("edu")
    expect(form.get_by_role("option")).to_have_text(["Education"])
    subject.press("Escape")
    expect(form).to_be_visible()
    expect(subject).to_have_value("")
    choose(form, "Subject", "Education")
    form.get_by_role("button", name="Effacer le choix").click()
    expect(subject).to_have_value("")


def test_escape_closes_the_form_and_the_bot_is_told(page: Page, form: Locator, desk: Desk) -> None:
    with page.expect_response("**/page/api/close"):
        page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(page.locator("#composer-text")).to_be_focused()
    assert [list(one) for one in desk.heard] == [["closed"]]


def test_a_form_over_a_form_gives_way_to_the_one_below(page: Page, form: Locator) -> None:
    form.get_by_label("Progress").fill("still here")
    form.get_by_role("button", name="Read more").click()
    above = page.get_by_role("dialog", name="The rules")
    expect(above).to_contain_text("One minute a week.")
    expect(above.get_by_role("button", name="Save")).to_have_count(0)
    above.locator("footer").get_by_role("button", name="Fermer").click()
    expect(above).to_have_count(0)
    expect(form.get_by_label("Progress")).to_have_value("still here")
    expect(form.get_by_role("button", name="Read more")).to_be_focused()


def test_a_form_the_bot_is_late_for_stays_with_its_answers(form: Locator, desk: Desk) -> None:
    choose(form, "Subject", "Health")
    form.get_by_label("Progress").fill("not lost")
    desk.standin.delivery.deadline = 0.0
    form.get_by_role("button", name="Save").click()
    expect(form.locator("footer").get_by_role("alert")).to_contain_text("vous pouvez réessayer")
    expect(form.get_by_label("Progress")).to_have_value("not lost")
    desk.standin.delivery.deadline = 3.0
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)


def test_a_message_shortcut_opens_its_form(page: Page, desk: Desk) -> None:
    desk.post("worth keeping")
    page.get_by_role("article").hover()
    page.get_by_role("button", name="Actions sur le message de PTF Desk").click()
    page.get_by_role("menuitem", name="Save as PTF update").click()
    expect(page.get_by_role("dialog", name="New update")).to_be_visible()


def test_everything_can_be_done_with_the_keyboard_alone(page: Page, desk: Desk) -> None:
    press, typed = page.keyboard.press, page.keyboard.type
    press("Tab")
    expect(page.get_by_role("link", name="Aller à la saisie")).to_be_focused()
    press("Enter")
    typed("/upd")
    press("Enter")
    press("Enter")
    form = page.get_by_role("dialog", name="New update")
    expect(form.get_by_role("combobox", name="Subject")).to_be_focused()
    press("ArrowDown")
    expect(form.get_by_role("option", name="Health")).to_be_visible()
    press("ArrowDown")
    press("Enter")
    expect(form.get_by_text("Water was chosen.")).to_be_visible()
    expect(form.get_by_role("combobox", name="Subject")).to_be_focused()
    press("Tab")
    typed("done by hand")
    press("Tab")
    press("Space")
    expect(form.get_by_label("on track")).to_be_checked()
    form.get_by_role("button", name="Save").focus()
    press("Enter")
    expect(form).to_have_count(0)
    expect(page.locator("#composer-text")).to_be_focused()
    assert desk.heard[0]["subject"]["subject"]["selected_option"]["value"] == "Water"


def test_the_focus_never_leaves_an_open_form(page: Page, form: Locator) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('dialog') || document.activeElement === document.body")
