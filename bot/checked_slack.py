"""What `evenkeel check` looks at in Slack: the token with its scopes, the way in, the clocks."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

from bot.services import Services

# Slack and we refuse what was signed more than five minutes ago; long before that it is wrong.
SKEW = timedelta(minutes=1)


def bot_token(services: Services) -> str:
    """Where the token is for, and which scopes it has."""
    from bot.slack import SlackError, client_of, installation_of

    if services.settings.slack_bot_token is None:
        return "none set; without one everything works but Slack"
    found = installation_of(client_of(services.settings))
    if found.missing:
        raise SlackError(
            f"it lacks {', '.join(found.missing)}. Put your app's manifest right by manifest.yml,"
            " then install it to the workspace again."
        )
    granted = ", ".join(sorted(found.scopes))
    return f"is for the workspace {found.team_id}; it has what is needed, of {granted}"


def calls(services: Services) -> str:
    """The way in which Slack's calls come."""
    from bot.slack import SlackError, client_of, see_app_token

    settings = services.settings
    if settings.slack_bot_token is None:
        return "none come; no token is set"
    if settings.slack_app_token is not None:
        see_app_token(client_of(settings), settings.slack_app_token.get_secret_value())
        return "come over Socket Mode"
    if settings.slack_signing_secret is not None:
        return f"come over HTTP, signed, to {settings.listen}"
    raise SlackError(
        "Slack has no way to call. Set EVENKEEL_SLACK_APP_TOKEN for Socket Mode, or"
        " EVENKEEL_SLACK_SIGNING_SECRET for HTTP."
    )


def clock(services: Services) -> str:
    """How far this clock and Slack's are apart."""
    from bot.slack import BOT_REMEDY, SlackError, client_of, plain_refusals

    if services.settings.slack_bot_token is None:
        return "not compared; no token is set"
    client = client_of(services.settings)
    with plain_refusals(client, BOT_REMEDY):
        headers = client.auth_test().headers
    date = next((str(one) for name, one in headers.items() if name.lower() == "date"), "")
    if not date:
        return "not compared; Slack told no time"
    apart = services.now - parsedate_to_datetime(date)
    seconds = round(abs(apart.total_seconds()))
    side = "ahead of" if apart > timedelta() else "behind"
    if abs(apart) <= SKEW:
        return f"goes with this one, which is {seconds} s {side} it"
    raise SlackError(
        f"this clock is {seconds:,} s {side} Slack's, so signed calls would be refused and"
        " messages come at wrong times. Let the machine's clock be set by NTP, and set no"
        " EVENKEEL_NOW."
    )
