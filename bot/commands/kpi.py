"""`/kpi`: what a KPI is, how it comes about, and its traps; or all there are."""

from typing import TYPE_CHECKING

from bot.command import Answer, Command, Request
from bot.words import plain_words
from scoring.errors import CatalogueError, WordsError

if TYPE_CHECKING:
    from bot.services import Services


def run(request: Request, services: "Services") -> Answer:
    """The definition that is asked for; anybody may have it.

    Raises:
        WordsError: no KPI is called that.
    """
    from bot.views.kpi import catalogue, definition

    known, words = services.catalogue, plain_words(request.words)
    if not words:
        return Answer(catalogue(known))
    try:
        return Answer(definition(known.find(words), known))
    except CatalogueError as error:
        # The catalogue speaks of the command line.
        raise WordsError(str(error).replace("`evenkeel kpis`", "`/kpi`")) from error


COMMAND = Command(
    "kpi",
    "What a KPI is, how it comes about, and its traps; or all KPIs there are",
    "[name]",
    ("/kpi first contact resolution", "/kpi aht"),
    run,
)
