"""The catalogue is whole: every sentence has its French, well written, and nothing stands there that no one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handlers import catalogue

ROOT = Path(__file__).parents[2]
FRENCH = "handlers/locale/fr/LC_MESSAGES"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
IMPORT = "from handlers.language import Message, message, plural\n"


def faults_of(root: Path) -> list[str]:
    """All faults of a project."""
    said, in_calls = catalogue.sentences(root, ("handlers", "bot"))
    written, in_files = catalogue.entries(root, FRENCH)
    return in_calls + in_files + catalogue.faults(said, written)


def test_every_sentence_is_in_the_catalogue_in_good_french_and_nothing_else_is() -> None:
    faults = faults_of(ROOT)
    assert not faults, "\n" + "\n".join(faults)


def test_the_sentences_of_the_project_are_seen() -> None:
    said, _ = catalogue.sentences(ROOT, ("handlers", "bot"))
    written, _ = catalogue.entries(ROOT, FRENCH)
    assert {"NO_DEADLINE", "QUARTER_WORDS", "DUE_WORDS"} <= {sentence.name for sentence in said}
    assert ("no deadline",) in {entry.forms for entry in written}


def project(root: Path, code: str, *catalogues: str) -> Path:
    """A small project: one module ``topic``, its catalogue ``topic.po`` and, if given, another, ``other.po``."""
    (root / FRENCH).mkdir(parents=True)
    (root / "bot").mkdir()
    (root / "handlers" / "topic.py").write_text(IMPORT + code, "utf-8")
    for name, entries in zip(("topic.po", "other.po"), catalogues, strict=False):
        (root / FRENCH / name).write_text(HEADER + entries, "utf-8")
    return root


def entry(english: str, french: str) -> str:
    """One entry of a .po file."""
    return f'msgid "{english}"\nmsgstr "{french}"\n\n'


def test_a_faultless_project_has_no_fault(tmp_path: Path) -> None:
    code = """
SAVED = message("It's saved: {count} at 16:00.")
RIGHT = (message("Really?"), [message("Write `/ptf update EDU 'text'`.")])
MANY = plural("One group", "{count} groups")
def reply():
    "How a listener says it."
    return say(message("In a function"))
"""
    entries = (
        entry("It's saved: {count} at 16:00.", "C’est gardé\u00a0: {count} à 16:00.")
        + entry("Really?", "Vraiment\u00a0?!")
        + entry("Write `/ptf update EDU 'text'`.", "Écrivez «\u00a0`/ptf update EDU 'texte'`\u00a0» :warning:.")
        + 'msgid "One group"\nmsgid_plural "{count} groups"\n'
        + 'msgstr[0] "{count} groupe"\nmsgstr[1] "{count} groupes"\n\n'
        + entry("In a function", "Dans une *fonction\u00a0:*")
    )
    assert faults_of(project(tmp_path, code, entries)) == []


@pytest.mark.parametrize(
    ("french", "fault"),
    [
        ("", "not translated"),
        ("   ", "not translated"),
        ("Bonjour {nom}", "other values (name / nom)"),
        ("Bonjour", "other values (name / )"),
        ("Bonjour {name", "braces"),
        ("Bonjour {name} {}", "braces"),
        ("L'ami {name}", "straight quote"),
        ('L’ami \\"{name}\\"', "straight quote"),
        ("Bonjour {name} !", "no no-break space before"),
        ("Bonjour {name}!", "no no-break space before"),
        ("Bonjour {name}?", "no no-break space before"),
        ("Bonjour : {name}", "no no-break space before"),
        ("Bonjour: {name}", "no no-break space before"),
        ("*Bonjour :* {name}", "no no-break space before"),
        ("Bonjour ; {name}", "no no-break space before"),
        ("«\u00a0{name} »", "no no-break space before"),
        ("« {name}\u00a0»", "no no-break space after"),
        ("«{name}\u00a0»", "no no-break space after"),
    ],
)
def test_bad_french_is_told_with_its_file_line_and_sentence(tmp_path: Path, french: str, fault: str) -> None:
    (told,) = faults_of(project(tmp_path, 'HELLO = message("Hello {name}")', entry("Hello {name}", french)))
    assert told.startswith(f"{FRENCH}/topic.po:4: {fault}")
    assert told.endswith(": Hello {name}")


def test_a_sentence_without_french_is_told_at_its_line(tmp_path: Path) -> None:
    root = project(tmp_path, 'A = message("Hello")\nB = message("Bye")\n', entry("Hello", "Bonjour"))
    assert faults_of(root) == ["handlers/topic.py:3: not in the French catalogue: Bye"]


def test_a_fuzzy_entry_is_a_fault(tmp_path: Path) -> None:
    root = project(tmp_path, 'A = message("Hello")\n', "#, fuzzy\n" + entry("Hello", "Bonjour"))
    assert [told.split(": ")[1] for told in faults_of(root)] == ["fuzzy"]


def test_entries_no_code_says_are_faults(tmp_path: Path) -> None:
    entries = entry("Hello", "Bonjour") + entry("Bye", "Adieu") + '#~ msgid "Old"\n#~ msgstr "Vieux"\n'
    crossed_out, unused = faults_of(project(tmp_path, 'A = message("Hello")\n', entries))
    assert crossed_out == f"{FRENCH}/topic.po: crossed out, to be taken away: Old"
    assert unused == f"{FRENCH}/topic.po:7: no code says this: Bye"


def test_an_entry_stands_in_the_catalogue_of_its_module_and_nowhere_otherwise(tmp_path: Path) -> None:
    root = project(tmp_path, 'A = message("Hello")\n', entry("Hello", "Bonjour"), entry("Hello", "Salut"))
    assert [told.rsplit(": ", 1)[0] for told in faults_of(root)] == [
        f"{FRENCH}/other.po:4: in the catalogue of a module that does not say it",
        f"{FRENCH}/topic.po:4: translated otherwise in {FRENCH}/other.po:4",
    ]


def test_a_plural_needs_both_its_forms_and_their_values(tmp_path: Path) -> None:
    code = 'A = plural("{count} day", "{count} days")\n'
    forms = 'msgid "{count} day"\nmsgid_plural "{count} days"\nmsgstr[0] "{count} jour"\nmsgstr[1] "%s"\n'
    assert faults_of(project(tmp_path / "a", code, forms % "{count} jours")) == []
    assert "not translated" in faults_of(project(tmp_path / "b", code, forms % ""))[0]
    assert "other values" in faults_of(project(tmp_path / "c", code, forms % "des jours"))[0]
    assert "not in the French" in faults_of(project(tmp_path / "d", code, entry("{count} day", "{count} jour")))[0]


@pytest.mark.parametrize(("name", "limit"), [("SAVE_BUTTON", 75), ("UPDATE_FORM_TITLE", 24), ("TEXT_PLACEHOLDER", 150)])
def test_a_label_over_slacks_limit_is_a_fault_in_either_language(tmp_path: Path, name: str, limit: int) -> None:
    def told(folder: str, english: str, french: str) -> list[str]:
        return faults_of(project(tmp_path / folder, f'{name} = message("{english}")\n', entry(english, french)))

    fits, over = "x" * limit, "x" * (limit + 1)
    assert told("fits", fits, fits) == []
    assert told("english", over, fits) == [
        f"handlers/topic.py:2: {limit + 1} characters, Slack allows {limit} ({name}): {over}"
    ]
    assert told("french", fits, over) == [
        f"handlers/topic.py:2: {limit + 1} characters, Slack allows {limit} ({name}): {over}"
    ]


@pytest.mark.parametrize(
    "code", ['A = message("a" + NAME)', 'A = message(f"a {NAME}")', 'A = plural("a")', "A = message(B)"]
)
def test_a_sentence_made_up_at_run_time_is_a_fault(tmp_path: Path, code: str) -> None:
    (told,) = faults_of(project(tmp_path, code))
    assert told.startswith("handlers/topic.py:2: ")
    assert "needs its text written out" in told


def test_a_sentence_that_escapes_the_catalogue_is_a_fault(tmp_path: Path) -> None:
    (told,) = faults_of(project(tmp_path, 'A = Message("Hello")'))
    assert told == "handlers/topic.py:2: made with Message(…), which the catalogue does not see"


def test_a_function_that_is_only_called_message_is_none_of_ours(tmp_path: Path) -> None:
    root = project(tmp_path, "")
    (root / "bot" / "app.py").write_text('@app.message("hello")\ndef listen(): return message("x")\n', "utf-8")
    assert faults_of(root) == []
