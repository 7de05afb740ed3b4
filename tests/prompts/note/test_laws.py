"""What holds for every note, whatever the week: no rank, no blame, no haste, no loose figure."""

import json
import re

import pytest
from hypothesis import given, settings

from prompts.note.agent import agent_note
from prompts.note.news import is_doubtful, moves
from prompts.note.plain import plain_text
from prompts.note.practices import load_practices
from prompts.note.shape import as_json
from prompts.note.wordings import BALANCE, QUESTIONS, VERDICTS
from tests.prompts.note.random_weeks import backgrounds, reviews

PRACTICES = load_practices()
# A rank, or a comparison with anybody at all.
RANKS = re.compile(
    r"\b(rank\w*|percentile|league|leaderboard|top|bottom|best|worst|colleagues?|peers?"
    r"|other agents|others|everyone|(better|worse|faster|slower|more|less) than (you|the team)"
    r"|team average|average agent)\b",
    re.IGNORECASE,
)
# What a person feels or is like; of customers there is a tone and a strain.
FEELINGS = re.compile(
    r"\b(stress\w*|frustrat\w*|angry|anger|happy|unhappy|tired|upset|anxious|lazy|careless|bored"
    r"|motivat\w*|attitude|burn\w*|feel\w*|emotion\w*|fault|blame\w*|guilt\w*|fail\w*|poor\w*"
    r"|should have|must)\b",
    re.IGNORECASE,
)
HASTE = re.compile(
    r"\b(faster|quicker|quickly|hurry|speed up|cut (the )?time|save time)\b", re.IGNORECASE
)
# With all that a week may have at once; test_approved.py holds usual ones to less.
LONGEST = 260


any_week = settings(max_examples=300)


def prose(note):
    parts = [one.text for one in note.sections if one.key not in ("figures", "remarks")]
    return " ".join([note.verdict, *parts])


def without_sources(text):
    """A source's title may say what it likes."""
    return re.sub(r"What to try is from:.*?(?=\n  - |\n\n|\Z)", "", text, flags=re.DOTALL)


@any_week
@given(reviews(), backgrounds())
def test_a_note_is_about_the_task_with_no_rank_no_feelings_and_nobody_else(review, known):
    text = without_sources(plain_text(agent_note("ana@example.com", review, known)))
    assert not RANKS.search(text)
    assert not FEELINGS.search(text)


@any_week
@given(reviews(), backgrounds())
def test_where_quality_is_in_doubt_nothing_asks_for_haste_or_praises_it(review, known):
    note = agent_note("ana@example.com", review, known)
    if is_doubtful(review) and note.section("focus"):
        assert not HASTE.search(note.section("focus").text)
        assert not any(PRACTICES[key].saves_time for key in note.practices)
    if review.metrics["aht"].flag == "faster":
        assert "quality held: " not in note.verdict
        assert "pulled together" not in prose(note)


@any_week
@given(reviews(), backgrounds())
def test_every_note_is_complete_short_and_has_one_focus(review, known):
    note = agent_note("ana@example.com", review, known)
    keys, kinds = [one.key for one in note.sections], [fact.kind for fact in note.facts]
    said = note.situation != "absent"
    complete = ["focus", "balance", "figures", "remarks"] if said else []
    assert [key for key in keys if key not in ("strength", "commitment")] == complete
    assert all(line.strip() for section in note.sections for line in section.written)
    assert len(prose(note).split()) <= LONGEST
    assert kinds.count("practice") <= 1
    assert kinds.count("question") == int(
        said and (review.focus is not None or review.overservicing)
    )


@any_week
@given(reviews(), backgrounds())
def test_figures_stand_in_facts_alone_each_with_an_id_of_its_own(review, known):
    note = agent_note("ana@example.com", review, known)
    words = [part for one in note.sections for line in one.lines for part in line]
    assert not any(re.search(r"\d", part) for part in words if isinstance(part, str))
    assert not re.search(r"\d", note.verdict)
    ids = [fact.id for fact in note.facts]
    assert len(ids) == len(set(ids))


@any_week
@given(reviews().filter(lambda review: review.contacts and moves(review)), backgrounds())
def test_every_confirmed_change_is_told_in_full_once_and_an_old_one_as_still_so(review, known):
    note = agent_note("ana@example.com", review, known)
    facts = [fact for fact in note.facts if fact.kind in ("change", "figure")]
    for moved in moves(review):
        full = [one for one in facts if one.metric == moved.metric and "interval" in one.text]
        assert len(full) == 1
        # Where quality went down with handle time, the weeks that show both are told.
        told = review.rush if moved.metric == "aht" and review.rush else moved.change
        assert ("rose" if told.size.value > 0 else "fell") in full[0].text
        assert told.still == ("still so" in full[0].text.casefold())


@any_week
@given(reviews(), backgrounds())
def test_the_same_week_gives_the_same_note(review, known):
    one, other = (agent_note("ana@example.com", review, known) for _ in range(2))
    assert json.dumps(as_json(one), allow_nan=False) == json.dumps(as_json(other))


@pytest.mark.parametrize("question", [one for some in QUESTIONS.values() for one in some])
def test_questions_are_open(question):
    assert re.fullmatch(r"(What|Which|Where|How) [^?]+\?", question)


@pytest.mark.parametrize("wording", [one for some in VERDICTS.values() for one in some])
def test_a_verdict_is_one_short_line(wording):
    assert len(wording) <= 80


@pytest.mark.parametrize("key", BALANCE)
def test_speed_and_quality_take_one_sentence(key):
    assert all(wording.count(".") == 1 for wording in BALANCE[key])


@pytest.mark.parametrize("key", PRACTICES)
def test_practices_speak_of_no_feelings_of_the_agent_and_of_nobody_else(key):
    assert not FEELINGS.search(PRACTICES[key].to_do)
    assert not RANKS.search(PRACTICES[key].to_do)


@pytest.mark.parametrize("pattern", [RANKS, FEELINGS, HASTE])
def test_the_forbidden_words_are_seen(pattern):
    assert pattern.search("You must be the best of your peers: hurry, do not be lazy")
