"""`/scorecard`: one person's figures, or those of a team as a whole."""

from typing import TYPE_CHECKING

from bot.access import sight
from bot.command import Answer, Command, Request
from bot.words import period_of, whom

if TYPE_CHECKING:
    from bot.services import Services


def run(request: Request, services: "Services") -> Answer:
    """The card of whoever is named; of the asker, or of all they lead, where nobody is.

    Raises:
        AccessError: whom the asker may not see; WordsError: words that cannot be read.
        EvidenceError: nothing is known of the period.
    """
    from bot.cards import card_of, whole_of

    with sight(request, services) as seeing:
        subject, rest = whom(request.words, seeing.named, seeing.viewer.agent_id)
        whole = whole_of(seeing, subject)
        period = period_of(rest, subject, request.now, services.workspace.calendar)
        return card_of(seeing, whole, period, services.catalogue)


COMMAND = Command(
    "scorecard",
    "Your scorecard: your figures with their intervals, compared with the time before",
    "[me | @agent | team] [period]",
    ("/scorecard last week", "/scorecard me since October"),
    run,
)
