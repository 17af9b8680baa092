"""The groups, institutions and people that are known while a file is brought in, found by what a row calls them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

import storage.groups
import storage.partners
import storage.people
from handlers.registers.names import BRACKETS, forms, leading_code, squashed, telling
from storage.decisions import Decision
from storage.groups import Group
from storage.partners import Institution
from storage.people import Person

Suitable = Callable[[Group], bool]

_BRACKETED = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Found:
    """A group that a text names; ``exactly`` is whether the text is its code or its name."""

    group: Group
    exactly: bool


class Known:
    """What is known, and grows as rows create more; ``decisions`` are those of this very file, by the code it gives."""

    def __init__(self, session: Session) -> None:
        self.decisions: dict[str, Decision] = {}
        self._learn(session)

    def _learn(self, session: Session) -> None:
        self.groups: list[Group] = []
        self.institutions: list[Institution] = []
        self.people: list[Person] = []
        self._group_codes: dict[str, Group] = {}
        self._group_names: dict[tuple[str, tuple[str, ...]], Group] = {}
        self._institutions: dict[str, Institution] = {}
        for group in storage.groups.everyone(session):
            self.learn_group(group)
        for institution in storage.partners.everyone(session):
            self.learn_institution(institution)
        self.people.extend(storage.people.everyone(session))

    @property
    def size(self) -> int:
        """How much is known."""
        return len(self.groups) + len(self.institutions) + len(self.people)

    def again(self, session: Session, size: int) -> None:
        """What was learnt since that size was taken back: know what there is."""
        if self.size != size:
            self._learn(session)

    def learn_group(self, group: Group) -> None:
        """From now on that group is known, or under new names."""
        if group not in self.groups:
            self.groups.append(group)
        self._group_codes.setdefault(squashed(group.code), group)
        for language, name in (("fr", group.name_fr), ("en", group.name_en)):
            if name:
                self._group_names.setdefault((language, telling(name)), group)

    def learn_institution(self, institution: Institution) -> None:
        """From now on that institution is known, by its code, its names, and what stands in their brackets."""
        if institution not in self.institutions:
            self.institutions.append(institution)
        for text in (institution.code, institution.name_fr, institution.name_en):
            for each in (text, BRACKETS.sub("", text), *_BRACKETED.findall(text)):
                if squashed(each):
                    self._institutions.setdefault(_institution_key(each), institution)

    def group_called(self, code: str, names: Iterable[tuple[str, str]]) -> Group | None:
        """The group of that code, else of one of those (language, name) pairs."""
        by_code = self._group_codes.get(squashed(code)) if code else None
        if by_code is not None:
            return by_code
        found = (self._group_names.get((language, telling(name))) for language, name in names if name)
        return next((group for group in found if group is not None), None)

    def group(self, text: str, language: str, suitable: Suitable) -> Found | None:
        """The group a text names; None when it names none, or could name several.

        A single word counts in that language before it does in the other: « Education » is not the group that is called
        so in English when a French one begins with it.
        """
        by_code = self._group_codes.get(squashed(leading_code(text)))
        if by_code is not None:
            return Found(by_code, exactly=True)
        other = "fr" if language == "en" else "en"
        for form in forms(text):
            found = self._coded(form) or self._group_names.get((language, telling(form)))
            if found is None and len(telling(form)) > 1:
                found = self._group_names.get((other, telling(form)))
            if found is not None:
                return Found(found, exactly=form == text)
        for each in (language, other):
            for form in forms(text):
                found = self._group_names.get((each, telling(form))) or self._like(form, each, suitable)
                if found is not None:
                    return Found(found, exactly=False)
        return None

    def institution(self, text: str) -> Institution | None:
        """The institution of that code or name."""
        return self._institutions.get(_institution_key(text)) or self._institutions.get(
            _institution_key(BRACKETS.sub("", text))
        )

    def people_called(self, text: str) -> Sequence[Person]:
        """The person of that Slack id, or all of that name."""
        wanted = squashed(text)
        by_id = [person for person in self.people if person.slack_id and person.slack_id == text]
        return by_id or [person for person in self.people if wanted and squashed(person.name) == wanted]

    @property
    def group_codes(self) -> set[str]:
        """The codes that groups and bodies have."""
        return {group.code for group in self.groups}

    @property
    def institution_codes(self) -> set[str]:
        """The codes that institutions have."""
        return {institution.code for institution in self.institutions}

    def _coded(self, text: str) -> Group | None:
        """By code, with or without what sort of group it is: "P&H TWG"."""
        return self._group_codes.get(squashed(text)) or self._group_codes.get("".join(telling(text)))

    def _like(self, text: str, language: str, suitable: Suitable) -> Group | None:
        """The one suitable group whose name in that language begins with the word, or holds all the words."""
        words = telling(text)
        near = [group for group in self.groups if suitable(group) and _holds(_name(group, language), words)]
        return near[0] if len(near) == 1 else None


def _name(group: Group, language: str) -> str:
    return group.name_en if language == "en" else group.name_fr


def _holds(name: str, words: tuple[str, ...]) -> bool:
    all_words = telling(name)
    return words == all_words[:1] if len(words) == 1 else bool(words) and set(words) <= set(all_words)


def _institution_key(text: str) -> str:
    return squashed(text).removeprefix("the")
