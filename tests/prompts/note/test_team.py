"""The note to a manager: whom to talk with about what, what improved, what to leave alone."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.note.plain import plain_text
from prompts.note.team import TeamWeek, team_note
from scoring.coaching.findings import Span, TeamEffect
from tests.prompts.note.random_weeks import review as any_review
from tests.prompts.note.weeks import (
    AHT_DOWN,
    AHT_UP,
    ESCALATION_UP,
    FCR_DOWN,
    FCR_UP,
    QUALITY_DOWN,
    SITUATIONS,
    WEEK,
    background,
    metric,
    moved,
    promise,
    quiet,
    statement,
    week,
)

SIGHTINGS = background().sightings
SLIP = SITUATIONS["slip"][0]
LOW = SITUATIONS["focus_by_level"][0]
EFFECT = TeamEffect("fcr", "technical", Span(-0.041, -0.062, -0.020))


def note(shared=(), before=(), **reviews):
    """A note on a team of people by their names; None is somebody without contacts."""
    people = dict(enumerate(reviews))
    found = {
        agent: replace(reviews[name], agent=agent)
        for agent, name in people.items()
        if reviews[name] is not None
    }
    return team_note(TeamWeek("Billing", WEEK, people, found, dict(before), shared, SIGHTINGS))


def lines(told, key):
    section = told.section(key)
    return list(section.written) if section else []


def test_who_slipped_needs_attention_with_the_reason_and_what_to_ask():
    (line,) = lines(note(Ana=SLIP), "attention")
    assert line.startswith("Ana: First contact resolution fell from 77.4 % to 68.2 %")
    assert "against their 8 weeks before" in line
    assert "3 of 41 contacts behind this figure: C-1011 (10 Nov), " in line
    assert re.search(r"To ask: (What|Which) [^?]+\?$", line)


def test_rushing_is_told_once_with_both_halves():
    (line,) = lines(note(Ana=SITUATIONS["rushing"][0]), "attention")
    assert "a question, not a verdict" in line
    assert "Handle time fell" in line
    assert "Quality as a whole fell" in line


def test_overservicing_needs_attention():
    (line,) = lines(note(Ana=SITUATIONS["overservicing"][0]), "attention")
    assert "Handle time rose" in line
    assert "We see no gain for customers yet." in line


def test_two_reasons_are_two_lines():
    metrics = {
        "fcr": moved("fcr", "worse", FCR_DOWN),
        "escalation": moved("escalation", "worse", ESCALATION_UP),
    }
    told = lines(note(Ana=week(metrics=metrics, focus=statement("fcr"))), "attention")
    assert [line.split(":")[1].split()[0] for line in told] == ["First", "Escalation"]


def test_what_improved_is_told_even_of_those_who_need_attention():
    told = note(Ana=SITUATIONS["mixed"][0])
    assert lines(told, "attention")[0].startswith("Ana: Escalation rate rose")
    assert lines(told, "improved")[0].startswith("Ana: First contact resolution rose")


def test_speed_improved_only_where_quality_held():
    held = note(Ana=week(metrics={"aht": moved("aht", "better", AHT_DOWN)}))
    assert lines(held, "improved")[0].endswith("Quality held.")
    faster = note(Ana=week(metrics={"aht": moved("aht", "faster", AHT_DOWN)}))
    assert lines(faster, "improved") == []
    assert lines(faster, "watch")[0].endswith("Too early to say whether quality held.")


def test_slower_with_better_quality_improved():
    told = note(Ana=SITUATIONS["slower_fair_trade"][0])
    assert lines(told, "improved")[0].endswith("Quality rose with it: a fair trade.")


def test_longer_contacts_alone_are_to_be_watched():
    told = note(Ana=week(metrics={"aht": moved("aht", "worse", AHT_UP)}))
    assert lines(told, "watch")[0].startswith("Ana: Handle time rose")


def test_what_was_told_last_week_is_still_so():
    old = {"fcr": moved("fcr", "better", replace(FCR_UP, still=True))}
    assert "Still so:" in lines(note(Ana=week(metrics=old)), "improved")[0]


def test_a_focus_by_level_is_to_be_looked_at_together():
    told = note(Ana=LOW)
    assert "is below what is expected for their contacts" in lines(told, "look")[0]
    assert lines(told, "attention") == []
    assert "worth a look together" in told.verdict


def test_a_focus_that_was_there_last_week_takes_one_line():
    told = note(Ana=LOW, Ben=LOW, Cleo=LOW, before=[(0, LOW), (1, week()), (2, LOW)])
    assert lines(told, "look")[-1] == (
        "As last week: Ana (first contact resolution) and Cleo (first contact resolution)."
    )
    assert [line.partition(":")[0] for line in lines(told, "look")][:-1] == ["Ben"]
    assert lines(told, "alone") == []


def test_the_index_is_not_told_beside_what_it_is_made_of():
    told = note(Ana=replace(SLIP, quality=QUALITY_DOWN, quality_flag="worse"))
    assert len(lines(told, "attention")) == 1
    alone = note(Ana=week(quality=QUALITY_DOWN, quality_flag="worse"))
    assert lines(alone, "attention")[0].startswith("Ana: Quality as a whole fell")


def test_what_became_of_a_commitment_is_told_and_is_no_reason_to_step_in():
    people, reviews = {1: "Ana", 2: "Ben"}, {1: week(agent=1), 2: week(agent=2)}
    told = team_note(TeamWeek("Billing", WEEK, people, reviews, commitments={1: promise()}))
    assert lines(told, "commitments") == [
        "Ana: “Say the next step before closing”, week 2 of 4: too early to tell."
    ]
    assert lines(told, "alone") == ["Ana and Ben: nothing beyond normal variation."]


def test_noise_is_to_be_left_alone():
    told = note(Ben=week(), Ana=week())
    assert lines(told, "alone") == ["Ana and Ben: nothing beyond normal variation."]
    assert told.verdict == "Nobody needs particular attention this week."


def test_whose_week_cannot_be_compared_is_named_with_the_reason():
    told = note(
        Ana=None,
        Ben=week(new=True, metrics=quiet("too_few")),
        Cleo=week(metrics=quiet("queue_changed")),
        Dana=week(metrics=quiet("too_few")),
        Emil=week(contacts=0),
    )
    assert lines(told, "unsaid") == [
        "Ana and Emil: no contacts.",
        "Ben: new, so no comparisons yet.",
        "Cleo: the queue changed, comparisons restart.",
        "Dana: too few contacts to compare.",
    ]


def test_what_befell_everybody_is_the_team_s():
    told = lines(note(shared=(EFFECT,), Ana=week()), "shared")
    assert told == [
        "First contact resolution fell for technical contacts, for everyone (change"
        " \N{MINUS SIGN}4.1 points, 95 % interval \N{MINUS SIGN}6.2 to \N{MINUS SIGN}2.0 points)."
    ]


def test_people_stand_in_the_order_of_the_alphabet():
    """Whatever their figures: a list by figures would be a ranking."""
    worse = replace(SLIP, metrics={"fcr": moved("fcr", "worse", FCR_DOWN, n=9999)})
    told = note(zoe=worse, Ana=SLIP, emil=SLIP)
    assert [line.partition(":")[0] for line in lines(told, "attention")] == ["Ana", "emil", "zoe"]
    assert told.verdict == "Worth a talk this week: Ana, emil and zoe."


def test_many_who_need_attention_are_not_listed_twice():
    told = note(Ana=SLIP, Ben=SLIP, Cleo=SLIP, Dana=SLIP)
    assert told.verdict.startswith("Several people need attention")
    # What else stands below is not for leaving alone.
    assert "alone" not in told.verdict


def test_contacts_whose_type_nobody_knows_are_not_called_by_their_label():
    effect = TeamEffect("fcr", "unknown", Span(-0.041, -0.062, -0.020))
    told = team_note(TeamWeek("Billing", WEEK, {1: "Ana"}, {1: week()}, shared=(effect,)))
    assert "fell for contacts of no known kind, for everyone" in lines(told, "shared")[0]


def test_two_people_of_one_name_are_two():
    people = {1: "Ana", 2: "Ana"}
    reviews = {1: replace(SLIP, agent=1), 2: week(agent=2)}
    told = team_note(TeamWeek("Billing", WEEK, people, reviews))
    assert len(lines(told, "attention")) == 1
    assert lines(told, "alone") == ["Ana: nothing beyond normal variation."]


def test_an_empty_team_has_a_verdict():
    assert note().verdict == "Nobody needs particular attention this week."


def test_the_note_begins_with_the_team_and_the_week():
    text = plain_text(note(Ana=week(), Ben=week()))
    assert text.startswith("Billing: week of 9 Nov 2026, 192 contacts\n")


@settings(max_examples=100)
@given(st.lists(st.integers(0, 2**32), max_size=8))
def test_everybody_is_named_and_no_figure_is_loose(seeds):
    people = {agent: f"P{chr(90 - agent)}" for agent, _ in enumerate(seeds)}
    reviews = {agent: replace(any_review(seed), agent=agent) for agent, seed in enumerate(seeds)}
    told = team_note(TeamWeek("Billing", WEEK, people, reviews))
    text = plain_text(told)
    assert all(re.search(rf"\b{name}\b", text) for name in people.values())
    assert not re.search(r"\b(rank\w*|best|worst|top|percentile)\b", text)
    ids = [fact.id for fact in told.facts]
    assert len(ids) == len(set(ids))
    for section in ("attention", "improved", "look", "watch"):
        names = [line.partition(":")[0] for line in lines(told, section)]
        assert names == sorted(names)


def test_a_level_without_data_is_no_statement():
    told = note(Ana=week(metrics={"fcr": metric("fcr", n=0)}, focus=statement("fcr", "level")))
    assert "no data" not in plain_text(told)
