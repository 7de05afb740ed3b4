"""The forms that a model which understands every golden question would fill in."""

from tests.prompts.filled import fields

LAST_WEEK = {"period": "last week"}
LAST_MONTH = {"period": "last month"}
FORMS = {
    "yo, csat of jonas last week amigo": fields(
        ["csat", "csat"], people=["jonas"], **LAST_WEEK, empty_words=["yo", "amigo"]
    ),
    "snappiness of leila last week": fields(["aht", "snappiness"], people=["leila"], **LAST_WEEK),
    "gladness of punters by team last month": fields(
        ["csat", "gladness of punters"], rows=["team"], rows_said="by team", **LAST_MONTH
    ),
    "punting of contacts to second line by agent last week": fields(
        ["escalation_rate", "punting of contacts to second line"],
        rows=["agent"],
        rows_said="by agent",
        **LAST_WEEK,
    ),
    "boomerang tickets by agent last month": fields(
        ["reopen_rate", "boomerang tickets"], rows=["agent"], **LAST_MONTH
    ),
    "salut! CSAT for Iris last week, merci": fields(
        ["csat", "CSAT"], people=["Iris"], **LAST_WEEK, empty_words=["salut", "merci"]
    ),
    "csat nosedivers among agents last week": fields(
        ["csat", "csat nosedivers", "down"], rows=["agent"], **LAST_WEEK
    ),
    "aht last month of marco, contra target": fields(
        ["aht", "aht"],
        people=["marco"],
        **LAST_MONTH,
        compared_with="target",
        compared_said="contra target",
    ),
    "ahoy, aht by channel last week": fields(
        ["aht", "aht"], rows=["channel"], **LAST_WEEK, empty_words=["ahoy"]
    ),
    "punctuality versus the promised deadline by team last month": fields(
        ["sla", "punctuality versus the promised deadline"], rows=["team"], **LAST_MONTH
    ),
    "customers who rang off while queueing last week": fields(
        ["abandonment_rate", "customers who rang off while queueing"], **LAST_WEEK
    ),
    "nailing delivery contacts on the first attempt, returns team, last month": fields(
        ["fcr", "nailing delivery contacts on the first attempt"],
        values=["delivery"],
        teams=["returns team"],
        **LAST_MONTH,
    ),
    "same again for jonas innit": fields(people=["jonas"], empty_words=["innit"]),
}
