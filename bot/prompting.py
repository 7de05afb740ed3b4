"""Questions to begin with, by what somebody is: an agent, a leader of others."""

from typing import TYPE_CHECKING

from bot.command import Prompt

if TYPE_CHECKING:
    from bot.answering import Asker
    from scoring.viewers import Viewer

# No more than four are offered by Slack.
OWN = (
    Prompt("My last week", "How did I do last week?"),
    Prompt("My first contact resolution by week", "My FCR by week over the last 8 weeks"),
    Prompt("My handle time by issue type", "My AHT by issue type last month"),
    Prompt("What a KPI means", "What is first contact resolution?"),
)
LED = (
    Prompt("Last week, person by person", "AHT, FCR and CSAT by agent last week"),
    Prompt("Who slowed down but kept CSAT up", "Who slowed down last week but kept CSAT up?"),
    Prompt("Resolution by channel", "FCR by channel last month compared with the month before"),
    Prompt("Escalations by week", "Escalation rate by week over the last 8 weeks"),
)


def prompts_for(viewer: "Viewer") -> tuple[Prompt, ...]:
    """What to offer whoever this is."""
    return LED if viewer.leads else OWN


def prompts_of(asker: "Asker") -> tuple[Prompt, ...]:
    """What to offer whoever asks."""
    return prompts_for(asker.viewer)
