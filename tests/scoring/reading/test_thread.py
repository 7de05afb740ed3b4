"""A follow-up changes the question before it, and nothing else of it."""

import pytest

from scoring.reading.questions import read_question
from scoring.reading.reading import Refused, Unclear
from tests.scoring.reading.maya import expected, outcome, world_of

WORLD = world_of()
FCR = "Compare Ana's FCR with the team median since October"
TOP = "Top 5 agents by CSAT this month"
WHO, WHY = "who needs coaching last week", "why did aht go up last week"
SHOW = "3 chats dev escalated last week"
BILLING = "csat for billing last week"


@pytest.mark.parametrize(
    ("first", "then", "reading"),
    [
        (FCR, "And only chat?", "fcr; of ana; channel=chat; tq; vs team_median"),
        (FCR, "what about Ben?", "fcr; of ben; tq; vs team_median"),
        (FCR, "and last month?", "fcr; of ana; lm; vs team_median"),
        (FCR, "by channel?", "fcr; by channel; of ana; tq; vs team_median"),
        (FCR, "and csat?", "csat; of ana; tq; vs team_median"),
        (FCR, "vs the rest", "fcr; of ana; tq; vs rest"),
        (FCR, "why?", "explain; fcr; of ana; tq; vs before"),
        (TOP, "only top 3", "csat; by agent; tm; order csat best; limit 3"),
        (TOP, "worst first", "csat; by agent; tm; order csat worst; limit 5"),
        (TOP, "and on aht?", "aht; by agent; tm; order aht best; limit 5"),
        (TOP, "just billing", "csat; by agent; in billing; tm; order csat best; limit 5"),
        (TOP, "by team instead", "csat; by team; tm; order csat best; limit 5"),
        (TOP, "as a weekly trend", "csat; by week; tm"),
        (TOP, "and what is ben's aht last week?", "aht; of ben; lw"),
        (BILLING, "and technical?", "csat; in technical; lw"),
        (BILLING, "compared with the week before?", "csat; in billing; lw; vs pw"),
        (BILLING, "and the week before?", "csat; in billing; pw"),
        (TOP, "the month before?", "csat; by agent; lm; order csat best; limit 5"),
        (BILLING, "how about refunds", "csat; in billing; issue_type=refund; lw"),
        (BILLING, "fcr of dev by channel since october", "fcr; by channel; of dev; tq"),
        (FCR, "and not on chat?", "fcr; of ana; channel=email|phone; tq; vs team_median"),
        (TOP, "except Ben", "csat; by agent; of ana chloe dev; tm; order csat best; limit 5"),
        (BILLING, "and without Ana?", "csat; of chloe; lw"),
        (FCR, "without Ben?", "unclear"),
        (WHO, "and in technical?", "coaching; by agent; in technical; lw"),
        (WHO, "by channel?", "unclear"),
        (WHO, "the worst first?", "unclear"),
        (WHY, "and for billing?", "explain; aht; in billing; lw; vs before"),
        (
            SHOW,
            "and ben?",
            "examples; volume; of ben; channel=chat; outcome=escalated; lw; limit 3",
        ),
        (BILLING, "what about his fcr", "unclear"),
        (BILLING, "by hmm", "unclear"),
        (BILLING, "and zoe?", "refused"),
    ],
)
def test_a_follow_up_changes_what_it_names(first, then, reading):
    before = read_question(first, WORLD).query
    assert outcome(then, WORLD, before) == expected(reading)


@pytest.mark.parametrize("words", ["And only chat?", "what about Ben?", "by channel?", "why?"])
def test_a_follow_up_of_nothing_is_asked_back(words):
    assert isinstance(read_question(words, WORLD), Unclear)


def test_a_name_outside_is_refused_in_a_thread_too():
    before = read_question(BILLING, WORLD).query
    assert isinstance(read_question("what about Zoe?", WORLD, before), Refused)
