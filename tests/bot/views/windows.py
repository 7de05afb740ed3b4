"""Windows and Homes as Slack takes them, by what is particular about each."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.arriving import ASK, FOUND, SEARCHED
from bot.blockkit import joined, mark
from bot.showing import view_of
from bot.views import admin, log_form
from bot.views.home import Duties, Figures, Home, Weekly, home, unlinked_home
from bot.views.settings import Wishes, settings
from scoring.preferences import Preferences
from tests.bot.views.samples import KPIS, MONDAY, score

MADRID = ZoneInfo("Europe/Madrid")
GLANCE = ("volume", "aht", "frt", "fcr", "csat", "escalation_rate")
# A Monday at nine in Madrid.
NEXT = datetime(2026, 11, 23, 8, tzinfo=UTC)
LAST = datetime(2026, 11, 16, 8, tzinfo=UTC)
DECIDED = ("Target of First contact resolution: decided here by Otto Ek on 3 Nov 2026.",)


def figures(title="Your last four weeks", **told):
    shown = {"scores": [score(key) for key in GLANCE], "open": "card", **told}
    return Figures(title, "19 Oct to 15 Nov 2026", **shown)


def told(**more):
    """An agent's Home."""
    plain = {"own": figures(), "team": None, "weekly": Weekly(NEXT, MADRID, LAST)}
    return Home(**{"name": "Ana Lima", "role": "agent", "newest": MONDAY, **plain, **more})


def leader(**more):
    """An admin's, who leads everybody and serves no customers."""
    duties = Duties(3, 5, ("Rita Roy", "Sam Okoro"), DECIDED)
    shown = {"own": None, "team": figures("Everybody"), "duties": duties}
    return told(**{"name": "Otto Ek", "role": "admin", **shown, **more})


def wishes(**more):
    quiet = ((date(2026, 12, 24), date(2027, 1, 4)), (date(2027, 4, 1), date(2027, 4, 9)))
    wanted = Preferences(**{"zone": "Europe/Madrid", "quiet": quiet, **more})
    return Wishes(wanted, "UTC", date(2026, 11, 20))


def hours(**more):
    shown = {"lunch": (time(12, 30), time(13, 30)), "holidays": [date(2026, 12, 25)]}
    return admin.Hours(**{"zone": "Europe/Madrid", **shown, **more})


def draft(**more):
    return log_form.Draft(
        **{"started": NEXT, "zone": MADRID, "whose": "Ana Lima", "issue": "billing", **more}
    )


def logged(**more):
    shown = {"seconds": 720.0, "reference": "0a1b", "said": True, **more}
    return log_form.Receipt("Ana Lima", draft(minutes="12", csat="4"), **shown)


def searched():
    asked = mark(ASK, mark("<@{}>", "U0OTTO"), "U0NEW")
    return joined((mark(SEARCHED, "ana.lima@example.com"), asked))


def as_home(blocks):
    return {"type": "home", "blocks": list(blocks)}


# Every window and Home, by the name of its picture.
WINDOWS = {
    "home": lambda: as_home(home(told(first=True))),
    "home_lead": lambda: as_home(home(told(role="manager", team=figures("Billing")))),
    "home_admin": lambda: as_home(home(leader(saved="Working hours are saved."))),
    "home_off": lambda: as_home(home(told(weekly=Weekly(None, MADRID), own=figures(scores=())))),
    "home_unlinked": lambda: as_home(unlinked_home(searched(), first=True)),
    "home_link": lambda: as_home(
        unlinked_home(mark(FOUND, "ana.lima@example.com", "Ana Lima"), link="me")
    ),
    "settings": lambda: view_of(settings(wishes())),
    "links": lambda: view_of(admin.links(["Rita Roy", "<!channel>"])),
    "targets": lambda: view_of(admin.targets(list(KPIS.values()))),
    "hours": lambda: view_of(admin.hours(hours(other="They differ from day to day."))),
    "week": lambda: view_of(admin.week(6)),
    "decided": lambda: view_of(admin.done("Saved", ("Saved.", "Until then it is slower."))),
    "log": lambda: view_of(log_form.form(draft(), "0a1b 1")),
    "log_fix": lambda: view_of(log_form.form(draft(fixes=True, csat="4"), "0a1b 1")),
    "logged": lambda: view_of(log_form.receipt(logged())),
}
