"""The wordings of a note to an agent, several for each place, about the task and not the person.

They hold no figures: those come in facts. ``{good}``, ``{bad}``, ``{name}`` and ``{place}`` are
the metric or the kind of contact that is meant.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

Wordings: TypeAlias = Mapping[str, tuple[str, ...]]

VERDICTS: Wordings = MappingProxyType(
    {
        "absent": ("No contacts this week, so there is no note.",),
        "rushing": (
            "Contacts got shorter and quality went down with them: worth a closer look.",
            "Shorter contacts, and quality down in the same weeks: one thing to look into.",
        ),
        "same_rushing": (
            "Contacts are still shorter and quality is down: the question stays open.",
            "As last week, contacts are shorter and quality is down: still worth a look.",
        ),
        "mixed": (
            "Good news on {good}, and one thing to look at: {bad}.",
            "One thing that went well, {good}, and one to look at: {bad}.",
        ),
        "slip": (
            "One thing to look at this week: {bad}.",
            "The news is in {bad}: worth a look.",
            "A week to look at {bad}.",
        ),
        "overservicing": (
            "Time went up and we see no gain for customers yet.",
            "Contacts took longer, and we see no gain for customers yet.",
        ),
        "same_overservicing": (
            "Contacts still take longer, and we still see no gain for customers.",
            "As last week, more time goes in and we see no gain for customers yet.",
        ),
        "gain": (
            "A good week for {good}.",
            "Good news this week: {good} went the right way.",
            "Well done: {good} is better, beyond normal variation.",
        ),
        "held": (
            "Handle time fell and quality held: well done.",
            "Less time for each contact, and quality held. Well done.",
        ),
        "faster": (
            "Handle time changed; it is too early to judge what that means.",
            "Contacts took less time; what that means is too early to say.",
        ),
        "slower": (
            "Contacts took longer and quality rose: a fair trade.",
            "More time for each contact, and quality rose: a fair trade.",
        ),
        "longer": (
            "Contacts took longer than in the weeks before.",
            "Handle time rose this week.",
        ),
        "still_down": (
            "No new changes; {bad} is still the one to look at.",
            "Nothing new this week, and {bad} is still off where it was.",
        ),
        "still_up": (
            "A steady week: the good news on {good} still holds.",
            "A steady week, and {good} is still ahead of where it was.",
        ),
        "new": (
            "Early days: the figures are still finding their level.",
            "First weeks: too early for comparisons, as it should be.",
        ),
        "restart": (
            "A new mix of contacts: comparisons start afresh.",
            "Your contacts have changed in kind, so comparisons restart.",
        ),
        "few": (
            "Too few contacts so far to compare this week with those before.",
            "Too little to compare yet: there are too few contacts.",
        ),
        "focus": (
            "A steady week, with one thing worth working on.",
            "A steady week. One thing is worth your while.",
            "Nothing changed beyond normal variation; one thing is worth working on.",
        ),
        "same_focus": (
            "A steady week; the focus stays where it is.",
            "Nothing new this week, and the focus is still the same.",
        ),
        "steady": (
            "A steady week.",
            "A steady week: nothing changed beyond normal variation.",
            "Nothing changed beyond normal variation: a steady week.",
        ),
    }
)

# After a verdict that says nothing can be compared.
ALSO_FOCUS = "One thing is worth working on."
ALSO_SAME_FOCUS = "The focus stays where it is."
NO_FOCUS = (
    "No focus is supported by the data this week: keep going.",
    "The data support no focus this week: keep going as you are.",
    "Nothing calls for a change this week: keep going.",
)
# Where something did change, so that "keep going" would say too much.
OPEN_FOCUS = (
    "No single focus is supported by the data this week.",
    "The data support no single focus this week.",
)
# What was so last week is no news.
STILL_STRONG = ("As last week.", "Unchanged from last week.")
STILL_FOCUS = ("The focus is the same as last week.", "Still the same focus.")
TO_TRY = ("To try:", "Worth trying:")

BALANCE: Wordings = MappingProxyType(
    {
        "rushing": (
            "Less time and less quality in the same weeks: a question, not a verdict.",
            "Both went down in the same weeks, which is a question, not a verdict.",
        ),
        "overservicing": (
            "Speed and quality pulled apart: more time, and no gain in quality that shows yet.",
            "More time went in, and quality does not show it yet.",
        ),
        "held": (
            "Speed and quality pulled together: neither paid for the other.",
            "Speed and quality pulled together this time.",
        ),
        "faster": (
            "Too early to say whether quality held.",
            "It is too early to say whether quality held.",
        ),
        "apart": (
            "Speed and quality pulled apart: less time, and part of the quality slipped.",
            "Less time went in and part of the quality slipped: the two pulled apart.",
        ),
        "slower": (
            "Quality rose with it: what the time went into reached customers.",
            "More time went in and more quality came out.",
        ),
        "both_worse": (
            "More time went in while part of the quality slipped: neither pulled the other up.",
            "Time went up and part of the quality went down: neither pulled the other up.",
        ),
        "longer_gain": ("Part of the quality rose with it.", "Part of the quality rose as well."),
        "longer": (
            "Quality shows no change beyond normal variation.",
            "No change in quality goes with it beyond normal variation.",
        ),
        "quality_up": (
            "Quality gained, and handle time did not change beyond normal variation.",
            "Quality gained with no change in handle time beyond normal variation.",
        ),
        "quality_down": (
            "Handle time did not change beyond normal variation, so pace is not what changed.",
            "Quality slipped while handle time stayed within normal variation.",
        ),
        "quality_mixed": (
            "Quality went both ways, with handle time within normal variation.",
            "Part of the quality rose, part slipped; handle time stayed within normal variation.",
        ),
        "steady": (
            "Neither speed nor quality changed beyond normal variation.",
            "Speed and quality both kept their level.",
        ),
        "unknown": ("Too little is known yet to say how speed and quality went together.",),
    }
)

QUESTIONS: Wordings = MappingProxyType(
    {
        "fcr": (
            "What did the contacts that came back have in common?",
            "What would these customers have needed so as not to come back?",
            "Which step was still open when these contacts were closed?",
        ),
        "escalation": (
            "What was missing to settle these contacts here: knowledge, a right or a decision?",
            "Which of these could be settled here next time, and what would that take?",
        ),
        "csat": (
            "What would these customers say was missing?",
            "Which part of these contacts could have been clearer for the customer?",
        ),
        "sentiment": (
            "Where in these contacts did the customer's tone turn, and what came just before?",
            "What did these customers still hope to hear?",
        ),
        "aht": (
            "Where did the time go in these contacts?",
            "Which part of these contacts took most of the time, and what was it for?",
        ),
        "rushing": (
            "What was different in these weeks: the queue, the kind of contacts, something else?",
            "What stood behind the shorter contacts, and what was left open in them?",
        ),
        "overservicing": (
            "What did the longer contacts give customers that the figures do not show?",
            "What do these contacts need now that they did not need before?",
        ),
    }
)
