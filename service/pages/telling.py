"""How facts are told in words: dates, periods, cooperation, who may come and how one applies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from service.catalogue.cooperation import Phase
from service.catalogue.persons import members
from service.catalogue.taxonomy import term_name
from service.catalogue.trust import published_words, trust_of
from service.i18n import Words
from service.models.cooperation import ROLES, ConfirmationState, Side
from service.models.fields import Choices
from service.models.service import Gender, Qualifier
from service.showing import days, labels, naming, vacancies

FEW = 5
"""So many kinds of work tell what an organisation does."""

BETWEEN = "\u00a0· "
"""Between what stands in one line; no line begins with the dot."""

MOST_UNITS = 50

UNSAID = {ConfirmationState.UNASKED, ConfirmationState.ASKED}


class Telling:
    """Says things in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def name(self, record: Any) -> str:
        """What a record is called."""
        return naming.title(record, self.words)

    def plain(self, text: dict[str, str] | None) -> str:
        return naming.said(text, self.words)

    def choice(self, choice: Choices) -> str:
        return labels.choice_name(self.words, choice)

    def value(self, meaning: Any) -> str:
        """A record or a value of an enumeration."""
        return self.choice(meaning) if isinstance(meaning, Choices) else self.name(meaning)

    def choices(self, values: Any) -> str:
        return ", ".join(map(self.choice, values))

    def day(self, on: date) -> str:
        return days.day(on, self.words)

    def dated(self, on: Any) -> str:
        """A date as exact as it is known."""
        return days.dated(on, self.words)

    def since(self, on: Any) -> str:
        """“since 2010”."""
        return self._dated("since", on)

    def number(self, value: Any) -> str:
        """A number as the language writes it, without zeros that say nothing."""
        whole, _, part = f"{Decimal(value).normalize():f}".partition(".")
        mark = "," if self.words.language == "lv" else "."
        return self.words.number(int(whole)) + (f"{mark}{part}" if part else "")

    def amount(self, money: Any) -> str:
        """“1 200,50 EUR”."""
        whole, part = f"{money.amount:.2f}".split(".")
        mark = "," if self.words.language == "lv" else "."
        cents = "" if part == "00" else f"{mark}{part}"
        return f"{self.words.number(int(whole))}{cents}\u00a0{money.currency}"

    def qualified(self, qualifier: Qualifier, value: Any) -> str:
        """“more than 30”."""
        number = self.number(value)
        return number if qualifier is Qualifier.EXACT else f"{self.choice(qualifier)} {number}"

    def span(self, start: Any, end: Any) -> str:
        """“since 2010”, “until 2013”, “2010 – 2013”; nothing where neither is known."""
        if start and end:
            return self.dated(start) if start == end else f"{self.dated(start)} – {self.dated(end)}"
        if start:
            return self.since(start)
        return self._dated("until", end) if end else ""

    def _dated(self, key: str, on: Any) -> str:
        return self.words(f"page.{key}.{on.precision.value}", on=self.dated(on))

    def standing(self, link: Any) -> str:
        """Where cooperation stands in time: “since 2010”, “latest news of 2013”."""
        phase, period = link.phase_today(), self.period(link)
        return period if phase is Phase.LAST_KNOWN else ", ".join(filter(None, (self.choice(phase), period)))

    def period(self, link: Any) -> str:
        """The same beside what already says whether it goes on: “since 2010”, “2010 – 2013”, “latest news of 2013”."""
        if link.phase_today() is Phase.LAST_KNOWN:
            year = link.last_known_year()
            return self.words("page.last_known", year=year) if year else self.words("page.undated")
        heard = link.last_heard()
        span = self.span(link.valid_from, link.valid_to)
        return span or (self.words("page.heard", on=self.day(heard)) if heard else "")

    def roles(self, link: Any, partner: Any) -> str:
        """In which role the partner is; nothing where the two sides do not differ."""
        role_a, role_b = ROLES[link.kind]
        if role_a is role_b:
            return ""
        return self.words(f"page.role.{(role_a if link.side_a is partner else role_b).value}")

    def trust(self, link: Any) -> str:
        return self.words(f"page.trust.{trust_of(link).value}")

    def word_of(self, link: Any, side: Side) -> str:
        """What one side says of a link, with the day."""
        word = next((each for each in link.confirmations if each.side is side), None)
        state = ConfirmationState.UNASKED if word is None else word.state
        if state in UNSAID and side in published_words(link):
            return self.words("page.word.published")
        told = self.words(f"page.word.{state.value}")
        return told if word is None or state in UNSAID else f"{told}, {self.day(word.on)}"

    def checked(self, record: Any) -> str:
        """When somebody last said that a record is true."""
        heard = record.last_heard()
        return self.words("page.checked", on=self.day(heard)) if heard else self.words("page.never_checked")

    def vacancies(self, service: Any) -> str:
        return vacancies.told(service, self.words, self.day)

    def ages(self, service: Any) -> str:
        """“from 7 to 17 years”."""
        low, high = service.minimum_age, service.maximum_age
        if low and high is not None:
            return self.words("page.ages", low=low, high=high)
        if high is not None:
            return self.words("page.age_to", high=high)
        return self.words("page.age_from", low=low) if low else ""

    def who(self, service: Any, most: int = FEW) -> str:
        """Who may come, in one line."""
        return BETWEEN.join(self._who(service, most))

    def _who(self, service: Any, most: int) -> Iterator[str]:
        yield from (self.name(group) for group in service.target_groups[:most])
        if (others := len(service.target_groups) - most) > 0:
            yield self.words("page.and_more", n=others)
        if service.gender not in (None, Gender.ANYONE):
            yield self.choice(service.gender)
        if ages := self.ages(service):
            yield ages

    def hours(self, schedule: Any) -> str:
        """“Monday, Wednesday 9:00–17:00”."""
        week = (schedule.byday or "").split(",")
        named = ", ".join(filter(None, (self.words.first(f"choice.day.{day}") for day in week)))
        times = "–".join(filter(None, (schedule.opens_at, schedule.closes_at)))
        return " ".join(filter(None, (named, times)))

    def part(self, participation: Any) -> str:
        """The part somebody has in a project or an event: role, share, amount."""
        share = getattr(participation, "share_percent", None)
        amount = getattr(participation, "amount", None)
        shown = (self.choice(participation.role), share and f"{self.number(share)} %", amount and self.amount(amount))
        return ", ".join(filter(None, shown))

    def happened(self, event: Any) -> str:
        """When an event was or will be."""
        if event.starts_on and not event.ends_on:
            return self.dated(event.starts_on)
        return self.span(event.starts_on, event.ends_on)

    def kind_of(self, organisation: Any) -> str:
        """What kind of organisation it is, and where: “association · Riga”."""
        kind = self.choice(organisation.legal_form) if organisation.legal_form else ""
        if not kind and organisation.sector:
            kind = self.words(f"page.sector.{organisation.sector.value}")
        seat = self.name(organisation.seat.region) if organisation.seat else ""
        return BETWEEN.join(filter(None, (kind[:1].upper() + kind[1:], seat)))

    def brief(self, record: Any) -> str:
        """An organisation or a service in a line, where nobody has described it."""
        if hasattr(record, "provider"):
            return ". ".join(filter(None, (self.name(record.provider), self.where(record), self.who(record))))
        return self.kind_of(record)

    def about(self, organisation: Any) -> str:
        """On what it works: its fields, or the kinds of services that it and its units give."""
        bodies = islice(members(organisation), MOST_UNITS)
        terms = organisation.fields or sorted({term for body in bodies for term in body.categories()}, key=term_name)
        return ", ".join(self.name(term) for term in terms[:FEW])

    def where(self, service: Any) -> str:
        """Where a service is given; of a confidential place the municipality alone is known."""
        places = [self.place(location) for location in service.locations]
        named = places or [self.name(region) for region in service.regions]
        return "; ".join(dict.fromkeys(named))

    def place(self, location: Any) -> str:
        """A place as far as it is public, without its street."""
        region = self.name(location.region)
        if location.confidential:
            return f"{region} ({self.words('confidential')})"
        town = self.plain(location.town)
        return region if not town or town in region else f"{town}, {region}"
