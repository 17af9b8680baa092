"""One is somebody: reads, writes, types commands, answers in threads, moves the clock, in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.bot.rehearsal.page.conftest import Desk, Visit

pytestmark = pytest.mark.browser


def composer(page: Page) -> str:
    """What stands in the message box."""
    return page.locator("#composer-text").input_value()


def test_one_chooses_who_one_is_and_sees_the_page_in_that_persons_language(visit: Visit) -> None:
    page = visit()
    expect(page.get_by_role("heading", name="Qui êtes-vous ?")).to_be_visible()
    page.get_by_role("button", name="Chief Donor").click()
    expect(page.get_by_role("textbox", name="Message #health")).to_be_visible()
    page.get_by_role("button", name="You are Chief Donor").click()
    page.get_by_role("dialog", name="Who are you?").get_by_role("button", name="Responsable Santé").click()
    expect(page.get_by_role("textbox", name="Message à #health")).to_be_visible()


def test_guests_and_outsiders_are_marked_and_the_bot_is_nobody_to_be(visit: Visit) -> None:
    page = visit(lang="en")
    expect(page.get_by_role("button", name="Consultante")).to_contain_text("guest")
    expect(page.get_by_role("button", name="Point focal")).to_contain_text("external")
    expect(page.get_by_role("button", name="PTF Desk")).to_have_count(0)


def test_the_switch_translates_the_page_and_the_choice_stays_with_the_next_person(page: Page) -> None:
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.get_by_role("navigation", name="Channels")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="FR", exact=True).click()
    page.get_by_role("button", name="Vous êtes Responsable Santé").click()
    page.get_by_role("button", name="Chief Donor").click()
    expect(page.get_by_role("button", name="Vous êtes Chief Donor")).to_be_visible()
    expect(page.get_by_role("navigation", name="Canaux")).to_be_visible()


def test_every_sentence_of_the_page_exists_in_both_languages_with_the_same_values(page: Page) -> None:
    spoken = page.evaluate("""async () => {
        const words = await import(new URL("words.js", document.querySelector("script").src));
        return words.names().map((name) => words.LANGUAGES.map((language) => {
            words.useLanguage(language, true);
            return words.say(name, new Proxy({}, { get: (_, value) => `{${String(value)}}` }));
        }));
    }""")
    assert len(spoken) > 50
    for french, english in spoken:
        assert french
        assert english
        assert sorted(re.findall(r"{\w+}", french)) == sorted(re.findall(r"{\w+}", english))
        assert "'" not in french
        assert not re.search(r" [:;!?»]|« ", french), "a no-break space is missing"


def test_what_one_writes_reaches_the_others_at_once_with_an_unread_mark_that_reading_clears(
    page: Page, visit: Visit, desk: Desk
) -> None:
    other = visit(desk.chief, at=desk.general.id)
    page.locator("#composer-text").fill("La campagne <b>avance</b>")
    page.locator("#composer-text").press("Enter")
    expect(page.get_by_role("article").last).to_contain_text("La campagne <b>avance</b>")
    assert composer(page) == ""
    channel = other.get_by_role("navigation").get_by_role("button", name="health")
    expect(channel).to_have_accessible_name(re.compile("1 unread"))
    expect(other).to_have_title(re.compile(r"^\(1\)"))
    expect(other.locator("#heard")).to_contain_text("New message in #health")
    channel.click()
    expect(other.get_by_role("article").last).to_contain_text("La campagne")
    expect(other.get_by_role("separator").filter(has_text="New messages")).to_be_visible()
    expect(channel).not_to_have_accessible_name(re.compile("unread"))


def test_a_message_that_arrives_is_announced_and_shown_without_a_reload(page: Page, desk: Desk) -> None:
    expect(page.get_by_text("Aucun message")).to_be_visible()
    desk.post("first word")
    expect(page.get_by_role("article")).to_contain_text("first word")
    desk.post("second word")
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.locator("#heard")).to_contain_text("PTF Desk : second word".replace(" :", "\u00a0:"))


def test_the_composer_completes_commands_with_their_descriptions(page: Page) -> None:
    box = page.locator("#composer-text")
    box.press_sequentially("/ptf upd")
    offered = page.get_by_role("listbox").get_by_role("option")
    expect(offered).to_have_count(2)
    expect(offered.first).to_contain_text("Dire ce qui a bougé")
    box.press("ArrowDown")
    expect(offered.nth(1)).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == offered.nth(1).get_attribute("id")
    box.press("Tab")
    assert composer(page) == "/ptf updates "
    expect(offered).to_have_count(0)


def test_one_word_is_enough_to_find_a_command_and_escape_leaves_the_list(page: Page) -> None:
    box = page.locator("#composer-text")
    box.press_sequentially("/DÉC")
    expect(page.get_by_role("option")).to_have_text(re.compile("/ptf decision"))
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    assert composer(page) == "/DÉC"


def test_a_command_fully_typed_is_sent_with_one_enter_and_answered_to_oneself(page: Page, desk: Desk) -> None:
    box = page.locator("#composer-text")
    box.press_sequentially("/ptf decision")
    box.press("Enter")
    answer = page.get_by_role("article").last
    expect(answer).to_contain_text("You said: decision")
    expect(answer).to_contain_text("Visible de vous seul")
    assert desk.standin.workspace.messages(desk.health.id) == []


def test_a_refused_command_says_why_beside_the_composer_and_the_text_stays(page: Page) -> None:
    box = page.locator("#composer-text")
    box.fill("/ptf broken")
    box.press("Enter")
    expect(page.locator(".composer").get_by_role("alert")).to_contain_text("/ptf")
    assert composer(page) == "/ptf broken"
    box.press_sequentially("!")
    expect(page.locator(".composer").get_by_role("alert")).to_be_hidden()


def test_a_late_bot_is_told_as_slack_tells_it(page: Page, desk: Desk) -> None:
    desk.standin.delivery.deadline = 0.0
    page.locator("#composer-text").fill("/ptf digest")
    page.locator("#composer-text").press("Enter")
    expect(page.locator(".composer").get_by_role("alert")).to_contain_text("operation_timeout")
    assert composer(page) == "/ptf digest"


def test_a_page_that_lost_its_server_says_so_keeps_the_text_and_recovers(page: Page, desk: Desk) -> None:
    page.route("**/page/api/*", lambda route: route.fulfill(body="garbled"))
    page.locator("#composer-text").fill("not lost")
    page.locator("#composer-text").press("Enter")
    trouble = page.get_by_role("status")
    expect(trouble).to_contain_text("n’arrive plus à joindre")
    assert composer(page) == "not lost"
    page.unroute("**/page/api/*")
    desk.post("back again")
    expect(page.get_by_role("article")).to_contain_text("back again")
    expect(trouble).to_be_hidden()


def test_somebody_unknown_is_nobody(visit: Visit, desk: Desk) -> None:
    page = visit(desk.lead)
    page.goto(f"{desk.standin.page_url}?as=U0NOBODY001&lang=en")
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()


def test_an_outsider_is_refused_commands_with_a_sentence(visit: Visit, desk: Desk) -> None:
    outsider = desk.standin.workspace.user("outsider")
    page = visit(outsider, lang="en")
    page.locator("#composer-text").fill("/ptf update")
    page.locator("#composer-text").press("Enter")
    expect(page.locator(".composer").get_by_role("alert")).to_contain_text("/ptf")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_draft_waits_in_its_channel(page: Page) -> None:
    page.locator("#composer-text").fill("half a sentence")
    page.get_by_role("navigation").get_by_role("button", name="general").click()
    expect(page.get_by_role("heading", name="#general")).to_be_visible()
    assert composer(page) == ""
    page.get_by_role("navigation").get_by_role("button", name="health").click()
    expect(page.get_by_role("heading", name="#health")).to_be_visible()
    assert composer(page) == "half a sentence"


def test_a_thread_opens_beside_takes_an_answer_and_gives_the_focus_back(page: Page, desk: Desk) -> None:
    ts = desk.post("The digest")
    desk.post("Health, in full", thread_ts=ts)
    page.get_by_role("button", name="1 réponse").click()
    thread = page.get_by_role("complementary", name="Fil de discussion")
    expect(thread.get_by_role("article")).to_have_count(2)
    expect(thread.get_by_role("textbox")).to_be_focused()
    thread.get_by_role("textbox").fill("Merci")
    thread.get_by_role("textbox").press("Enter")
    expect(thread.get_by_role("article").last).to_contain_text("Merci")
    thread.get_by_role("button", name="Fermer le fil").click()
    expect(thread).to_be_hidden()
    expect(page.get_by_role("button", name="2 réponses")).to_be_focused()
    expect(page.locator("#place").get_by_role("article")).to_have_count(1)


def test_the_clock_shows_the_day_and_its_buttons_move_it(page: Page) -> None:
    clock = page.get_by_role("region", name="Heure de la démonstration")
    expect(clock).to_contain_text("Mercredi 3 mars 2027")
    expect(clock).to_contain_text("Africa/Bamako")
    clock.get_by_role("button", name="+ 1 jour").click()
    expect(clock).to_contain_text("Jeudi 4 mars 2027")
    expect(page.locator("#heard")).to_contain_text("jeudi 4 mars 2027")
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.get_by_role("region", name="Time of the rehearsal")).to_contain_text("Thursday, 4 March 2027")


def test_messages_of_two_days_stand_under_their_days(page: Page, desk: Desk) -> None:
    desk.post("on Wednesday")
    desk.standin.advance("day")
    desk.post("on Thursday")
    expect(page.get_by_role("separator")).to_have_text(["Hier", "Aujourd’hui"])


def test_the_home_tab_asks_the_bot_once_and_its_buttons_act(page: Page, desk: Desk) -> None:
    page.get_by_role("navigation").get_by_role("button", name="Accueil de PTF Desk").click()
    expect(page.get_by_text("Welcome home")).to_be_visible()
    page.get_by_role("button", name="My updates").click()
    page.locator("#place .tabs").get_by_role("button", name="Messages").click()
    expect(page.get_by_role("textbox", name="Message à PTF Desk")).to_be_visible()
    events = [one.parcel.payload["event"]["type"] for one in desk.standin.delivery.log if one.parcel.kind == "event"]
    assert events.count("app_home_opened") == 1
    assert [action["value"] for action in desk.heard] == ["mine"]


def test_the_address_keeps_who_and_where(page: Page, desk: Desk) -> None:
    page.get_by_role("navigation").get_by_role("button", name="general").click()
    expect(page.get_by_role("heading", name="#general")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="#general")).to_be_visible()
    expect(page.get_by_role("button", name="Vous êtes Responsable Santé")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_wider_than_the_screen(visit: Visit, desk: Desk, width: int, lang: str) -> None:
    desk.post("A very long word: " + "anticonstitutionnellement" * 20)
    page = visit(desk.lead, at=desk.health.id, lang=lang, width=width)
    expect(page.get_by_role("article")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_telephone_the_channels_are_one_button_away(visit: Visit, desk: Desk) -> None:
    page = visit(desk.lead, at=desk.health.id, width=390, height=844)
    channels = page.get_by_role("navigation")
    expect(channels).to_be_hidden()
    page.get_by_role("button", name="Canaux").click()
    channels.get_by_role("button", name="general").click()
    expect(page.get_by_role("heading", name="#general")).to_be_visible()
    expect(channels).to_be_hidden()


def test_one_changes_and_takes_away_ones_own_message_only(page: Page, desk: Desk) -> None:
    page.locator("#composer-text").fill("Réunion à 9 h & après, https://ptf.example")
    page.keyboard.press("Enter")
    desk.standin.person("chief").say("Noted.", "#health")
    page.get_by_role("button", name="Actions sur le message de Chief Donor").click()
    expect(page.get_by_role("menuitem", name="Modifier le message")).to_have_count(0)
    page.keyboard.press("Escape")
    own = page.get_by_role("button", name="Actions sur le message de Responsable Santé").last
    own.click()
    page.get_by_role("menuitem", name="Modifier le message").click()
    area = page.get_by_role("textbox", name="Modifier le message")
    expect(area).to_have_value("Réunion à 9 h & après, https://ptf.example")
    area.fill("Réunion à 10 h")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Réunion à 10 h")).to_be_visible()
    expect(page.get_by_text("(modifié)")).to_be_visible()
    own.click()
    page.get_by_role("menuitem", name="Supprimer le message").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer le message").click()
    expect(page.get_by_text("Réunion à 10 h")).to_have_count(0)


def test_a_channel_becomes_private_from_its_menu(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="Changer ce canal").click()
    page.get_by_role("menuitem", name="Le rendre privé").click()
    expect(page.locator(".topic")).to_contain_text("canal privé")
    assert desk.health.kind == "private"
