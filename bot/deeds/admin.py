"""What admins see to in Slack: who is who, targets, working hours, the first day of a week.

Whoever is no admin is told what they would be told of something that is not there.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.access import NOBODY
from bot.actions import HOURS, LINKS, TARGETS, WEEK
from bot.command import Answer, Deed, Request
from bot.footing import put_on
from bot.home import Occasion, home_of
from scoring.errors import AccessError, UnknownNameError, WordsError

if TYPE_CHECKING:
    from bot.services import Services
    from scoring.kpis import Kpi
    from scoring.leaders import Act

HOURS_SAVED, WEEK_SAVED = "Working hours are saved.", "The first day of the week is saved."


def ask_links(request: Request, services: "Services") -> Answer:
    """The form that links somebody on the roster to somebody in Slack."""
    from bot.views.admin import links
    from scoring.database import reading
    from scoring.links import linked

    _admin(request)
    with reading(services.engine) as connection:
        return Answer(modal=links(linked(connection).missing))


def keep_link(request: Request, services: "Services") -> Answer:
    """Home once they are linked, or what is wrong in the form."""
    from scoring.database import writing
    from scoring.links import link
    from scoring.people import find_agent

    act, name = _admin(request), str(request.said["agent"])
    user_id = str(request.said.get("user") or "")
    try:
        with writing(services.engine) as connection:
            agent = find_agent(connection, name)
            if agent == act.by and user_id != request.user_id:
                return Answer(wrong={"user": "That would shut you out. Ask another admin."})
            link(connection, act, agent, user_id or None)
    except UnknownNameError as error:
        return Answer(wrong={"agent": str(error)})
    except WordsError as error:
        return Answer(wrong={"user": str(error)})
    return _home(request, services, f"{name} is linked{'' if user_id else ' to nobody any more'}.")


def ask_target(request: Request, services: "Services") -> Answer:
    """The form of a KPI's target."""
    from bot.views.admin import targets

    _admin(request)
    judged = [kpi for kpi in services.catalogue.values() if kpi.better != "neither"]
    return Answer(modal=targets(judged))


def keep_target(request: Request, services: "Services") -> Answer:
    """Home once the target is kept, or what is wrong in the form."""
    from scoring.database import writing
    from scoring.decided import decide_target

    act = _admin(request)
    kpi = services.catalogue[str(request.said["kpi"])]
    target, wrong = (None, {}) if _by_settings(request) else _target(request.said, kpi)
    if wrong:
        return Answer(wrong=wrong)
    with writing(services.engine) as connection:
        decide_target(connection, act, kpi.key, target)
    return _home(request, services, f"The target of {kpi.name} is saved.")


def ask_hours(request: Request, services: "Services") -> Answer:
    """The form of working hours."""
    from bot.opening import shown
    from bot.views.admin import hours

    _admin(request)
    now = services.workspace.hours.get(None)
    return Answer(modal=hours(shown(now, services.settings.timezone)))


def keep_hours(request: Request, services: "Services") -> Answer:
    """What becomes of figures once working hours are kept, or what is wrong in the form."""
    from bot.opening import faults, hours_of
    from scoring.decided import decide_hours

    act, wanted = _admin(request), None
    if not _by_settings(request):
        said = {name: str(value or "") for name, value in request.said.items()}
        if wrong := faults(said):
            return Answer(wrong=wrong)
        wanted = hours_of(said)
    return _decided(
        request, services, HOURS_SAVED, lambda connection: decide_hours(connection, act, wanted)
    )


def ask_week(request: Request, services: "Services") -> Answer:
    """The form of the first day of a week."""
    from bot.views.admin import week

    _admin(request)
    return Answer(modal=week(services.workspace.calendar.week_starts))


def keep_week(request: Request, services: "Services") -> Answer:
    """What becomes of figures once the first day of a week is kept."""
    from scoring.decided import decide_week

    act = _admin(request)
    wanted = None if _by_settings(request) else int(request.said["starts"])
    return _decided(
        request, services, WEEK_SAVED, lambda connection: decide_week(connection, act, wanted)
    )


DEEDS = (
    Deed("button", LINKS, ask_links),
    Deed("form", LINKS, keep_link),
    Deed("button", TARGETS, ask_target),
    Deed("form", TARGETS, keep_target),
    Deed("button", HOURS, ask_hours),
    Deed("form", HOURS, keep_hours),
    Deed("button", WEEK, ask_week),
    Deed("form", WEEK, keep_week),
)


def _admin(request: Request) -> "Act":
    """Who acts.

    Raises:
        AccessError: they are no admin.
    """
    from scoring.leaders import Act

    if request.known.role != "admin":
        raise AccessError(NOBODY)
    return Act(request.known.agent_id, request.now)


def _by_settings(request: Request) -> bool:
    """Whether what was decided is taken back."""
    from bot.views.admin import SETTINGS

    return str(request.said.get("by")) == SETTINGS


def _target(said: Mapping[str, Any], kpi: "Kpi") -> tuple[Any, dict[str, str]]:
    """The target that a form says, and what is wrong in it by input."""
    from scoring.targets import read_bound, target_of

    bounds: dict[str, float | None] = {}
    wrong: dict[str, str] = {}
    for end in ("low", "high"):
        try:
            bounds[end] = read_bound(str(said.get(end) or ""), kpi)
        except WordsError as error:
            wrong[end] = str(error)
    if wrong:
        return None, wrong
    try:
        return target_of(bounds["low"], bounds["high"], kpi), {}
    except WordsError as error:
        return None, {"low" if bounds["high"] is None else "high": str(error)}


def _decided(
    request: Request, services: "Services", saved: str, decide: Callable[[Any], None]
) -> Answer:
    """Keeps what figures rest on, and tells what becomes of them."""
    from bot.views.admin import done
    from scoring.database import writing

    with writing(services.engine) as connection:
        decide(connection)
    now = services.current()
    told = done("Saved", (saved, put_on(now)))
    return Answer(modal=told, home=home_of(request, now, Occasion(saved=saved)))


def _home(request: Request, services: "Services", saved: str) -> Answer:
    return Answer(home=home_of(request, services.current(), Occasion(saved=saved)))
