import pytest

from scoring.sentiment import phrases
from scoring.sentiment.phrases import vocabulary
from scoring.sentiment.terms import terms

FILE = """
neutral = "sure"
service = "order"
[waiting]
says = "negative"
weight = 1.5
of_matter = true
phrases = '''
still/keep waiting [for]
can't wait
# hours
'''
[agent_courtesy]
says = "neutral"
weight = 0.0
phrases = "sorry"
"""


def listed(root, before=()):
    for term, node in root.items():
        if node.group:
            yield " ".join((*before, term))
        yield from listed(node.after, (*before, term))


@pytest.fixture
def small(monkeypatch, tmp_path):
    path = tmp_path / "phrases.toml"
    path.write_text(FILE, "utf-8")
    monkeypatch.setattr(phrases, "FILE", path)
    return vocabulary()


def test_a_line_stands_for_every_phrase_it_allows(small):
    assert set(listed(small.starts)) == {
        "still waiting",
        "still waiting for",
        "keep waiting",
        "keep waiting for",
        "can not wait",
        "# hours",
    }


def test_courtesy_of_an_agent_is_kept_apart(small):
    assert set(listed(small.courtesy)) == {"sorry"}
    assert "sorry" not in small.starts


def test_a_group_has_what_the_file_says_of_it(small):
    (group,) = small.groups
    assert (group.name, group.says, group.weight) == ("waiting", "negative", 1.5)
    assert group.of_matter
    assert not group.ironic


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("still waiting", "negative"),
        ("third time", "negative"),
        ("still not", "negative"),
        ("no one called", "negative"),
        ("hung up", "negative"),
        ("never arrived", "negative"),
        ("promised", "negative"),
        ("unacceptable", "negative"),
        ("thank you", "positive"),
        ("sorted", "positive"),
        ("how do I", "neutral"),
    ],
)
def test_the_shipped_file_knows_the_phrase(phrase, says):
    first, *rest = (term for word in phrase.split() for term in terms(word))
    node = vocabulary().starts[first]
    for term in rest:
        node = node.after[term]
    assert node.group.says == says


def test_every_group_says_one_of_the_three_labels_with_some_weight():
    for group in vocabulary().groups:
        assert group.says in {"negative", "neutral", "positive"}
        assert 0 < group.weight < 4
