"""Personal data that is made up, by kind, and texts to hide it in."""

from hypothesis import strategies as st

DIGIT = st.sampled_from("0123456789")
# How numbers are written in several countries; a d is any digit.
PHONES = (
    *(
        "+1 ddd ddd dddd",
        "+44 20 dddd dddd",
        "+49dddddddddd",
        "+33 d dd dd dd dd",
        "(ddd) ddd-dddd",
    ),
    *("ddd-ddd-dddd", "ddd.ddd.dddd", "1-ddd-ddd-dddd", "0dd dddd dddd", "0dddd dddddd"),
    *("0d dd dd dd dd", "0049 ddd ddddddd", "0ddddddddd", "ddddd ddddd", "dddddddddd", "ddd-dddd"),
)
# Issuers' first digits and how many digits follow, the last of which is worked out.
CARDS = (("4", 16), ("51", 16), ("2221", 16), ("34", 15), ("37", 15), ("6011", 16), ("3528", 16))
CARDS = (*CARDS, ("30", 14), ("62", 19), ("50", 12))
IBANS = {"DE": 18, "GB": 18, "FR": 23, "NO": 11, "MT": 27, "NL": 14, "CH": 17, "LC": 28}
# Digits, signs of currencies and the @ would be somebody's, or make something of what is hidden.
NOTHING = st.text(st.characters(exclude_categories=["Nd", "Sc", "Cs"], exclude_characters="@:%+#"))
EDGE = st.sampled_from([" ", ", ", "\n", " \u2013 ", ": ", "; "])


@st.composite
def phones(draw):
    """A telephone number as people write it."""
    return "".join(draw(DIGIT) if one == "d" else one for one in draw(st.sampled_from(PHONES)))


@st.composite
def cards(draw):
    """A number of a payment card with its Luhn digit, in groups or not."""
    issuer, length = draw(st.sampled_from(CARDS))
    digits = issuer + "".join(draw(DIGIT) for _ in range(length - len(issuer) - 1))
    digits += str(luhn(digits))
    gap = draw(st.sampled_from(["", " ", "-"]))
    return gap.join(digits[at : at + 4] for at in range(0, length, 4))


def luhn(digits):
    """The digit that makes a number one of a card, as ISO/IEC 7812-1 tells it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


@st.composite
def ibans(draw):
    """An IBAN with its check digits, in groups or not, in capitals or not."""
    country = draw(st.sampled_from(sorted(IBANS)))
    signs = st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    own = "".join(draw(signs) for _ in range(IBANS[country]))
    number = int("".join(str(int(one, 36)) for one in own + country + "00"))
    code = f"{country}{98 - number % 97:02}{own}"
    gap = draw(st.sampled_from(["", " "]))
    code = gap.join(code[at : at + 4] for at in range(0, len(code), 4))
    return code if draw(st.booleans()) else code.lower()


NETWORKS = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(str).filter(lambda one: one != "::"),
    st.ip_addresses(v=6).map(lambda one: one.exploded),
    st.binary(min_size=6, max_size=6).map(lambda raw: raw.hex("-")),
    st.binary(min_size=6, max_size=6).map(lambda raw: raw.hex(":").upper()),
)
TRACES = {
    "email": st.emails(),
    "card": cards(),
    "iban": ibans(),
    "phone": phones(),
    "network address": NETWORKS,
}
ANY_TRACE = st.one_of(*TRACES.values())


@st.composite
def amounts(draw):
    """Money, times, days, durations and short numbers, which are nobody's."""
    number = draw(st.integers(0, 10**8 - 1))
    day, clock = draw(st.dates()), draw(st.times())
    cents = draw(st.integers(0, 99))
    return draw(
        st.sampled_from(
            [
                *(f"${number:,}.{cents:02}", f"{number}.{cents:02}", f"€ {number}", f"{cents} %"),
                *(f"{number} dollars", f"#{number}", f"{cents} minutes", f"{cents}h {cents}m"),
                *(day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%m/%d/%Y}", f"{day:%d-%m-%y}"),
                *(f"{clock:%H:%M}", f"{clock:%H:%M:%S}", f"{day.isoformat()} {clock:%H:%M}"),
                *(f"{clock:%H%M} - {clock:%H%M}", "2019-2020", "24/7", "9 to 5"),
            ]
        )
    )
