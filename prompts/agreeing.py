"""Whether a form says what a question says, no less and no more, by the meanings of its words.

Every name, number, period and KPI of the question must be in the form, and nothing else; a word
that the reader does not know must be claimed by a part of the form that is said nowhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from prompts.forms import Figure, QuestionForm
from prompts.heard import VOLUME, Heard, hear, sign
from prompts.retold import figure_words
from scoring.reading.grammar import CHANGED, COMPARED, MOVE, RANKED_MOVE, VERSUS
from scoring.reading.spans import Lexicon

# What asks for changes, and not for values.
_CHANGES = (MOVE, RANKED_MOVE, CHANGED)
_GOOD = {"higher": "+", "lower": "-", "within": "-"}


@dataclass(frozen=True)
class Agreement:
    """A question, a form, and the meanings of the form as it was said again."""

    question: Heard
    form: QuestionForm
    told: Heard
    lexicon: Lexicon

    @property
    def contradicts(self) -> bool:
        """Whether the form leaves out or makes up what words of the question name."""
        asked, told = self.question, self.told
        return (
            asked.named != told.named
            or asked.others != told.others
            or asked.numbers != told.numbers
            or not asked.kpis <= told.kpis
            or not asked.rows <= told.rows
            or not asked.against <= told.against
            or any(self._is_made_up(one) for one in self.form.figures.values())
            or self._intent_differs()
            or self._compares_nothing()
            or (bool(self.form.everything) and not asked.asks_everything)
        )

    @property
    def is_doubtful(self) -> bool:
        """Whether the form may say more or less than the question, in what nothing names."""
        return (
            bool(self.question.unknown - self.claimed - (self.empty & self.question.edges))
            or not all(self._is_told(one) for one in self.question.signs)
            or not all(self._is_said(one) for one in self._signs())
            or self._adds()
            or not all(self._is_bound(one) for one in self.form.figures.values())
            or not self._is_ordered()
            or self._is_claimed_twice()
            or self._splits_a_list()
        )

    @cached_property
    def claimed(self) -> set[int]:
        """The unknown words that are the only ones to say a part of the form."""
        found: set[int] = set()
        for said, needed in self._claims():
            found |= self._unknown(said) if needed else set()
        return found

    @cached_property
    def empty(self) -> set[int]:
        """The unknown words that the form takes to say nothing."""
        places = set().union(*(self._unknown(said) for said in self.form.empty_words))
        return places - self.claimed

    def assumptions(self) -> Iterator[str]:
        """What the unknown words were taken for, a sentence each."""
        for one in self.form.figures.values():
            if words := self.question.said(self._unknown(one.said)):
                name = self.lexicon.world.catalogue[one.kpi].name
                must = f", {one.must.replace('_', ' ')}" if one.must else ""
                yield f"“{words}” was taken by the model to mean {name}{must}."
        for at in sorted(self.empty):
            yield f"“{self.question.said({at})}” was taken by the model to ask for nothing."
        rest = self.claimed - set().union(
            *(self._unknown(one.said) for one in self.form.figures.values())
        )
        if rest:
            yield f"“{self.question.said(rest)}” was read by the model."

    def _claims(self) -> Iterator[tuple[str | None, bool]]:
        """The words that a part of the form says it is from, and whether it needs them."""
        form, asked = self.form, self.question
        for one in form.figures.values():
            moved = one.must is not None and not self._is_said((one.kpi, sign(_test(one))))
            yield one.said, one.kpi not in self._known_kpis() or moved
        yield form.rows_said, not set(form.rows) <= asked.rows
        yield form.intent_said, form.intent != "figures" and not asked.intents
        joined = asked.against and asked.has(VERSUS, COMPARED)
        yield form.compared_said, form.compared_with is not None and not joined
        order = next(iter(self._order()), None)
        yield form.order_said, order is not None and not self._is_said(order)

    def _unknown(self, said: str | None) -> set[int]:
        return self.question.places(said) & self.question.unknown

    def _known_kpis(self) -> set[str]:
        return self.question.kpis | ({VOLUME} if self.question.counts_contacts else set())

    def _is_made_up(self, one: Figure) -> bool:
        return one.kpi not in self._known_kpis() and not self._unknown(one.said)

    def _intent_differs(self) -> bool:
        intents, own = self.question.intents, self.form.intent
        if own == "figures" or intents:
            return intents != ({own} - {"figures"})
        return not self._unknown(self.form.intent_said)

    def _compares_nothing(self) -> bool:
        """Whether the question compares, or asks for a change, and the form does not."""
        form, asked = self.form, self.question
        if form.compared_with is not None or form.intent == "explain":
            return False
        several = form.rows or len(form.people) > 1 or len(form.teams) > 1
        moves = form.order_of == "change" or any(
            one.must is not None and one.bound is None for one in form.figures.values()
        )
        return (asked.has(CHANGED) and not moves) or (asked.has(VERSUS, COMPARED) and not several)

    def _signs(self) -> Iterator[tuple[str, str]]:
        """Which way each condition and the order of the form point, unless its words say so."""
        for one in self.form.figures.values():
            if one.must is not None and not self._unknown(one.said):
                yield one.kpi, sign(_test(one))
        if not self._unknown(self.form.order_said):
            yield from self._order()

    def _order(self) -> Iterator[tuple[str, str]]:
        figure = self.form.figures.get(int(self.form.order_figure or 0))
        if figure is not None and self.form.order_first is not None:
            yield figure.kpi, sign(self.form.order_first)

    def _is_said(self, way: tuple[str, str]) -> bool:
        """Whether the question points that way for the KPI."""
        return self._points(self.question, way)

    def _is_told(self, points: str) -> bool:
        """Whether the form points that way for one of its KPIs."""
        figures = self.form.figures.values()
        ways = [(one.kpi, sign(_test(one))) for one in figures if one.must is not None]
        ways += self._order()
        return any(self._same(kpi, points, own) for kpi, own in ways)

    def _same(self, kpi: str, one: str, other: str) -> bool:
        return one == other or self._plain(kpi, one) == self._plain(kpi, other)

    def _plain(self, kpi: str, points: str) -> str:
        """Good and bad as up and down, where the KPI has a good direction."""
        good = _GOOD.get(self.lexicon.world.catalogue[kpi].better)
        if points not in {"good", "bad"} or good is None:
            return points
        return good if points == "good" else {"+": "-", "-": "+"}[good]

    def _adds(self) -> bool:
        """Whether the form has rows or a comparison that nothing asks for."""
        form, asked = self.form, self.question
        listed = {"agent"} if form.order_first or any(self._signs()) else set()
        several = {"agent"} if len(form.people) > 1 else {"team"} if len(form.teams) > 1 else set()
        rows = set(form.rows) - asked.rows - listed - several
        compared = self.told.against - asked.against
        return (bool(rows) and not self._unknown(form.rows_said)) or (
            bool(compared) and not self._unknown(form.compared_said)
        )

    def _is_bound(self, one: Figure) -> bool:
        """Whether the words of a figure say what must hold of this KPI, and not of another."""
        if one.must is None:
            return True
        part, own = hear(one.said or "", self.lexicon), hear(figure_words(one), self.lexicon)
        alone = len(self.form.figures) == 1 or bool(part.unknown)
        return (
            bool(self.question.places(one.said))
            and part.numbers == own.numbers
            and own.against <= part.against
            and (own.bounds <= part.bounds or not part.bounds)
            and (part.kpis == {one.kpi} or (alone and not part.kpis))
            and (bool(part.unknown) or self._points(part, (one.kpi, sign(_test(one)))))
        )

    def _is_claimed_twice(self) -> bool:
        """Whether one unknown word is to say two figures."""
        claims = [self._unknown(one.said) for one in self.form.figures.values()]
        return len(set().union(*claims)) < sum(map(len, claims))

    def _splits_a_list(self) -> bool:
        """Whether what is said of a list of KPIs is to hold of some of them alone."""
        figures = self.form.figures.values()
        return any(
            len({one.must for one in figures if one.kpi in listed}) > 1
            for listed in self.question.lists
        )

    def _is_ordered(self) -> bool:
        """Whether the words of the order name the KPI that it is by, where there are several."""
        way = next(iter(self._order()), None)
        unknown = bool(self._unknown(self.form.order_said))
        if self.form.order_of == "change" and not (unknown or self.question.has(*_CHANGES)):
            return False
        if way is None or len(self.form.figures) == 1:
            return True
        part = hear(self.form.order_said or "", self.lexicon)
        known = part.kpis == {way[0]} or bool(part.unknown)
        return known and bool(self.question.places(self.form.order_said))

    def _points(self, part: Heard, way: tuple[str, str]) -> bool:
        kpi, points = way
        return any(self._same(kpi, points, other) for other in part.signs)


def _test(one: Figure) -> str:
    return (one.must or "").removesuffix("_target").removesuffix("_team_median")
