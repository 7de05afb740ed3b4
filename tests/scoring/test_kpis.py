"""The catalogue: what its entries say holds, and whatever is wrong in one is named."""

import math

import pytest

from scoring import estimate as formulas
from scoring.asking import Sums
from scoring.errors import CatalogueError
from scoring.kpis import FROM_RECORDS, load_catalogue
from scoring.measures import MEASURES
from scoring.quantiles import quantile
from scoring.scorecard import estimate
from tests.scoring.estimates import CATALOGUE

# The keys that docs/cli.md promises.
PROMISED = """
    aht aht_median aht_p90 fcr frt frt_median frt_p90 resolution_time resolution_time_median
    resolution_time_p90 resolution_rate sla sla_first_response sla_resolution escalation_rate
    transfer_rate reopen_rate repeat_contact_rate csat csat_mean nps ces survey_response_rate
    sentiment volume asa abandonment_rate productivity utilization occupancy cost_per_contact
    retention ess self_service bot_deflection bot_containment bot_resolution task_success
    backlog_age
"""
MINE = """
[praise]
name = "Praise"
share = "satisfied"
unit = "percent"
family = "voice"
better = "higher"
level = "agent"
credit = "frozen_share"
counted = "closed"
words = ["praise"]
about = "Answers with praise."
"""


@pytest.fixture
def with_file(tmp_path):
    """The catalogue together with a company's own file."""

    def load(text):
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        return load_catalogue(path)

    return load


def known(values):
    return [value for value in values if not math.isnan(value)]


def worked_out(kpi):
    """The value that an entry's example gives, by the formulas that figures are made with."""
    columns = {name: known(cell) for name, cell in kpi.example.items() if name != "value"}
    values = next(iter(columns.values()))
    if kpi.kind in ("median", "p90", "open_age"):
        return quantile(values, 0.9 if kpi.kind == "p90" else 0.5).value
    if kpi.kind == "part_of":
        return formulas.share(len(values), len(values)).value
    if kpi.kind in FROM_RECORDS:
        squares = sum(value * value for value in values)
        return estimate(kpi, Sums(len(values), sum(values), squares)).value
    if kpi.kind == "rate":
        return formulas.rate(len(values), sum(columns[kpi.operands[1]])).value
    upper, lower = kpi.operands
    plus, _, minus = upper.partition(" - ")
    below = len(columns[lower]) if lower == "handled" else sum(columns[lower])
    return (sum(columns[plus]) - sum(columns.get(minus, ()))) / below


@pytest.mark.parametrize("key", CATALOGUE)
def test_an_entrys_example_holds(key):
    kpi = CATALOGUE[key]
    assert worked_out(kpi) == pytest.approx(kpi.example["value"], rel=1e-12)


@pytest.mark.parametrize("key", CATALOGUE)
def test_an_example_speaks_of_what_its_kpi_is_made_of(key):
    kpi = CATALOGUE[key]
    made_of = {part for one in kpi.operands for part in one.split(" - ")}
    assert set(kpi.example) - {"value"} == ({"open_age"} if kpi.kind == "open_age" else made_of)


@pytest.mark.parametrize("key", CATALOGUE)
def test_an_entry_says_what_it_is_and_what_to_beware_of(key):
    kpi = CATALOGUE[key]
    texts = (kpi.name, kpi.about, kpi.watch, kpi.source, kpi.formula)
    assert all(texts)
    assert kpi.counted_in_words.startswith(("in the period", "by the days"))
    assert kpi.credit_in_words
    assert kpi.level_in_words


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_word_finds_its_kpi(key):
    for word in (key, *CATALOGUE[key].words):
        assert CATALOGUE.find(f" {word.upper()} ").key == key


def test_the_keys_are_those_that_are_promised():
    assert set(PROMISED.split()) <= set(CATALOGUE)
    assert len(CATALOGUE) == len(list(CATALOGUE))


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("average response time", "frt"),
        ("first call resolution", "fcr"),
        ("deflection", "bot_deflection"),
        ("containment", "bot_containment"),
        ("churn", "retention"),
    ],
)
def test_one_thing_with_two_names_is_one_kpi(said, key):
    assert CATALOGUE.find(said).key == key


def test_the_rulings_on_contradictions_stand():
    assert CATALOGUE["aht"].band == (240, 420)
    assert CATALOGUE["aht"].level == CATALOGUE["fcr"].level == "coaching"
    assert (CATALOGUE["ces"].scale, CATALOGUE["ces"].better) == ((1, 7), "higher")
    assert CATALOGUE["nps"].unit == "net points"
    company = ("nps", "ess", "retention", "abandonment_rate", "utilization", "cost_per_contact")
    assert {CATALOGUE[key].level for key in company} == {"team"}


@pytest.mark.parametrize(
    ("kpi", "credit"),
    [
        ("fcr", "first"),
        ("aht", "each"),
        ("escalation_rate", "escalator"),
        ("csat", "frozen_share"),
        ("ces", "frozen_share"),
        ("sla", "closer"),
    ],
)
def test_credit_is_as_section_four_suggests(kpi, credit):
    assert CATALOGUE[kpi].credit == credit


def test_no_speed_is_measured_without_a_guard_of_quality():
    for kpi in CATALOGUE.values():
        families = {CATALOGUE[guard].family for guard in kpi.guards}
        assert kpi.family != "speed" or families & {"quality", "voice"}


def test_a_target_is_a_band_open_on_the_good_side():
    assert CATALOGUE["csat"].band == (0.8, math.inf)
    assert CATALOGUE["frt"].band == (-math.inf, 3600)
    assert CATALOGUE["nps"].band is None


@pytest.mark.parametrize(("said", "hint"), [("cast", "csat"), ("xyzzy", "lists them all")])
def test_an_unknown_name_is_answered_with_the_nearest(said, hint):
    with pytest.raises(CatalogueError, match=f"no KPI called “{said}”.*{hint}"):
        CATALOGUE.find(said)


def test_a_company_changes_what_it_names_and_nothing_else(with_file):
    own = with_file("[csat]\ntarget = 0.9\nat_least = 5\n")
    assert (own["csat"].band, own["csat"].at_least) == ((0.9, math.inf), 5)
    assert own["csat"].about == CATALOGUE["csat"].about
    assert list(own) == list(CATALOGUE)


def test_what_is_like_a_changed_entry_changes_along(with_file):
    assert with_file("[sla]\ntarget = 0.99\n")["sla_resolution"].target == 0.99


def test_a_company_adds_its_own(with_file):
    own = with_file(MINE)
    assert list(own)[-1] == "praise"
    assert own.find("Praise").measure == "satisfied"


def test_a_company_adds_what_is_like_another(with_file):
    own = with_file('[slow]\nlike = "aht_p90"\nname = "Slow ones"\nwords = ["slow ones"]\n')
    assert (own["slow"].kind, own["slow"].family) == ("p90", "speed")


def test_a_companys_words_may_have_capitals(with_file):
    own = with_file(MINE.replace('["praise"]', '["Lob", "Kundenlob"]'))
    assert own.find("kundenlob").key == own.find("Lob").key == "praise"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("satisfied", "happiness"), "praise: there is no measure “happiness”"),
        (
            ('unit = "percent"', 'unti = "percent"'),
            "unknown key “unti” (did you mean unit?)",
        ),
        (('unit = "percent"', ""), "praise: unit: "),
        (('family = "voice"', 'family = "tempo"'), "praise: family: "),
        (('better = "higher"', 'better = "more"'), "praise: better: "),
        (('family = "voice"', 'family = "speed"'), "praise: a speed KPI must name"),
        (("words", 'guards = ["niceness"]\nwords'), "praise: guard “niceness” is no KPI"),
        (('["praise"]', '["stars"]'), "praise and csat_mean share the word “stars”"),
        (("words", 'mean = "rating"\nwords'), "praise: needs exactly one of mean, share"),
        (('share = "satisfied"', ""), "praise: needs exactly one of mean, share"),
        (("[praise]", '[praise]\nlike = "nothing"'), "praise: like names “nothing”"),
        (("words", "target = [1, 2, 3]\nwords"), "praise: target"),
        (("words", "target = [1]\nwords"), "praise: target"),
        (("words", "target = [9, 1]\nwords"), "praise: target"),
        (('counted = "closed"', 'counted = "day"'), "praise: counted names the day"),
        (("[praise]", '[praise]\nlike = "praise"'), "praise: like names “praise”"),
        (("words", "at_least = 0\nwords"), "praise: at_least: "),
    ],
)
def test_a_mistake_is_named(with_file, change, said):
    with pytest.raises(CatalogueError) as error:
        with_file(MINE.replace(*change))
    assert said in str(error.value)


def test_all_mistakes_are_named_at_once(with_file):
    with pytest.raises(CatalogueError) as error:
        with_file('[aht]\nfamiliy = "x"\n[csat]\nshare = "nothing"\n')
    assert "familiy" in str(error.value)
    assert "“nothing”" in str(error.value)


@pytest.mark.parametrize(
    ("kind", "operands"),
    [
        ("rate", '["nothing", "shift.on_queue_hours"]'),
        ("ratio", '["shift.nothing", "shift.paid_seconds"]'),
        ("share", '"shift.nothing"'),
        ("ratio", '"shift.nothing_seconds"'),
        ("mean", '"pulse.nothing"'),
        ("open_age", '"mode"'),
    ],
)
def test_an_operand_that_nobody_knows_is_named(with_file, kind, operands):
    with pytest.raises(
        CatalogueError, match=r"praise: (there is no measure|ratio is made of 2, not 1)"
    ):
        with_file(MINE.replace('share = "satisfied"', f"{kind} = {operands}"))


@pytest.mark.parametrize("text", ["[csat", "\x00", "csat = 0.9"])
def test_a_file_that_is_no_list_of_entries_is_refused_by_name(with_file, text):
    with pytest.raises(CatalogueError, match=r"own\.toml|csat"):
        with_file(text)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(CatalogueError, match=r"missing\.toml cannot be read"):
        load_catalogue(tmp_path / "missing.toml")


def test_a_measure_is_described_in_words():
    assert all(measure.about for measure in MEASURES.values())
