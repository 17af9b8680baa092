"""Reports to render: one as a digest is, and any report at all for hypothesis."""

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from handlers.language import Speaker
from handlers.reports.report import Cell, Column, Entry, Mark, Paragraph, Report, Section, Table, Tone

FRENCH = Speaker("fr", ZoneInfo("Africa/Bamako"))
ENGLISH = Speaker("en", ZoneInfo("America/Toronto"))

NASTY = (
    "<!channel> <@U123> <https://evil.example|banque> & co",
    "@here @everyone #general *gras* _x_ ~y~ `z`",
    '=HYPERLINK("https://evil.example";"cliquez")',
    "مجموعة العمل تجتمع يوم الجمعة",
    "👩🏽‍🌾 🇲🇱 e\u0301té 👨‍👩‍👧‍👦",
    "a\x00b\x07c\x1bd",
    "x" * 3200,
    "Voir https://maliapd.org/page?a=1&b=2, puis la suite.",
)

characters = st.characters(exclude_categories=["Cs"])
long_words = st.sampled_from(["&<>" * 400, "mot " * 900, "court", "deux mots", "un mot de plus"])
words = st.one_of(st.text(characters, max_size=12), st.sampled_from(NASTY), long_words)
texts = st.lists(words, max_size=6).map(" ".join)
tones = st.sampled_from(Tone)
marks = st.builds(Mark, words, tones)
dates = st.dates(date(1900, 1, 1), date(2199, 12, 31))
cells: st.SearchStrategy[Cell] = st.one_of(st.none(), words, st.integers(-9999, 9999), dates, marks)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any table, now and then wider or longer than Slack takes."""
    width = draw(st.sampled_from([1, 2, 3, 5, 23]))
    columns = [Column(draw(words), draw(st.booleans())) for _ in range(width)]
    row = draw(st.lists(cells, min_size=width, max_size=width))
    rest: list[list[Cell]] = [[f"r{number}", *[number] * (width - 1)] for number in range(130)]
    rows = [row, *rest[: draw(st.sampled_from([0, 1, 130]))]]
    return Table(columns, rows, draw(words))


paragraphs = st.builds(Paragraph, texts, words, st.booleans())
facts = st.lists(words, max_size=3)
entries = st.builds(Entry, words, st.none() | marks, facts, st.lists(paragraphs, max_size=3), st.just("decision:1"))
contents = (st.lists(paragraphs, max_size=2), st.none() | tables(), st.lists(entries, max_size=3))
sections = st.builds(Section, words, *contents)
parts = (st.lists(sections, max_size=2), st.lists(sections, max_size=3), st.lists(words, max_size=3))
named = words.map(lambda word: word if word.strip() else "Titre")
reports = st.builds(Report, named, st.sampled_from(["fr", "en"]), texts, *parts)


def said(report: Report) -> list[str]:
    """Every text of a report: titles, labels, paragraphs, facts, marks, cells that are texts."""
    sections = [*report.glance, *report.details]
    found = [report.title, report.lead, *report.footer]
    for section in sections:
        found += [section.title, *_of_paragraphs(section.paragraphs)]
        if section.table:
            found += [section.table.caption, *(column.title for column in section.table.columns)]
            found += [_of_cell(cell) for row in section.table.rows for cell in row]
        for entry in section.entries:
            found += [entry.title, *entry.facts, *_of_paragraphs(entry.paragraphs), _of_cell(entry.mark)]
    return found


def _of_paragraphs(paragraphs: object) -> list[str]:
    assert isinstance(paragraphs, list | tuple)
    return [text for paragraph in paragraphs for text in (paragraph.label, paragraph.text)]


def _of_cell(cell: object) -> str:
    return cell.text if isinstance(cell, Mark) else cell if isinstance(cell, str) else ""


def signs(text: str) -> str:
    """A text without any white space: what must be found again, however lines and pieces were cut."""
    return "".join(text.split())


GROUPS = ("Éducation", "Santé", "Économie et finances", "Infrastructures")


def digest(language: str) -> Report:
    """A week as the group tells it, in French or English."""
    french = language == "fr"
    words = ("en bonne voie", "à risque", "bloqué", "rien à signaler")
    marks = [
        Mark(mine if french else theirs, tone)
        for mine, theirs, tone in zip(
            words, ("on track", "at risk", "off track", "nothing to report"), Tone, strict=False
        )
    ]
    titles = ("Groupe", "État") if french else ("Group", "Status")
    columns = [Column(titles[0]), Column(titles[1]), Column("Points", True)]
    rows: list[list[Cell]] = [[group, mark, 3] for group, mark in zip(GROUPS, marks, strict=True)]
    received = "reçu le 4 mars" if french else "received 4 March"
    progress = Paragraph("La revue conjointe est préparée.\nDeux notes circulent.", "Avancées", True)
    difficulties = "Difficultés" if french else "Difficulties"
    reason = Paragraph("Le budget n’est pas encore arbitré. " * 12, difficulties, True)
    entries = [
        Entry(group, mark, ["Enabel", received], [progress, reason]) for group, mark in zip(GROUPS, marks, strict=True)
    ]
    return Report(
        title="Semaine 9 de 2027 : 4 groupes sur 12" if french else "Week 9 of 2027: 4 of 12 groups",
        language=language,
        lead="Huit groupes sont attendus." if french else "Eight groups are awaited.",
        glance=[
            Section("Où en sont les groupes" if french else "Where the groups stand", table=Table(columns, rows)),
            Section("Attendus" if french else "Awaited", [Paragraph("Genre, Justice, Environnement")]),
        ],
        details=[Section("Paroles des groupes" if french else "The groups’ words", entries=entries)],
        footer=["Tous les PTF" if french else "All PTF"],
    )
