"""The note to an agent: every case that the method names, by reviews made by hand."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from prompts.note.agent import absent_note, agent_note
from prompts.note.shape import as_json
from scoring.coaching.progress import AIMS
from tests.prompts.note.weeks import (
    AHT_DOWN,
    AHT_UP,
    FCR_DOWN,
    FCR_UP,
    PRACTICES,
    QUALITY_DOWN,
    SITUATIONS,
    WEEK,
    background,
    metric,
    moved,
    promise,
    statement,
    week,
)

ANA = "ana@example.com"
GAIN = week(metrics={"fcr": moved("fcr", "better", FCR_UP)}, strength=statement("fcr"))
STILL_DOWN = moved("fcr", "worse", replace(FCR_DOWN, still=True))
FOCUS = week(metrics={"fcr": metric("fcr", expectation="below")}, focus=statement("fcr", "level"))


def note(review, **told):
    return agent_note(ANA, review, background(**told))


def text(review, key, **told):
    section = note(review, **told).section(key)
    return section.text if section else ""


def facts(review, kind, **told):
    return [fact for fact in note(review, **told).facts if fact.kind == kind]


@pytest.mark.parametrize("name", [name for name in SITUATIONS if name != "absent"])
def test_every_week_has_a_verdict_a_focus_the_balance_and_the_figures(name):
    told = agent_note(ANA, *SITUATIONS[name])
    assert told.verdict[-1] in ".:"
    assert {"focus", "balance", "figures", "remarks"} <= {one.key for one in told.sections}


def test_what_went_well_comes_first():
    assert [section.key for section in note(GAIN).sections][:2] == ["strength", "focus"]


def test_a_gain_cites_its_figures_weeks_and_contacts():
    (fact,) = facts(GAIN, "change")
    assert fact.text == (
        "First contact resolution rose from 68.2 % to 77.4 % (change +9.2 points, 95 % interval"
        " +4.1 to +14.3 points), weeks of 26 Oct to 9 Nov against your 8 weeks before,"
        " 268 contacts."
    )
    assert (fact.values["before"], fact.values["after"]) == (0.682, 0.774)


def test_the_contacts_behind_a_figure_are_counted_and_named():
    evidence = facts(FOCUS, "evidence")[0]
    assert evidence.text.startswith(
        "It shows most in refund contacts by chat. To look at: 3 of 41 contacts behind this"
        " figure: C-1011 (10 Nov), C-1012 (11 Nov), C-1013 (12 Nov); in each, the customer came"
        " back."
    )
    assert "One that went well: C-1014 (13 Nov)." in evidence.text
    assert evidence.contacts == (11, 12, 13, 14)


def test_each_contact_has_its_own_reason_where_they_differ():
    other = replace(background().sightings[11], reasons=("escalated", "unresolved"))
    evidence = facts(FOCUS, "evidence", sightings={**background().sightings, 11: other})[0]
    assert "C-1011 (10 Nov, not resolved), C-1012 (11 Nov, the customer came back)" in (
        evidence.text
    )


def test_a_contact_of_another_kind_than_where_it_shows_most_says_which():
    known = background().sightings
    others = {11: replace(known[11], issue_type="login"), 12: replace(known[12], channel="phone")}
    evidence = facts(FOCUS, "evidence", sightings={**known, **others})[0]
    assert "C-1011 (login, 10 Nov), C-1012 (phone, 11 Nov), C-1013 (12 Nov)" in evidence.text


def test_contacts_that_may_not_be_named_are_only_counted():
    evidence = facts(FOCUS, "evidence", sightings={})[0]
    assert evidence.text.endswith("To look at: 3 of 41 contacts behind this figure.")


def test_what_went_well_is_given_no_contrast_and_no_fault():
    evidence = facts(GAIN, "evidence")[0]
    assert "One that went well" not in evidence.text
    assert "came back" not in evidence.text


def test_a_focus_without_a_place_is_about_all_contacts():
    focus = statement("fcr", "level", issue_type=None, channel=None)
    told = text(replace(FOCUS, focus=focus), "focus")
    assert "shows most" not in told
    assert "C-1011 (chat, refund, 10 Nov" in told


def test_contacts_whose_type_nobody_knows_are_told_by_their_channel_alone():
    nameless = statement("fcr", "level", issue_type="unknown")
    assert "It shows most in contacts by chat. " in text(replace(FOCUS, focus=nameless), "focus")
    nameless = replace(nameless, channel=None)
    assert "shows most" not in text(replace(FOCUS, focus=nameless), "focus")


def test_a_focus_has_one_practice_that_fits_it_and_one_open_question():
    (practice,), (question,) = facts(FOCUS, "practice"), facts(FOCUS, "question")
    assert "fcr down" in PRACTICES[practice.values["practice"]].fits
    assert question.text.endswith("?")
    assert text(FOCUS, "focus").count("?") >= 1


def test_the_source_of_a_practice_is_told():
    (practice,) = facts(FOCUS, "practice")
    assert practice.values["source"] in text(FOCUS, "remarks")


def test_the_next_week_brings_another_practice():
    this, following = FOCUS, replace(FOCUS, week=WEEK + timedelta(weeks=1))
    assert facts(this, "practice") != facts(following, "practice")


def test_a_gain_told_last_week_is_still_so_and_no_news():
    old = week(metrics={"fcr": moved("fcr", "better", replace(FCR_UP, still=True))})
    told = note(replace(old, strength=statement("fcr")))
    assert told.section("strength").text.startswith("Still so: first contact resolution rose")
    assert "still" in told.verdict


def test_the_verdict_names_what_is_new_before_what_is_still_so():
    metrics = {
        "fcr": moved("fcr", "better", replace(FCR_UP, still=True)),
        "csat": moved("csat", "better", replace(FCR_UP, before=4.1, after=4.4)),
    }
    assert "customer satisfaction" in note(week(metrics=metrics)).verdict


def test_a_focus_told_last_week_is_said_to_be_the_same():
    told = note(FOCUS, previous=FOCUS)
    assert "same" in told.section("focus").text.split(".")[0]
    assert told.verdict != note(FOCUS).verdict


def test_a_change_that_is_still_so_is_said_to_be_old_only_once():
    review = SITUATIONS["slip"][0]
    old = replace(review, metrics={**review.metrics, "fcr": STILL_DOWN})
    assert text(old, "focus", previous=review).startswith("Still so: first contact resolution")


def test_a_strength_told_last_week_is_no_news():
    strong = week(metrics={"csat": metric("csat", expectation="above")})
    strong = replace(strong, strength=statement("csat", "level"))
    assert "last week" in text(strong, "strength", previous=strong)
    assert "last week" not in text(strong, "strength", previous=week())


def test_a_steady_week_is_a_complete_note():
    told = note(week())
    assert "steady week" in told.verdict
    assert "keep going" in told.section("focus").text.casefold()
    assert told.practices == ()


def test_a_steady_week_says_what_could_have_been_noticed():
    assert text(week(), "remarks").endswith(
        "three weeks would show a change of about 2 min 02 s in handle time or 15 points in"
        " first contact resolution."
    )


def test_a_level_that_is_not_for_certain_stays_within_normal_variation():
    told = text(week(focus=statement("fcr", "level")), "focus")
    assert "There is most to gain in first contact resolution, though within normal" in told


def test_rushing_is_a_question_with_both_halves():
    review, known = SITUATIONS["rushing"]
    told = agent_note(ANA, review, known)
    focus = told.section("focus")
    assert "Handle time fell from" in focus.text
    assert "Quality as a whole fell" in focus.text
    assert "in the same weeks" in focus.text
    assert "a question, not a verdict" in told.section("balance").text
    assert all(PRACTICES[key].fits.count("rushing") for key in told.practices)


RUSHED = week(rushing=True, rush=AHT_DOWN, focus=statement("rushing", "rushing"))


def test_rushing_with_neither_half_confirmed_is_told_by_the_weeks_that_show_both():
    told = text(RUSHED, "focus")
    assert told.startswith("Handle time fell from 8 min 32 s to 7 min 04 s")
    assert "Quality as a whole went down in the same weeks." in told


def test_rushing_is_told_of_its_own_weeks_and_not_of_those_of_another_change():
    # Handle time shows most over six weeks, and went down together with quality in two.
    longer = replace(AHT_DOWN, first=WEEK - timedelta(weeks=5), contacts=457, still=True)
    both = replace(AHT_DOWN, first=WEEK - timedelta(weeks=1), contacts=128)
    told = note(replace(RUSHED, rush=both, metrics={"aht": moved("aht", "faster", longer)}))
    focus, figures = told.section("focus").text, told.section("figures").text
    assert "weeks of 2 Nov to 9 Nov against your 8 weeks before, 128 contacts" in focus
    assert "457" not in focus
    assert "still so: fell" in figures


@pytest.mark.parametrize("kind", ["rushing", "overservicing"])
def test_speed_and_quality_pulling_apart_is_news_only_once(kind):
    review, known = SITUATIONS[kind]
    weeks = [replace(review, week=WEEK + timedelta(weeks=later)) for later in (0, 1)]
    old = [replace(one, rush=one.rush and replace(one.rush, still=True)) for one in weeks]
    fresh = {agent_note(ANA, one, known).verdict for one in weeks}
    stale = {agent_note(ANA, one, replace(known, previous=review)).verdict for one in old}
    assert not fresh & stale
    assert all(re.search("still|As last week", verdict) for verdict in stale)
    assert not any(re.search("still|As last week", verdict) for verdict in fresh)


def test_a_new_agent_with_weeks_to_compare_is_told_what_they_say():
    told = note(week(new=True))
    assert "steady week" in told.verdict
    assert "begin once there are three" not in told.section("remarks").text


def test_overservicing_is_said_in_its_own_words_and_never_praised():
    told = agent_note(ANA, *SITUATIONS["overservicing"])
    assert "we see no gain for customers yet" in told.verdict
    assert told.section("strength") is None
    assert all("overservicing" in PRACTICES[key].fits for key in told.practices)


def test_faster_with_quality_held_is_praised():
    told = agent_note(ANA, *SITUATIONS["faster_held"])
    assert "quality held" in told.verdict
    assert "pulled together" in told.section("balance").text


def test_faster_with_no_sign_of_quality_is_not_praised():
    told = agent_note(ANA, *SITUATIONS["faster_too_early"])
    assert "oo early to say whether quality held" in told.section("balance").text
    assert "Handle time fell from 8 min 32 s" in told.section("balance").text
    assert "well" not in told.verdict
    assert "keep going" not in told.section("focus").text.casefold()


def test_slower_with_better_quality_is_a_fair_trade():
    told = agent_note(ANA, *SITUATIONS["slower_fair_trade"])
    assert "a fair trade" in told.verdict


def test_where_quality_is_low_nothing_asks_for_less_time():
    told = agent_note(ANA, *SITUATIONS["slow_where_quality_is_low"])
    assert told.practices
    assert not any(PRACTICES[key].saves_time for key in told.practices)


def test_where_quality_is_fine_saving_time_may_be_tried():
    slow = week(focus=statement("aht", "level", issue_type=None, channel=None))
    assert any(PRACTICES[key].saves_time for key in note(slow).practices)


def test_quality_and_time_both_worse_pull_no_way():
    metrics = {"fcr": moved("fcr", "worse", FCR_DOWN), "aht": moved("aht", "worse", AHT_UP)}
    assert "neither pulled the other up" in text(week(metrics=metrics), "balance")


def test_less_time_and_a_slip_that_is_not_rushing_pull_apart():
    metrics = {"fcr": moved("fcr", "worse", FCR_DOWN), "aht": moved("aht", "faster", AHT_DOWN)}
    assert "pulled apart" in text(week(metrics=metrics), "balance")


def test_a_change_that_is_neither_focus_nor_strength_is_told_among_the_figures():
    metrics = {"csat": moved("csat", "better", replace(FCR_UP, before=4.1, after=4.4))}
    told = text(replace(GAIN, metrics={**GAIN.metrics, **metrics}), "figures")
    assert "38 of 412 contacts rated; rose from 4.10 to 4.40" in told
    assert "412 contacts; rose." in told


def test_a_slip_of_the_index_alone_is_told_and_has_no_focus():
    told = note(week(quality=QUALITY_DOWN, quality_flag="worse"))
    assert "Quality as a whole fell" in told.section("figures").text
    assert "no single focus" in told.section("focus").text.casefold()


def test_a_new_agent_is_told_that_it_is_early():
    told = agent_note(ANA, *SITUATIONS["new"])
    assert "arly" in told.verdict
    assert "once there are three" in told.section("remarks").text
    assert "not enough contacts for a score" in told.section("figures").text


def test_a_score_that_quality_is_too_little_known_for_says_so():
    told = text(week(score=None, score_withheld="unreliable"), "figures")
    assert "Balance score: too little is known of quality for a score." in told


def test_too_few_surveys_are_told_in_words():
    told = text(week(metrics={"csat": metric("csat", n=3, why_quiet="too_few")}), "figures")
    assert "Customer satisfaction: too few surveys to say." in told


def test_what_cannot_be_compared_is_named():
    told = text(week(metrics={"csat": metric("csat", why_quiet="queue_changed")}), "remarks")
    assert "The queue changed, comparisons restart: customer satisfaction." in told


def test_a_changed_queue_restarts_comparisons():
    told = agent_note(ANA, *SITUATIONS["queue_changed"])
    assert "omparisons" in told.verdict
    assert "The queue changed, comparisons restart." in told.section("remarks").text
    assert "normal variation" not in told.section("remarks").text


def test_a_young_agent_with_a_focus_is_told_both():
    told = note(replace(SITUATIONS["few"][0], focus=statement("aht", "level")))
    assert "One thing is worth working on." in told.verdict


def test_a_small_team_has_neither_score_nor_expectation():
    told = agent_note(ANA, *SITUATIONS["small_team"])
    assert "no score with fewer than five agents" in told.section("figures").text
    assert "set against your own weeks only" in told.section("remarks").text


def test_a_score_that_moved_says_from_where():
    told = text(week(score=61.2, score_moved=True), "figures", previous=week(score=53.1))
    assert "Balance score: 61 of 100, up from 53; 50 is as expected." in told


def test_a_score_that_stood_still_says_nothing_of_before():
    assert "Balance score: 53 of 100; 50" in text(week(), "figures", previous=week(score=50.0))


def test_a_record_that_looks_wrong_is_to_be_checked_and_is_no_evidence():
    told = note(week(check=(21, 22)))
    (fact,) = [one for one in told.facts if one.id == "remark.check"]
    assert fact.text == (
        "Please check the record of 2 contacts: the handle time is out of the ordinary."
    )
    assert fact.contacts == (21, 22)


def test_records_to_check_are_named_where_they_may_be():
    told = text(week(check=(11, 12)), "remarks")
    assert "Please check the record of C-1011 and C-1012: " in told


def test_over_servicing_chooses_from_its_own_practices_whatever_the_place():
    review = replace(SITUATIONS["overservicing"][0], focus=statement("aht", "level"))
    told = note(review)
    assert all("overservicing" in PRACTICES[key].fits for key in told.practices)


def test_a_week_without_contacts_has_no_note():
    assert note(week(contacts=0)) == absent_note(ANA, WEEK)
    assert "no note" in absent_note(ANA, WEEK).verdict
    assert absent_note(ANA, WEEK).sections == ()


def test_a_promise_about_the_focus_goes_before_another_practice():
    review, known = SITUATIONS["promise"]
    told = agent_note(ANA, review, known)
    assert not [fact for fact in told.facts if fact.kind == "practice"]
    assert "what you have set out to do, below" in told.section("focus").text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "“Say the next step before closing”, week 2 of 4: too early to tell."),
        ({"verdict": "held"}, "so far, first contact resolution is within normal variation."),
        ({"verdict": "held", "why": "before"}, "no new change shows."),
        ({"verdict": "held", "why": "fair_trade"}, "more time went in while quality rose"),
        ({"why": "quality_open"}, "too early to say whether quality held."),
        ({"verdict": "too_few", "why": "too_few"}, "so far, too few contacts to say."),
        (
            {"verdict": "too_few", "why": "too_few", "metric": "csat"},
            "so far, too few surveys to say.",
        ),
        ({"verdict": "too_few", "why": "queue_changed"}, "the queue changed"),
        (
            {"verdict": "moved", "why": "confirmed", "change": FCR_UP},
            "it shows: first contact resolution rose from 68.2 % to 77.4 %",
        ),
        (
            {"verdict": "slipped", "why": "confirmed", "change": FCR_DOWN},
            "not yet: first contact resolution fell from 77.4 % to 68.2 %",
        ),
        ({"verdict": "slipped", "why": "rushing"}, "What was behind it?"),
        ({"ending": "closed"}, "It ends here; what comes next is yours to say."),
        ({"ending": "extended"}, "It goes on for as many weeks again."),
        ({"ending": "renewed"}, "It begins again, as agreed."),
    ],
)
def test_what_became_of_a_promise_is_told(told, said):
    assert said in text(week(), "commitment", commitment=promise(**told))


def test_a_change_told_above_is_not_told_again_of_the_promise():
    kept = promise("moved", "confirmed", FCR_UP)
    assert "it shows: first contact resolution rose, as said above." in text(
        GAIN, "commitment", commitment=kept
    )


@pytest.mark.parametrize("metric", AIMS)
def test_whatever_may_be_committed_to_can_be_told(metric):
    moved_on = promise("moved", "confirmed", QUALITY_DOWN, metric=metric)
    assert "it shows: " in text(week(), "commitment", commitment=moved_on)


def test_a_promise_that_ended_makes_room_for_another_practice():
    review, _ = SITUATIONS["promise"]
    over = agent_note(ANA, review, background(commitment=promise("held", ending="closed")))
    assert [fact.kind for fact in over.facts].count("practice") == 1


def test_a_note_is_json_with_all_its_facts():
    told = as_json(note(FOCUS))
    ids = [fact["id"] for section in told["sections"] for fact in section["facts"]]
    assert len(ids) == len(set(ids))
    assert told["week"] == "2026-11-09"
    assert told["sections"][0]["facts"][0]["values"]["estimate"] == 0.742


def test_the_year_and_the_contacts_of_the_week_are_kept():
    assert (note(week()).week, note(week()).contacts) == (date(2026, 11, 9), 96)
