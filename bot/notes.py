"""The weekly notes of agents and teams, from what their weeks say to what they are told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prompts.model import Model
    from prompts.note.background import Sighting
    from prompts.note.practices import Practices
    from prompts.note.shape import Note
    from scoring.asking import Reader
    from scoring.coaching.findings import AgentReview, Review

DAYS, WEEK = timedelta(days=6), timedelta(weeks=1)


@dataclass(frozen=True)
class Weeks:
    """The review of a week and that of the week before; None where nobody had a contact."""

    week: date
    review: "Review | None"
    before: "Review | None"

    def of(self, agent: int) -> "AgentReview | None":
        """An agent's week; None where the agent had no contact in it."""
        return None if self.review is None else self.review.agents.get(agent)

    def before_of(self, agent: int) -> "AgentReview | None":
        """An agent's week before."""
        return None if self.before is None else self.before.agents.get(agent)


def weeks_until(view: "Reader", week: date) -> Weeks:
    """What is made known of a week and the one before or, where nothing is, what they say.

    What a reader was told of a week stays so, hence what was published goes first.

    Raises:
        ReviewError: the week is not over, or neither has any contact.
    """
    from scoring.coaching.publishing import published
    from scoring.coaching.reviews import reviews

    now, before = (published(view.connection, one) for one in (week, week - WEEK))
    if now is None:
        first = week if before else week - WEEK
        found = {one.review.week: one.review for one in reviews(view, first, week)}
        now, before = found.get(week), before or found.get(week - WEEK)
    return Weeks(week, now, before)


def note_of_agent(view: "Reader", weeks: Weeks, agent: int, practices: "Practices") -> "Note":
    """An agent's note; of a week without contacts, that there is none."""
    from prompts.note.agent import absent_note, agent_note
    from prompts.note.background import Background
    from scoring.following import look
    from scoring.scorecard import names

    key = names(view, [(agent,)], ("agent",)).agents[agent][0]
    review = weeks.of(agent)
    if review is None:
        return absent_note(key, weeks.week)
    seen = sightings(view, [review])
    commitment = look(view.connection, weeks.week, {agent: review}, agent).get(agent)
    known = Background(practices, weeks.before_of(agent), commitment, seen)
    return agent_note(key, review, known)


def note_of_team(
    view: "Reader", weeks: Weeks, team: int, only: Collection[int] | None = None
) -> "Note":
    """The note to the manager of a team: its agents of that week, and what befell everybody.

    ``only`` are the ids of whom the manager may see, where that is not everybody.
    """
    from prompts.note.team import TeamWeek, team_note
    from scoring.following import look
    from scoring.people import team_people
    from scoring.scorecard import names

    there = team_people(view.connection, team, weeks.week, weeks.week + DAYS)
    people = {one: name for one, name in there.items() if only is None or one in only}
    found = {agent: review for agent in people if (review := weeks.of(agent)) is not None}
    shared = weeks.review.shared if weeks.review else ()
    seen = sightings(view, found.values())
    name = names(view, (), ()).teams[team]
    before = weeks.before.agents if weeks.before else {}
    commitments = look(view.connection, weeks.week, found)
    week = TeamWeek(name, weeks.week, people, found, before, shared, seen, commitments)
    return team_note(week)


def commented_note(note: "Note", practices: "Practices", model: "Model") -> "Note":
    """An agent's note with a model's comments; a manager's, and one that fails, as it is."""
    from prompts.coach import commented

    return commented(note, practices, model) if note.reader == "agent" else note


def sightings(view: "Reader", reviews: Collection["AgentReview"]) -> Mapping[int, "Sighting"]:
    """The contacts that reviews name, as their agents know them."""
    from prompts.note.background import Sighting
    from scoring.coaching.cited import cited

    calendar = view.calendar
    return {
        one.id: Sighting(
            one.interaction,
            calendar.day_of(one.at),
            one.channel,
            one.issue_type,
            tuple(reason.kind for reason in one.reasons),
        )
        for one in cited(view, sorted(_named(reviews)))
    }


def _named(reviews: Collection["AgentReview"]) -> set[int]:
    """The keys of all contacts that reviews name."""
    named = {key for each in reviews for key in each.check}
    for one in (one for each in reviews for one in (each.focus, each.strength) if one):
        named.update(one.contacts if one.contrast is None else (*one.contacts, one.contrast))
    return named
