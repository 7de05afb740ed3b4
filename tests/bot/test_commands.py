"""What each slash command answers, over a roster and a fortnight of contacts."""

import pytest

from bot.blockkit import check_reply
from bot.calls import call_of
from tests.factories import interactions, taken
from tests.slack import command as payload
from tests.slack import company, door_of


@pytest.fixture
def asker(engine):
    door = door_of(engine)
    commands = {one.name: one for one in door.desk.commands}

    def ask(said, user="U0ANA"):
        name, _, text = said.removeprefix("/").partition(" ")
        reply = door.desk.answer(commands[name], call_of(payload(name, text, user))).reply
        assert check_reply(reply) == []
        return reply.text

    return ask


@pytest.fixture
def ask(engine, asker):
    company(engine)
    return asker


def test_a_card_alone_is_the_agent_s_own_over_four_weeks(ask):
    text = ask("/scorecard")
    assert text.startswith(
        "Ana Lima, 19 Oct \N{EN DASH} 15 Nov 2026, compared with 21 Sep \N{EN DASH} 18 Oct 2026."
    )
    # 14 days, three contacts of 300 seconds a day.
    assert "Average handle time 5 min 00 s, n 42" in text


def test_a_card_of_a_period_counts_its_days(ask):
    assert "n 21" in ask("/scorecard me last week")


def test_a_personal_card_shows_no_figure_of_teams(ask):
    assert "Abandonment" not in ask("/scorecard")
    assert "Abandonment" in ask("/scorecard", "U0MAYA")


@pytest.mark.parametrize(("user", "title"), [("U0MAYA", "Billing,"), ("U0OTTO", "Everybody,")])
def test_the_card_of_who_leads_is_that_of_their_people_together(ask, user, title):
    assert ask("/scorecard last week", user).startswith(title)


def test_the_weeks_of_a_card_are_drawn_up_to_its_end(ask):
    weeks = ask("/scorecard me last week").split("First contact resolution by week: ")[1]
    # 15 Nov ends the last of the eight; contacts are of two of them.
    assert weeks.split(".")[0].startswith("21 Sep")
    assert "2 Nov 100.0 % (n 21)" in weeks


def test_a_team_is_listed_by_name_with_each_one_s_figures(ask):
    text = ask("/team", "U0MAYA")
    assert text.startswith("Billing, 19 Oct \N{EN DASH} 15 Nov 2026.")
    assert text.index("Ana Lima") < text.index("Ben Sato")
    assert "Rita" not in text
    assert "Average handle time 7 min 00 s, n 42" in text


def test_who_sees_several_teams_names_one(ask):
    asked = ask("/team", "U0OTTO")
    assert "Say which team: Billing, Sales." in asked
    assert "For example `/team Billing` or `/team Sales`" in asked
    assert "Rita Roy" in ask("/team sales last week", "U0OTTO")


def test_a_large_team_is_shown_page_by_page(engine, ask):
    many = [{"agent": f"x{n:02}", "team": "Night", "manager": "otto"} for n in range(45)]
    taken(engine, many, kind="roster")
    first, last = ask("/team night", "U0OTTO"), ask("/team night page 3", "U0OTTO")
    assert "x00" in first
    assert "x20" not in first
    assert "41 to 45 of 45 people" in last
    assert "There is no page 4: there are 3." in ask("/team night page 4", "U0OTTO")


def test_an_agent_s_note_is_of_the_last_week_that_is_over(ask):
    assert "Week of 9 Nov 2026, 21 contacts" in ask("/coach")
    assert "Week of 2 Nov 2026" in ask("/coach me 2026-W45")
    assert "Week of 2 Nov 2026" in ask("/coach 4 Nov 2026")


def test_a_manager_s_note_is_of_the_team_and_one_of_a_person_is_theirs(ask):
    assert "Billing: week of 9 Nov 2026" in ask("/coach", "U0MAYA")
    assert "Ben Sato" in ask("/coach team", "U0MAYA")
    assert "21 contacts" in ask("/coach <@U0BEN>", "U0MAYA")


def test_a_note_is_of_one_week(ask):
    text = ask("/coach last month")
    assert "more than a week" in text
    assert "/coach me 2026-W46" in text


def test_a_week_that_is_not_over_says_so(ask):
    assert "not over" in ask("/coach this week")


def test_a_kpi_is_told_by_its_words_to_anybody(ask):
    assert "Average handle time (aht)" in ask("/kpi handle time", "U0NOBODY")
    assert "First contact resolution `fcr`" in ask("/kpi", "U0NOBODY")


def test_an_unknown_kpi_gets_the_nearest_names(ask):
    text = ask("/kpi fcrr")
    assert "Did you mean fcr" in text
    assert "evenkeel kpis" not in text


@pytest.mark.parametrize("said", ["/evenkeel", "/evenkeel help", "/evenkeel HELP"])
def test_help_tells_every_command_that_the_asker_may_use(ask, said):
    agent, leader = ask(said), ask(said, "U0MAYA")
    for name in ("/scorecard", "/coach", "/kpi", "/evenkeel"):
        assert name in agent
    assert "/team" not in agent
    assert "/team" in leader


def test_help_tells_a_stranger_how_to_be_linked(ask):
    text = ask("/evenkeel help", "U0NOBODY")
    assert "U0NOBODY" in text
    assert "Home tab" in text


def test_help_tells_in_whole_sentences(ask):
    assert "how it comes about, and its traps; or all KPIs there are. For" in ask("/evenkeel")


@pytest.mark.parametrize(
    ("user", "told"),
    [
        ("U0ANA", "You see your own figures, and nobody else's."),
        ("U0MAYA", "those of 2 other people."),
        ("U0OTTO", "You see everybody's figures."),
    ],
)
def test_status_tells_who_one_is_and_how_far_records_go(ask, user, told):
    text = ask("/evenkeel status", user)
    assert told in text
    assert "15 November 2026" in text


def test_status_before_the_first_record_says_so(engine, asker):
    taken(engine, [{"agent": "ana", "slack_user_id": "U0ANA"}], kind="roster")
    assert "No record has been taken in yet" in asker("/evenkeel status")


@pytest.mark.parametrize(
    ("said", "understood", "examples"),
    [
        ("/scorecard me lsat wek", "I understood you", ("/scorecard last week", "since October")),
        ("/team Billing foo", "I understood Billing", ("/team", "/team last month")),
        ("/coach ana foo", "I understood Ana Lima", ("/coach", "2026-W46")),
        ("/evenkeel foo", "“foo” is none of help, settings", ("/evenkeel help", "who")),
    ],
)
def test_unknown_words_get_what_was_understood_and_two_examples(ask, said, understood, examples):
    text = ask(said, "U0MAYA" if said.startswith("/team") else "U0ANA")
    assert understood in text
    assert all(one in text for one in examples)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("/scorecard", "Nothing is known yet of ana, 19 Oct"),
        ("/coach", "No agent handled a contact in the weeks of 2026-11-02"),
    ],
)
def test_no_data_yet_is_a_sentence_with_a_next_step(engine, asker, said, told):
    taken(engine, [{"agent": "ana", "slack_user_id": "U0ANA"}], kind="roster")
    text = asker(said)
    assert "quote `" in text
    assert told in text


def test_nobody_linked_yet_is_told_what_to_take_in(engine, asker):
    taken(engine, interactions({}))
    assert "evenkeel import roster FILE" in asker("/scorecard")


@pytest.mark.parametrize(
    "words",
    ["<!channel> <!subteam^S1|x>", "&lt;!here&gt; *bold* <https://a.example|me>", "x" * 4000],
)
@pytest.mark.parametrize("name", ["scorecard", "team", "coach", "kpi", "evenkeel"])
def test_words_come_back_as_words_and_call_nobody(ask, name, words):
    text = ask(f"/{name} {words}", "U0MAYA")
    assert "<" not in text
    assert len(text) <= 3000
