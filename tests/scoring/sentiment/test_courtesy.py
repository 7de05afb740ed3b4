import pytest

from scoring.sentiment.courtesy import Courtesy, courtesy

CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
NONE = Courtesy(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Hello, how can I help?", {"greetings"}),
        ("Good afternoon Mr Okafor", {"greetings"}),
        ("I'm so sorry about that", {"apologies"}),
        ("We apologise for the delay", {"apologies"}),
        ("My apologies, I missed your message", {"apologies"}),
        ("I understand how frustrating this is", {"empathy"}),
        ("I can really see why you are upset", {"empathy"}),
        ("That must have been stressful", {"empathy"}),
        ("Thanks for your patience", {"thanks"}),
        ("I appreciate your patience", {"thanks"}),
        ("Hi Ann, sorry! I can imagine how you feel, and thank you for waiting",
         {"greetings", "apologies", "empathy", "thanks"}),
        ("I completely understand, I would be upset too", {"empathy"}),
        ("We know how important this parcel is to you", {"empathy"}),
        ("I see that you ordered two", set()),
        ("This must be signed by both of you", set()),
        ("Your order leaves today", set()),
        ("I understand. What is the number?", set()),
        ("The sorry-looking box said hello", {"apologies"}),
        ("", set()),
    ],
)  # fmt: skip
def test_each_kind_of_courtesy_is_known_by_its_words(text, kinds):
    counts = courtesy([text])
    fields = ("greetings", "apologies", "empathy", "thanks")
    assert {field for field in fields if getattr(counts, field)} == kinds


def test_a_message_counts_once_for_a_kind():
    assert courtesy(["Sorry, so sorry, I apologise", "sorry"]) == Courtesy(0, 2, 0, 0)


def test_curly_apostrophes_read_as_straight_ones():
    assert courtesy([f"I{CURLY}d feel the same, I{CURLY}m sorry"]) == Courtesy(0, 1, 1, 0)


def test_no_messages_show_no_courtesy():
    assert courtesy([]) == NONE


def test_the_total_is_all_four():
    assert courtesy(["Hello", "Sorry", "Thank you"]).total == 3
