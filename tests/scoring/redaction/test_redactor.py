"""Personal data goes out of texts before they are kept, and everything else stays."""

import gzip
import json
import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.errors import SettingsError
from scoring.redaction.names import name_words
from scoring.redaction.redactor import Redactor, shapes_of
from scoring.redaction.stands import as_heard
from tests.judges.outside import outside
from tests.scoring.redaction.made_up import ANY_TRACE, EDGE, NOTHING, TRACES, amounts

PLAIN = Redactor()
ROSTER = ("Ana Souza", "Will Young", "Jo Li", "Örjan O\u2019Neill", "ben@example.com")
STAFFED = Redactor(name_words(ROSTER), shapes_of(["ORD-#*", "##-####"]))
STAND = re.compile(r"\[(?:(?:email|card|iban|phone|number|network address) \d+|agent|customer)\]")
MEGABYTE = 1_000_000


def redacted(text, redactor=PLAIN):
    return redactor.redact_one(text)


def left(text):
    """What is left of a text beside the placeholders."""
    return STAND.sub("", text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("write to kim.lee+x@mail.example.co.uk.", "write to [email 1]."),
        ("<o'neil_7%a@example.com>, please", "<[email 1]>, please"),
        ("jörg@bücher.example", "[email 1]"),
        ("it is kim at example dot co dot uk", "it is [email 1]"),
        # Numbers that card issuers publish for tests.
        ("4111 1111 1111 1111, 5555-5555-5555-4444", "[card 1], [card 2]"),
        ("amex 378282246310005 exp 10/27", "amex [card 1] exp 10/27"),
        # Examples of the IBAN registry.
        ("IBAN GB82 WEST 1234 5698 7654 32 thanks", "IBAN [iban 1] thanks"),
        ("de89370400440532013000.", "[iban 1]."),
        ("NO9386011117947", "[iban 1]"),
        ("MT84 MALT 0110 0001 2345 MTLC AST0 01S", "[iban 1]"),
        # ITU-T E.123 writes numbers so.
        ("(0607) 123 4567 or +22 607 123 4567", "[phone 2] or [phone 1]"),
        ("(977) 625-2661", "[phone 1]"),
        ("call 1-800-433-7300, 24/7", "call [phone 1], 24/7"),
        ("my number is 5551234", "my number is [phone 1]"),
        ("reach me at 5551234, or 555-1234", "reach me at [phone 1], or [phone 1]"),
        ("five: 5 5 5 1 2 3 4 5 6 7", "five: [phone 1]"),
        # RFC 4291 and 5952.
        ("2001:db8::1, 2001:DB8:0:0:0:0:0:1: ok", "[network address 1], [network address 1]: ok"),
        (
            "ping 192.0.2.17:8080 or ::ffff:192.0.2.18",
            "ping [network address 2]:8080 or [network address 1]",
        ),
        ("00-1B-44-11-3A-B7 and 00:1b:44:11:3a:b7", "[network address 1] and [network address 1]"),
        ("order #3348917502", "order #[number 1]"),
    ],
)
def test_what_gives_a_person_away_is_taken_out(text, wanted):
    assert redacted(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "It was $1,250.50 on 2026-11-20 at 10:30, 12.5 % off for 45 minutes",
        "1 250 000 euros, € 1.250.000,00, £1234567.89, 123456789 dollars",
        "4.31977192 stars, 0.1397849460",
        "ticket 4831234, order 77812, case #12345678",
        "between 5/18/2020 and 24.5.2020, 2019-2020, 0900 - 1700, 10:30:45",
        "sizes 38 40 42 44 46, room 4.2.1, std::vector, 10@2.50, 1/2/3",
        "999.1.1.1 and 1.2.3, GB82 WEST, DE12345678, looking at the dot on the map",
        "@united is late :: again :-: 16:9 12:30:",
        "",
    ],
)
def test_what_is_nobody_s_stays(text):
    assert redacted(text) == text


@pytest.mark.parametrize("kind", TRACES)
@given(data=st.data(), before=NOTHING, after=NOTHING, edges=st.tuples(EDGE, EDGE))
def test_a_trace_disappears_from_any_text(kind, data, before, after, edges):
    trace = data.draw(TRACES[kind])
    found = redacted(f"{before}{edges[0]}{trace}{edges[1]}{after}")
    rest = left(found)
    assert STAND.search(found)
    assert "@" not in rest
    assert not re.search(r"\d", rest)
    assert rest.startswith(before[:-20])


@given(text=st.text(), traces=st.lists(ANY_TRACE, max_size=4), rest=st.text())
@example(text="phone [phone 1]", traces=["977 625 2661", "1234567"], rest="usd")
def test_a_redacted_text_stays_as_it_is(text, traces, rest):
    once = redacted(" ".join([text, *traces, rest]), STAFFED)
    assert redacted(once, STAFFED) == once


@given(said=st.lists(st.one_of(amounts(), st.sampled_from(["it", "was", "a", "- (new)"]))))
def test_amounts_days_times_and_short_numbers_stay(said):
    text = ", ".join(said)
    assert redacted(text) == text


@given(NOTHING.filter(lambda text: " dot " not in text))
def test_a_text_with_no_personal_data_stays_as_it_is(text):
    assert redacted(text) == text


@given(st.lists(st.one_of(st.text(), ANY_TRACE), max_size=5))
def test_a_conversation_says_the_same_thing_alike_and_others_apart(texts):
    first = PLAIN.redact(["a@example.com", *texts, "A@EXAMPLE.COM b@example.com"])
    assert first[0] in first[-1]
    assert len(set(STAND.findall(first[-1]))) == 2


def test_a_placeholder_that_is_there_keeps_its_number():
    told = PLAIN.redact(["it is [email 3], said Kim", "no, kim@example.com"])
    assert told == ["it is [email 3], said Kim", "no, [email 4]"]


def test_no_mood_rests_on_a_placeholder_s_words():
    text = "[agent], call [phone 12] or [email 1] [about it] [number]"
    assert as_heard(text) == ", call 0 or  [about it] [number]"
    assert as_heard("nothing") == "nothing"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Thanks ana souza, bye ANA", "Thanks [agent], bye [agent]"),
        ("Ana-Souza's chat", "[agent]'s chat"),
        ("will you call Will Young?", "will you call [agent]?"),
        ("Will he? Young people", "Will he? Young people"),
        ("Jo Li, li jo, Jo", "[agent], li jo, Jo"),
        ("Örjan, ÖRJAN O\u2019Neill", "[agent], [agent]"),
        ("banana, anagram, Anas", "banana, anagram, Anas"),
        ("ORD-77a-3 and 12-3456 but not 112-3456", "[number 1] and [number 2] but not [phone 1]"),
    ],
)
def test_names_on_the_roster_and_numbers_of_a_shape_are_taken_out(text, wanted):
    assert redacted(text, STAFFED) == wanted


@pytest.mark.parametrize(
    ("customer", "text", "wanted"),
    [
        ("Kim Lee", "I'm kim. KIM LEE, not Ana", "I'm [customer]. [customer], not [agent]"),
        ("4711", "customer 4711, not 47110", "customer [customer], not 47110"),
        ("cminh730", "Username: cminh730", "Username: [customer]"),
        ("Ana Lee", "Ana", "[customer]"),
        ("42", "42 minutes", "42 minutes"),
        ("Will Moon", "I, Will, will", "I, [customer], will"),
        ("kim@example.com", "KIM@example.com, ok?", "[customer], ok?"),
        ("", "nobody", "nobody"),
    ],
)
def test_the_customer_is_taken_out_by_name_and_id(customer, text, wanted):
    assert STAFFED.redact([text], [customer]) == [wanted]


NAMES = st.lists(st.sampled_from(["Ana", "Souza", "Will", "Young", "Jo", "Mark"]), max_size=3)
SAID = st.lists(
    st.sampled_from(["Ana", "souza", "Will", "will", "Young", "Jo", "Mark", "and", "[agent]"])
)


@given(known=NAMES, later=NAMES, words=SAID, gap=st.sampled_from([" ", "-", ", ", ". "]))
def test_a_name_that_is_known_later_leaves_what_it_had_left_known_before(known, later, words, gap):
    text = gap.join(words)
    all_known = Redactor(name_words([*known, *later]))
    before = redacted(text, Redactor(name_words(known)))
    assert redacted(before, all_known) == redacted(text, all_known)


@pytest.mark.parametrize("shape", ["ORD", "A*B#", "#", "*", "-#"])
def test_what_is_no_shape_is_told(shape):
    with pytest.raises(SettingsError, match="is no shape of a number"):
        shapes_of([shape])


def test_no_shape_is_none():
    assert shapes_of(["", " "]) is None


@pytest.mark.parametrize(
    "sign",
    [
        *("a", "@", "a@", "a.", "a@b.", ":", "1:", "a:", "1.", "1 ", "1-", "(", "+1", "AA11"),
        *("AA11 ", "a at b dot ", "12 ", "1/1/2020 ", "[email 1", "Ana ", "ORD-", "phone 1"),
    ],
)
def test_a_megabyte_of_anything_is_read_through(sign):
    # In a pattern that goes back over what it read, this would take days.
    text = sign * (MEGABYTE // len(sign))
    assert len(redacted(text, STAFFED)) <= 2 * MEGABYTE


@pytest.mark.parametrize("sign", ["1 ", "977-625-2661 ", "a@b.c ", "1.1.2020 ", "GB82WEST "])
def test_the_work_goes_with_the_length(sign):
    assert calls(sign * 4000) <= 2.2 * calls(sign * 2000)


def calls(text):
    """How many calls it takes to redact a text."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        redacted(text, STAFFED)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.outside_data
def test_real_looking_dialogues_keep_nothing_of_their_customers():
    with gzip.open(outside("abcd_sample") / "abcd_sample.json.gz") as file:
        dialogues = json.load(file)
    assert len(dialogues) == 3
    for dialogue in dialogues:
        personal, order = dialogue["scenario"]["personal"], dialogue["scenario"]["order"]
        customer = [personal[key] for key in ("customer_name", "username") if key in personal]
        texts = [text for _, text in dialogue["original"]]
        found = "\n".join(PLAIN.redact(texts, customer)).casefold()
        told = [personal.get("email"), personal.get("phone"), order.get("order_id")]
        gone = [*filter(None, told), *customer]
        assert not [one for one in gone if one in found]
        assert not set(customer[0].split()) & set(re.findall(r"\w+", found))
