"""Who sees what through which tool: nothing of anybody else, in the words for what never was."""

import itertools
import json
from datetime import date

import pytest

from bot.access import NOBODY
from bot.tools.desk import GONE
from bot.tools.offering import offer_for
from scoring.database import reading
from scoring.errors import AccessError, UnknownNameError
from scoring.looks import looks_at
from scoring.people import find_agent
from tests.factories import interaction, taken

SEES = {"ana": {"ana"}, "maya": {"maya", "ana", "ben"}, "otto": {"ana", "ben", "rita"}}
NAMES = {"ana": "Ana Lima", "ben": "Ben Sato", "rita": "Rita Roy"}
# What each tool is asked of somebody, by whatever they are called.
ABOUT = {
    "scorecard": lambda who: {"people": [who], "kpis": ["aht"]},
    "evidence": lambda who: {"kpi": "aht", "person": who},
    "note": lambda who: {"person": who, "week": "last week"},
    "ask": lambda who: {"question": f"What was the aht of {who} last week?"},
    "commitment": lambda who: {"metric": "aht", "text": "Read it back", "person": who},
    "remark": lambda who: {"text": "Well done.", "person": who},
}
READING = ("scorecard", "evidence", "note", "ask")
HIDDEN = [
    (viewer, NAMES[other]) for viewer, other in [("ana", "ben"), ("ana", "rita"), ("maya", "rita")]
]


def said(call, who, name, given):
    """What a tool says, whether it answers or refuses."""
    try:
        return call(who, name, **given).text
    except AccessError as error:
        return str(error)


@pytest.mark.parametrize(("viewer", "hidden"), HIDDEN)
@pytest.mark.parametrize("name", ABOUT)
def test_who_may_not_be_seen_is_told_of_as_one_who_never_was(call, viewer, hidden, name):
    told = said(call, viewer, name, ABOUT[name](hidden))
    assert told == said(call, viewer, name, ABOUT[name]("Zita Foo"))
    assert hidden.split()[0] not in told
    assert name == "ask" or told == NOBODY


@pytest.mark.parametrize(("viewer", "other"), [("ana", "ana"), ("maya", "ben"), ("otto", "rita")])
@pytest.mark.parametrize("name", READING)
def test_who_may_be_seen_is_told_of(call, viewer, other, name):
    told = said(call, viewer, name, ABOUT[name](NAMES[other]))
    assert told != NOBODY
    assert any(word in told for word in ("min", "contacts")), told


@pytest.mark.parametrize("viewer", SEES)
@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("scorecard", {"by": ["agent"]}),
        ("scorecard", {"by": ["agent", "week"], "period": "since October"}),
        ("scorecard", {}),
        ("evidence", {"kpi": "aht"}),
        ("ask", {"question": "aht by agent last week"}),
        ("ask", {"question": "Who has the best csat last week?"}),
        ("note", {}),
    ],
)
def test_a_tool_that_names_nobody_tells_of_those_alone_whom_its_viewer_sees(
    call, viewer, name, given
):
    told = call(viewer, name, **given)
    known = f"{told.text} {json.dumps(dict(told.facts))}"
    others = {NAMES[one].split()[0] for one in NAMES.keys() - SEES[viewer]}
    assert [one for one in others if one in known or f"{one.lower()}@" in known] == []


def test_who_left_a_team_for_another_s_people_is_not_shown_by_it(call, services):
    # Nia leads all who are in Night today, so sees it as a whole; Uma, who left it, was not hers.
    hers = [
        {"agent": "nia@example.com", "team": "Heads", "role": "agent"},
        {"agent": "tom", "name": "Tom", "team": "Night", "manager": "nia@example.com"},
        {"agent": "uma", "name": "Uma", "team": "Night", "ended_on": "2026-11-12"},
    ]
    taken(services.engine, hers, kind="roster")
    rows = [{"agent": "tom"}, {"agent": "uma"}, {"agent": "uma"}]
    ids = [{"interaction_id": f"x{at}"} for at in range(len(rows))]
    taken(services.engine, [interaction(**row, **one) for row, one in zip(rows, ids, strict=True)])
    (whole,) = call("nia", "scorecard", teams=["Night"], kpis=["aht"]).facts["rows"]
    assert whole["n"] == 3
    for name, given in [
        ("scorecard", {"by": ["agent"], "kpis": ["aht"]}),
        ("evidence", {"kpi": "aht", "team": "Night"}),
    ]:
        told = call("nia", name, **given)
        known = f"{told.text} {json.dumps(dict(told.facts))}".lower()
        assert "tom" in known
        assert "uma" not in known


def test_the_latest_scorecards_are_of_those_whom_their_viewer_sees(offer):
    found = {}
    for viewer in SEES:
        page = next(one for one in offer(viewer).pages if one.address == "scorecard://latest")
        found[viewer] = {row["agent"].split("@")[0] for row in json.loads(page.read())["rows"]}
    assert found == {"ana": {"ana"}, "maya": {"ana", "ben"}, "otto": {"ana", "ben", "rita"}}


@pytest.mark.parametrize("team", ["Sales", "Nowhere"])
@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("scorecard", lambda team: {"teams": [team]}),
        ("evidence", lambda team: {"kpi": "aht", "team": team}),
        ("note", lambda team: {"team": team}),
    ],
)
def test_a_team_that_may_not_be_seen_never_was(call, name, given, team):
    for viewer in ("ana", "maya"):
        with pytest.raises(AccessError, match=r"^There is nobody and no team of that name"):
            call(viewer, name, **given(team))


def test_an_agent_s_own_figures_are_not_shown_as_those_of_the_team(call):
    with pytest.raises(AccessError, match="You lead no whole team in that"):
        call("ana", "scorecard", by=["team"])


def test_openings_are_written_for_those_who_may_be_seen(offer):
    def text(viewer, name, **given):
        return {one.name: one for one in offer(viewer).openings}[name].text(given)

    assert "Ana Lima" in text("maya", "team_talk")
    assert "21 contacts" in text("maya", "one_to_one", person="Ana Lima")
    for viewer, name, given in [
        ("maya", "one_to_one", {"person": "Rita Roy"}),
        ("ana", "one_to_one", {"person": "Ben Sato"}),
        ("ana", "team_talk", {"team": "Billing"}),
        ("ana", "team_talk", {}),
    ]:
        with pytest.raises(AccessError):
            text(viewer, name, **given)


def test_nobody_is_offered_anything(services):
    with pytest.raises(UnknownNameError):
        offer_for("zoe@example.com", services)


def test_who_leads_nobody_any_more_sees_nobody_any_more(offer, services):
    tools = {one.name: one for one in offer("maya").tools}
    assert "Ben Sato" in tools["scorecard"].answer({"by": ["agent"]}).text
    moved = {"agent": "maya@example.com", "name": "Maya Cho", "team": "Billing", "role": "agent"}
    taken(services.engine, [moved], kind="roster")
    assert "Ben Sato" not in tools["scorecard"].answer({"by": ["agent"]}).text


def test_who_is_gone_from_the_roster_is_told_no_names(offer, monkeypatch):
    (tool,) = (one for one in offer("maya").tools if one.name == "scorecard")

    def gone(*_):
        raise UnknownNameError("Nobody is called that. Did you mean Ben Sato?")

    monkeypatch.setattr("scoring.viewers.viewer_of", gone)
    with pytest.raises(AccessError) as told:
        tool.answer({})
    assert str(told.value) == GONE


@pytest.fixture
def looked(services):
    """Who looked at somebody's figures, in what, how often."""

    def looked(who):
        with reading(services.engine) as connection:
            agent = find_agent(connection, f"{who}@example.com")
            found = looks_at(connection, agent, date(2026, 11, 1))
        return [(one.viewer, one.what, one.times) for one in found]

    return looked


@pytest.mark.parametrize("name", READING)
def test_a_look_at_somebody_is_kept_as_it_is_in_slack(call, looked, name):
    call("maya", name, **ABOUT[name]("Ben Sato"))
    call("maya", name, **ABOUT[name]("Ben Sato"))
    assert looked("ben") == [("Maya Cho", f"tool {name}", 2)]
    assert looked("ana") == []


def test_those_whose_figures_stand_in_a_list_were_looked_at(call, offer, looked):
    call("maya", "scorecard", by=["agent"])
    call("otto", "ask", question="aht by agent last week")
    offer("otto").pages[0].read()
    assert looked("ana") == looked("ben")
    assert sorted(looked("ben")) == [
        ("Maya Cho", "tool scorecard", 1),
        ("Otto Ek", "tool ask", 1),
        ("Otto Ek", "tool scorecard", 1),
    ]


def test_what_tells_of_nobody_alone_and_looks_at_oneself_are_not_kept(call, looked):
    call("maya", "scorecard", teams=["Billing"])
    call("ana", "note")
    call("ana", "scorecard", people=["me"])
    with pytest.raises(AccessError):
        call("ana", "scorecard", people=["Ben Sato"])
    assert list(itertools.chain.from_iterable(map(looked, NAMES))) == []
