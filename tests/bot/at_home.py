"""What people do in their Home and its windows, answered by the desk, over the whole company."""

from contextlib import contextmanager
from dataclasses import dataclass

from bench.stand_in import Workspace, standing_in
from bot.app import load_commands, load_deeds
from bot.blockkit import check, check_view
from bot.calls import call_of
from bot.events import Desk
from bot.showing import view_of
from tests.bot.views.seen import words_of
from tests.factories import NOW
from tests.slack import TEAM, command, happened, press, services_of, submitted


@dataclass
class House:
    """A desk, and the Slack that it asks for people."""

    slack: Workspace
    desk: Desk

    @property
    def services(self):
        """The services as they are decided now."""
        return self.desk.services.current()

    def opened(self, user="U0ANA", tab="home", **more):
        """The Home of somebody who opens it."""
        event = {"type": "app_home_opened", "tab": tab, "channel": "D0"}
        return self._of("event", "app_home_opened", happened(event, user, **more))

    def pressed(self, name, value="", user="U0ANA"):
        """What comes of a button."""
        return self._of("button", name, press(name, value, user))

    def sent(self, name, said, user="U0ANA", about=""):
        """What comes of a form."""
        return self._of("form", name, submitted(name, said, user, about))

    def asked(self, name, text="", user="U0ANA"):
        """What comes of a command."""
        one = next(one for one in load_commands() if one.name == name)
        return self._seen(self.desk.answer(one, call_of(command(name, text, user))))

    def _of(self, kind, name, payload):
        deed = next(one for one in load_deeds() if (one.kind, one.name) == (kind, name))
        return self._seen(self.desk.answer(deed, call_of(payload)))

    @staticmethod
    def _seen(answer):
        """An answer that Slack takes, whatever it is."""
        if answer.home:
            assert check(answer.home, "home") == []
        if answer.modal is not None:
            assert check_view(view_of(answer.modal)) == []
        return answer


@contextmanager
def house(engine):
    """A house whose Slack listens."""
    slack = Workspace()
    with standing_in(slack) as address:
        given = {"EVENKEEL_SLACK_BOT_TOKEN": "xoxb-1", "EVENKEEL_SLACK_API_URL": address}
        desk = Desk(services_of(engine, **given), TEAM, load_commands(), lambda: NOW)
        yield House(slack, desk)


def read(answer):
    """All words of an answer: of its Home, its window and its reply."""
    windows = answer.modal.blocks if answer.modal else ()
    told = answer.reply.text if answer.reply else ""
    return "\n".join((words_of(answer.home), words_of(windows), told))


def standing(answer):
    """What stands in a form when it opens, as it would be sent."""
    inputs = [one for one in answer.modal.blocks if one["type"] == "input"]
    return {one["block_id"]: _first(one["element"]) for one in inputs}


def _first(element):
    chosen = element.get("initial_options") or [element.get("initial_option")]
    if chosen != [None]:
        return ",".join(one["value"] for one in chosen)
    names = ("initial_value", "initial_date", "initial_time", "initial_user")
    return next((element[name] for name in names if name in element), "")
