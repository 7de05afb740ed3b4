"""The steps of a plan: whom Slack knows, the week's review, what is written down as due."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.digest import CATCH_UP, Known, due, needs_review
from bot.posting import BROKEN, is_sure, said_by
from scoring.digests import DUE, FAILED, SKIPPED, Digest, Standing

if TYPE_CHECKING:
    from bot.delivery import Sender
    from bot.services import Services
    from scoring.coaching.reviews import Reviewed
    from scoring.slack_people import Person

log = logging.getLogger(__name__)

WEEK = timedelta(weeks=1)
# People move and travel; Slack is asked again so often where they are now.
STALE = timedelta(days=2)
# Slack takes a hundred such questions a minute and more.
ASKING_SECONDS = 0.6


@dataclass(frozen=True)
class Plan:
    """What is to be planned: the weeks that are due by themselves, or one that is asked for."""

    week: date | None = None


def weeks_due(services: "Services", now: datetime, wanted: Plan) -> list[date]:
    """The Mondays of the weeks about which messages may be due."""
    from scoring.coaching.reviews import last_complete_week

    if wanted.week is not None:
        return [wanted.week]
    last = last_complete_week(now, services.workspace.calendar)
    return [last - WEEK, last]


def meet(sender: "Sender") -> int:
    """Asks Slack about whoever it was not asked about lately; how many these were."""
    from scoring.database import noting, reading
    from scoring.slack_people import keep_told, people_in_slack

    engine, now = sender.services.engine, sender.clock()
    with reading(engine) as connection:
        known = people_in_slack(connection).values()
    stale = [one for one in known if one.asked_at is None or abs(now - one.asked_at) > STALE]
    for number, one in enumerate(stale):
        if number:
            sender.pause(ASKING_SECONDS)
        told = _told(sender, one)
        if told is None:
            return number
        with noting(engine) as connection:
            keep_told(connection, told)
    return len(stale)


def known_of(services: "Services", week: date) -> Known:
    """What is known of a week."""
    from scoring.database import reading
    from scoring.digests import crew, reviewed, standings
    from scoring.freshness import newest_day
    from scoring.preferences import preferences

    calendar = services.workspace.calendar
    with reading(services.engine) as connection:
        people = crew(connection, week)
        wanted = preferences(connection, people.people)
        told = reviewed(connection, week), standings(connection, week)
        newest = newest_day(connection)
        recorded = newest is not None and newest >= week
        return Known(week, calendar, people, wanted, *told, recorded)


def lacks_review(sender: "Sender", week: date, wanted: Plan) -> bool:
    """Whether somebody's message waits for the review of a week."""
    return needs_review(known_of(sender.decided, week), sender.now, anyway=wanted.week is not None)


def review(sender: "Sender", week: date) -> bool:
    """Reviews a week, publishes what was found and follows commitments, whole or not at all.

    False where nobody had a contact in it.
    """
    from scoring.coaching.publishing import publish, published
    from scoring.database import writing
    from scoring.errors import ReviewError
    from scoring.following import follow

    try:
        found = list(_reviews(sender, week))
    except ReviewError:
        return False
    with writing(sender.services.engine) as connection:
        for one in found:
            known = published(connection, one.review.week)
            if known is None and one.review.week == week:
                publish(connection, one.review, one.statements, sender.now)
            follow(connection, one.review.week, (known or one.review).agents, sender.now)
    return any(one.review.week == week for one in found)


def planned(sender: "Sender", week: date, wanted: Plan) -> list[Standing]:
    """Writes down what became due of a week; gives back all that is to be sent now."""
    from scoring.database import noting
    from scoring.digests import expect, settle

    known, now = known_of(sender.decided, week), sender.now
    found = due(known, now, anyway=wanted.week is not None)
    if week < weeks_due(sender.decided, now, wanted)[-1]:
        # Of the week before last only what can still be in time is news.
        found = [
            one for one in found if now - one.due_at <= CATCH_UP or one.digest in known.standings
        ]
    with noting(sender.services.engine) as connection:
        expect(connection, [one for one in found if one.state in {DUE, SKIPPED}])
        for one in found:
            if one.state == FAILED:
                settle(connection, one)
    return [one for one in found if one.state == DUE]


def leave_for_later(sender: "Sender", digest: Digest, why: str) -> None:
    """Leaves a message that could not be settled for a later plan."""
    from scoring.database import noting
    from scoring.digests import give_up

    with noting(sender.services.engine) as connection:
        give_up(connection, digest, why)


def _reviews(sender: "Sender", week: date) -> "Iterator[Reviewed]":
    """The reviews from the first week that a commitment is still to be judged by."""
    from scoring.asking import reader
    from scoring.coaching.reviews import reviews
    from scoring.database import reading
    from scoring.following import first_to_judge

    workspace = sender.decided.workspace
    with reading(sender.services.engine) as connection:
        view = reader(connection, workspace, workspace.moment(sender.now))
        first = first_to_judge(connection)
        yield from reviews(view, min(week, first or week), week)


def _told(sender: "Sender", person: "Person") -> "Person | None":
    """What Slack tells of somebody; None where it tells nothing now."""
    try:
        user = sender.client.users_info(user=person.user_id)["user"]
    except BROKEN as error:
        said = said_by(error)
        log.warning("not told", extra={"why": said})
        if is_sure(error) and said in {"user_not_found", "user_not_visible"}:
            return replace(person, zone=None, gone=True, asked_at=sender.clock())
        return None
    gone = bool(user.get("deleted"))
    return replace(person, zone=user.get("tz"), gone=gone, asked_at=sender.clock())
