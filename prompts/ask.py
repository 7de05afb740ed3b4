"""Reads with a model what the reader without one could not: a form, checked against the words."""

import hashlib
import logging
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import Lock

from prompts.agreeing import Agreement
from prompts.forms import QuestionForm, question_form
from prompts.heard import Heard, hear
from prompts.model import Model, ModelError, Prompt, Task, load_prompt
from prompts.retold import retold
from scoring.query import Query
from scoring.reading.draft import AskBackError
from scoring.reading.grammar import grammar
from scoring.reading.questions import LONGEST, MOST_CHOICES, read_question
from scoring.reading.reading import Read, Reading, Unclear
from scoring.reading.spans import Lexicon
from scoring.reading.tokens import clean, words_of
from scoring.reading.world import World

log = logging.getLogger(__name__)

_MOST_KEPT = 512
_MOST_WORDS = 4
_FOLLOWS = "The question changes the one before it: fill in only what this one says."


@dataclass(frozen=True)
class Question:
    """A question that was not clear without a model, as it was read, and what it may follow."""

    words: str
    world: World
    unclear: Unclear
    before: Query | None = None


@dataclass
class Asking:
    """Reads questions with a model and keeps what it read, in memory and for the same asker.

    What is kept is found again by the words, the catalogue, the day, what the asker may see, and
    the question before.
    """

    model: Model
    _kept: OrderedDict[str, Reading] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def read(self, question: Question) -> Reading:
        """The question read, or the question back that there was without a model."""
        prompt = _prompt(question)
        key = _key(question, prompt)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        try:
            reading = _read(question, prompt, self.model)
        except ModelError as error:
            log.warning("model gave no form for a question: %s", error.why)
            return question.unclear
        with self._lock:
            self._kept[key] = reading
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return reading


def _key(question: Question, prompt: Prompt) -> str:
    world = question.world
    seen = (world.me, [one.id for one in world.people], sorted(world.teams), world.labels)
    parts = (words_of(question.words), prompt, seen, world.calendar, question.before)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _prompt(question: Question) -> Prompt:
    """What the model is told: the day, and the catalogue's words; no name, no record."""
    world = question.world
    kpis = (
        f"- {kpi.key}: {kpi.name}" + "".join(f"; {word}" for word in kpi.words[:_MOST_WORDS])
        for kpi in world.catalogue.values()
    )
    return load_prompt("ask").filled(
        {
            "today": f"{world.today:%A} {world.today}",
            "before": _FOLLOWS if question.before else "",
            "kpis": "\n".join(kpis),
        }
    )


def _read(question: Question, prompt: Prompt, model: Model) -> Reading:
    """The question as a model reads it, if its words bear it out.

    Raises:
        ModelError: the model fills in no form.
    """
    text, lexicon = clean(question.words), Lexicon(question.world, grammar())
    try:
        asked = hear(text, lexicon)
        if asked.is_closed or len(text) > LONGEST:
            return question.unclear
        form = model.fill(Task(prompt, text, "ask"), question_form(question.world.catalogue))
        return _checked(question, asked, form, lexicon)
    except AskBackError:
        return question.unclear


def _checked(question: Question, asked: Heard, form: QuestionForm, lexicon: Lexicon) -> Reading:
    """What the form says, if it is what the question says.

    Raises:
        AskBackError: a name in it may mean several things.
    """
    said = retold(form, follows=question.before is not None)
    reading = read_question(said, question.world, question.before)
    if form.intent == "unclear" or not isinstance(reading, Read):
        return question.unclear
    agreement = Agreement(asked, form, hear(said, lexicon), lexicon)
    if agreement.contradicts or not _is_form(reading.query, form):
        return question.unclear
    if agreement.is_doubtful:
        return _offered(said, question)
    told = (*agreement.assumptions(), *reading.assumptions)
    return replace(reading, assumptions=tuple(dict.fromkeys(told)))


def _offered(said: str, question: Question) -> Unclear:
    """The question back, with what the model made of it as a choice."""
    choices = () if question.before else (said,)
    known = (*choices, *question.unclear.choices)
    return replace(question.unclear, choices=tuple(dict.fromkeys(known))[:MOST_CHOICES])


def _is_form(query: Query, form: QuestionForm) -> bool:
    """Whether a query holds what the form says, so that nothing was lost in the telling."""
    keys = {one.kpi for one in form.figures.values()}
    told = {"csat" if one == "csat_mean" and one not in keys else one for one in query.told}
    bound = {_plain(one.kpi) for one in form.figures.values() if one.must is not None}
    limited = form.intent == "figures" and form.order_first is not None
    return (
        query.intent == form.intent
        and {_plain(one.kpi) for one in query.having} <= bound
        and (keys <= told or form.intent in {"coaching", "examples"})
        and (query.limit == form.limit or not limited)
        and set(form.rows) <= set(query.by)
        and (query.compare is not None or form.compared_with is None)
    )


def _plain(kpi: str) -> str:
    """What a form calls a KPI: the mean rating is satisfaction, too."""
    return "csat" if kpi == "csat_mean" else kpi
