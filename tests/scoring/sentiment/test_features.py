import pytest

from scoring.sentiment.features import Reader, parts


@pytest.fixture(scope="module")
def reader():
    return Reader()


def phrases(reader, text, **author):
    reading = reader.read(text, **author)
    return [reader.written(reading, each.first, each.end) for each in reading.phrases]


def test_parts_are_the_runs_of_three_to_five_letters_with_ends_marked():
    assert parts("bad") == {"<ba", "<bad", "<bad>", "ad>", "bad", "bad>"}
    assert parts("!") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She is still waiting for it", ["still waiting"]),
        ("Nobody called. NEVER   ARRIVED!", ["Nobody called", "NEVER ARRIVED"]),
        ("no problem", ["no problem"]),
        ("a problem", ["problem"]),
    ],
)
def test_the_longest_phrase_at_a_place_is_found(reader, text, expected):
    assert phrases(reader, text) == expected


def test_words_neutral_in_support_talk_say_nothing(reader):
    assert reader.read("sure, more of the first, right").assessment.found == []


@pytest.mark.parametrize(
    "text", ["it isn't good", "it isn\u2019t good", "it isnt good", "it is not good"]
)
def test_a_contraction_negates(reader, text):
    assert reader.read(text).assessment.polarity < 0


def test_an_agents_courtesy_is_blanked_out_and_told(reader):
    reading = reader.read("I'm so sorry, that is terrible", by_agent=True)
    assert reading.courtesy
    assert "sorry" not in {term.text for term in reading.terms}
    assert not reader.read("I'm so sorry, that is terrible").courtesy


@pytest.mark.parametrize(
    "text",
    [
        "Great, another two weeks without internet",
        "Still no internet. Fantastic.",
        "Thanks for nothing",
        "Oh great",
        "Brilliant. Third time this week.",
        "Your agent was nice but I am still waiting",
    ],
)
def test_praise_beside_a_complaint_is_irony_and_its_words_are_not_kind(reader, text):
    reading = reader.read(text)
    assert reading.ironic
    assert all(each.value <= 0 for each in reading.assessment.found)


@pytest.mark.parametrize(
    "text",
    [
        "Great, thanks, it was delayed but fixed quickly",
        "Great service, no delays",
        "Fantastic. I love it",
        "I was still waiting but the agent was great to me",
    ],
)
def test_praise_that_is_meant_is_no_irony(reader, text):
    assert not reader.read(text).ironic


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("why?", "question"),
        ("Why is it late?", "asks why"),
        ("Can you help?", "asks yes or no"),
        ("what??", "question doubled"),
        ("now!", "exclamation"),
        ("NOW PLEASE HELP THEM", "all shouted"),
        ("I'm LATE now", "shouted"),
        ("my flight is here", "service told"),
        ("which flight?", "service asked"),
        ("hm...", "dots"),
    ],
)
def test_how_a_text_is_written_is_a_cue(reader, text, cue):
    assert reader.read(text).cues[cue] > 0


def test_what_it_remembers_is_bounded(monkeypatch):
    monkeypatch.setattr("scoring.sentiment.features.MOST_PIECES", 3)
    small = Reader()
    for text in ["one two three four", "five six seven", "eight"]:
        before = [term.text for term in Reader().read(text).terms]
        assert [term.text for term in small.read(text).terms] == before
    assert len(small._pieces) == 4
