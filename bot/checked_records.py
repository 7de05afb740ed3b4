"""What `evenkeel check` looks at in the database: itself, roster, records, sums, moods."""

from bot.services import Services

# Notes tell of the last complete week: records older than this leave it out.
FRESH_DAYS = 8
_FEW = 5


def database(services: Services) -> str:
    """Which database it is, and how much it holds."""
    from scoring.database import HEAD, shown
    from scoring.upkeep import counts, nature

    kind = nature(services.engine)
    found = counts(services.engine)
    told = ", ".join(
        f"{count:,} {name.removesuffix('s') if count == 1 else name}"
        for name, count in found.items()
    )
    return f"{shown(services.engine)}, {kind}, schema {HEAD}: {told}"


def sums(services: Services) -> str:
    """Whether the kept sums rest on the settings, and on what was decided in Slack."""
    from scoring.errors import SettingsError
    from scoring.workspace import differs

    other = differs(services.engine, services.workspace)
    if not other:
        return "rest on these settings"
    told = ", ".join(f"{name} {value}" for name, value in sorted(other.items()))
    raise SettingsError(
        f"they rest on {told}; figures are right but read from the records, which is slower."
        " Say `evenkeel upgrade` with today's settings."
    )


def moods(services: Services) -> str:
    """Whether all moods are of the engine that is set."""
    from scoring.errors import SettingsError
    from scoring.rescoring import pending

    name = services.listening.engine
    due = pending(services.engine, services.listening)
    if not due:
        return f"are of the engine {name}"
    raise SettingsError(
        f"{due:,} transcripts have none, or one that is not of the engine {name} as it is now."
        " Say `evenkeel sentiment --redo`."
    )


def decided(services: Services) -> str:
    """What admins have decided in Slack, which goes before the settings."""
    found = services.decided
    told = []
    if found.week_starts is not None:
        told.append(f"weeks from {'Sunday' if found.week_starts else 'Monday'}")
    if found.hours is not None:
        told.append("working hours")
    if found.targets:
        told.append(f"targets of {', '.join(sorted(found.targets))}")
    return f"{'; '.join(told)}; before the settings" if told else "nothing; the settings hold"


def roster(services: Services) -> str:
    """How many people on the roster are linked to Slack."""
    from scoring.database import reading
    from scoring.errors import SettingsError
    from scoring.links import linked

    with reading(services.engine) as connection:
        found = linked(connection)
    if not found.people:
        return "nobody yet; take one in with `evenkeel import roster FILE`"
    told = f"{found.linked} of {found.people} people are linked to Slack"
    if not found.missing:
        return told
    names = ", ".join(found.missing[:_FEW]) + (" …" if len(found.missing) > _FEW else "")
    if services.settings.slack_bot_token is not None and not found.linked:
        raise SettingsError(
            f"{told}, so nobody can ask anything. Put Slack member IDs into its column"
            " slack_user_id and take it in again."
        )
    return f"{told}; not {names}"


def freshness(services: Services) -> str:
    """How new the newest record is; old ones are no fault of what is checked here."""
    from scoring.database import reading
    from scoring.freshness import newest_day

    with reading(services.engine) as connection:
        newest = newest_day(connection)
    if newest is None:
        return "none yet; take some in with `evenkeel import interactions FILE`"
    days = (services.workspace.calendar.today(services.now) - newest).days
    told = f"the newest are of {newest.isoformat()}, {days} days ago"
    if days <= FRESH_DAYS:
        return told
    return f"{told}, so last week cannot be told of; take in newer ones"
