import gzip
import json

import numpy as np
import pytest

from bench.train_strained import RIDGE, Chat, chats_of, fit, main, trained_on, unseen
from scoring.sentiment.conversations import Message
from scoring.sentiment.engines import engine
from scoring.sentiment.strained import directions
from tests.judges.outside import outside

SIGNS = np.array(list(directions().values()))
HEADER = "chat_id,tasks,customer_annoyed,solved"


def sample(rows=4000):
    rng = np.random.default_rng(0)
    values = rng.gamma(2.0, 1.0, (rows, len(SIGNS))) * np.linspace(0.5, 3, len(SIGNS))
    # The last feature speaks for strain, though it may count against it only.
    logits = values[:, 0] - 0.5 * values[:, -4] + 0.3 * values[:, -1] - 4
    return values, rng.random(rows) < 1 / (1 + np.exp(-logits))


def test_the_fit_is_the_best_within_its_bounds():
    """Karush, Kuhn and Tucker: flat where a weight is free, downhill into the bound elsewhere."""
    values, outcomes = sample()
    model = fit(values, outcomes)
    scaled = (values - values.mean(axis=0)) / values.std(axis=0)
    weights = model.weights * values.std(axis=0)
    rest = outcomes - 1 / (1 + np.exp(-model.logits(values)))
    pull = scaled.T @ rest - RIDGE * weights
    free = weights != 0
    assert pull[free] == pytest.approx(0, abs=1e-4)
    assert (pull[~free] * SIGNS[~free] <= 1e-4).all()
    assert rest.sum() == pytest.approx(0, abs=1e-4)


def test_a_feature_that_points_the_wrong_way_counts_nothing():
    weights = fit(*sample()).weights
    assert weights[-1] == 0
    assert weights[0] > 0.5
    assert (weights * SIGNS >= 0).all()


def chat(agent, text, **answers):
    given = {"annoyed": False, "solved": None} | answers
    return Chat(agent, "weather", (Message("customer", text), Message("agent", "ok")), **given)


def test_no_chat_is_judged_by_a_model_that_saw_its_agent():
    """Only the customers of one agent insult: a model without that agent cannot know the sign."""
    insulted = [chat("a", "You stupid idiot!", annoyed=True) for _ in range(30)]
    others = [chat(f"{place}", "Hello", annoyed=place % 8 == 0) for place in range(80)]
    chats = [*insulted, *others]
    assert trained_on(chats, engine("textblob"))["weights"]["insult"] > 0
    scores = next(unseen(chats, "textblob", [each.agent for each in chats]))
    assert scores[:30] == pytest.approx(np.log(1 / 7), abs=0.5)


def test_chats_in_which_the_customer_said_nothing_are_left_out(tmp_path):
    turns = {"1": [["customer", 0, "Hi"], ["agent", 1, "Hello"]], "2": [["agent", 0, "Hello?"]]}
    lines = [
        json.dumps({"chat_id": int(name), "agent_id": "a", "turns": said})
        for name, said in turns.items()
    ]
    with gzip.open(tmp_path / "chats_x.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    with gzip.open(tmp_path / "interactions_x.csv.gz", "wt", encoding="utf-8") as file:
        file.write(f"{HEADER}\n1,weather,1,\n2,weather,0,1\n")
    messages = (Message("customer", "Hi"), Message("agent", "Hello"))
    assert list(chats_of(tmp_path)) == [Chat("a", "weather", messages, annoyed=True, solved=None)]


def test_annoyed_customers_of_unseen_agents_are_found_where_vader_is_behind(capsys):
    main([str(outside("star_chats"))])
    rows = [line.rsplit(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    found = {row[0].strip(): row[1:] for row in rows if row and row[-1].endswith("%")}
    areas = {name: float(area) for name, (area, _top) in found.items()}
    assert areas["strained, on service"] >= 0.83
    assert float(found["strained, on service"][1].rstrip("%")) >= 55
    assert areas["VADER, plain mean"] < areas["strained, on service"] - 0.1
