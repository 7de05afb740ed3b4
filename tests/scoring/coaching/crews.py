"""Contacts for the tests of coaching: a few by hand, or a crew's by chance with a known truth."""

from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np

from scoring.coaching.constants import DEFAULT
from scoring.coaching.contacts import Contacts
from scoring.coaching.strata import stratify

FIRST = date(2026, 1, 5)  # a Monday
WEEK_MS = 7 * 86_400_000
LABELS = ("issue", "channel", "priority")
TAU = {metric: own.tau for metric, own in DEFAULT.metrics.items()}
MIDDLE = {"aht": 6.0, "fcr": 1.0, "escalation": -2.0, "csat": 4.0, "sentiment": 0.2}


def monday(week):
    return FIRST + timedelta(weeks=week)


def part(agent=1, week=0, **particular):
    """One agent's part in a contact, of which all but what is particular is not known."""
    unknown = dict.fromkeys(("handle_seconds", "resolved", "escalated", "csat", "sentiment"))
    labels = dict.fromkeys(LABELS, "unknown")
    return unknown | labels | {"agent": agent, "week": week, "transcript": False} | particular


def contacts(parts):
    """The columns of parts, with ids from 1 on."""
    names = {label: sorted({one[label] for one in parts}) for label in LABELS}
    column = {key: [one[key] for one in parts] for key in parts[0]}
    codes = {
        label: np.array([names[label].index(each) for each in column[label]]) for label in LABELS
    }
    week = np.array(column["week"])
    figures = {
        key: np.array([np.nan if value is None else value for value in column[key]], dtype=float)
        for key in ("handle_seconds", "resolved", "escalated", "csat", "sentiment")
    }
    return Contacts(
        id=np.arange(1, len(parts) + 1),
        agent=np.array(column["agent"]),
        week=FIRST.toordinal() + 7 * week,
        at=np.array(column.get("at", week * WEEK_MS)) + np.arange(len(parts)),
        has_transcript=np.array(column["transcript"], dtype=bool),
        issues=tuple(names["issue"]),
        channels=tuple(names["channel"]),
        priorities=tuple(names["priority"]),
        **codes,
        **figures,
    )


def crew(agents=8, weeks=12, each=40, seed=1, shifts=()):
    """Contacts of a crew with the method's own spreads between agents, and noise.

    ``shifts`` are (agent, metric, first week, size): from then on that much on the latent scale.
    """
    chance = np.random.default_rng(seed)
    agent, week = (
        axis.ravel() for axis in np.meshgrid(np.arange(agents), np.arange(weeks), indexing="ij")
    )
    agent, week = np.repeat(agent, each), np.repeat(week, each)
    issue, channel = chance.integers(0, 3, agent.size), chance.integers(0, 2, agent.size)
    eta = {
        metric: MIDDLE[metric]
        + chance.normal(0, TAU[metric], 3)[issue]
        + chance.normal(0, TAU[metric], agents)[agent]
        for metric in MIDDLE
    }
    for who, metric, since, size in shifts:
        eta[metric] = eta[metric] + size * ((agent == who) & (week >= since))
    noise = chance.normal(size=(3, agent.size))
    odds = {metric: 1 / (1 + np.exp(-eta[metric])) for metric in ("fcr", "escalation")}
    answered = chance.random(agent.size) < 0.3
    return Contacts(
        id=np.arange(1, agent.size + 1),
        agent=agent + 100,
        week=FIRST.toordinal() + 7 * week,
        at=week * WEEK_MS + chance.integers(0, WEEK_MS, agent.size),
        issue=issue,
        channel=channel,
        priority=np.zeros_like(issue),
        handle_seconds=np.exp(eta["aht"] + 0.6 * noise[0]),
        resolved=(chance.random(agent.size) < odds["fcr"]).astype(float),
        escalated=(chance.random(agent.size) < odds["escalation"]).astype(float),
        csat=np.where(answered, np.clip(np.round(eta["csat"] + 0.9 * noise[1]), 1, 5), np.nan),
        sentiment=np.clip(eta["sentiment"] + 0.3 * noise[2], -1, 1),
        has_transcript=chance.random(agent.size) < 0.5,
        issues=("billing", "login", "outage"),
        channels=("chat", "phone"),
        priorities=("unknown",),
    )


def some(found, kept):
    """Those rows of contacts for which ``kept`` holds, or in the order that it lists."""
    return replace(
        found,
        **{
            each.name: getattr(found, each.name)[kept]
            for each in fields(found)
            if isinstance(getattr(found, each.name), np.ndarray)
        },
    )


def strata_of(found, weeks=26):
    """The strata of all weeks that there are."""
    return stratify(found, date.fromordinal(int(found.week.max())), weeks)
