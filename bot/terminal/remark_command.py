"""`evenkeel remark`: private words between a manager and an agent."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.acting import acting, looking, needed
from bot.cli import DONE
from bot.paper import print_json, say
from bot.services import Services, services_of

if TYPE_CHECKING:
    from scoring.remarks import Remark

Shown: TypeAlias = "tuple[Remark, str, str]"


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    actions = ", ".join(ACTIONS)
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", help=actions)
    parser.add_argument("--as", metavar="WHO", help="who does this, by the roster")
    parser.add_argument("--agent", help="whom it is written to")
    parser.add_argument("--text", metavar="WORDS", help="what is written or answered")
    parser.add_argument("--number", type=int, metavar="N", help="the remark to answer")


def run(asked: argparse.Namespace) -> int:
    """Lists, writes or answers remarks."""
    found = ACTIONS[asked.action](services_of(asked), asked)
    if vars(asked).get("json"):
        print_json(_entry(*one) for one in found)
    else:
        say(*(line for one in found for line in _lines(*one)))
    return DONE


def _list(services: Services, asked: argparse.Namespace) -> "Sequence[Shown]":
    from scoring.leaders import key_of
    from scoring.remarks import remarks

    with looking(services, asked) as (connection, viewer):
        found = remarks(connection, viewer)
        people = {number for one in found for number in (one.manager, one.agent)}
        keys = {number: key_of(connection, number) for number in people}
    return [(one, keys[one.manager], keys[one.agent]) for one in found]


def _write(services: Services, asked: argparse.Namespace) -> "Sequence[Shown]":
    from scoring.leaders import key_of
    from scoring.people import find_agent
    from scoring.remarks import write

    to, said = needed(asked, "agent"), needed(asked, "text")
    with acting(services, asked) as (connection, act):
        # The same words at the same moment are the same remark.
        event = f"terminal:{services.now.isoformat()}"
        one = write(connection, find_agent(connection, to), said, act, event)
        return [(one, key_of(connection, one.manager), key_of(connection, one.agent))]


def _answer(services: Services, asked: argparse.Namespace) -> "Sequence[Shown]":
    from scoring.leaders import key_of
    from scoring.remarks import answer

    number, said = needed(asked, "number"), needed(asked, "text")
    with acting(services, asked) as (connection, act):
        one = answer(connection, number, said, act)
        return [(one, key_of(connection, one.manager), key_of(connection, one.agent))]


def _lines(one: "Remark", manager: str, agent: str) -> list[str]:
    said = f"{one.id}  {one.said_at:%Y-%m-%d}  {manager} to {agent}: {one.said}"
    return [said] if one.answer is None else [said, f"   {agent} answered: {one.answer}"]


def _entry(one: "Remark", manager: str, agent: str) -> dict[str, Any]:
    return {
        "number": one.id,
        "manager": manager,
        "agent": agent,
        "said": one.said,
        "said_at": one.said_at.isoformat(),
        "answer": one.answer,
        "answered_at": None if one.answered_at is None else one.answered_at.isoformat(),
    }


ACTIONS: Mapping[str, "Callable[[Services, argparse.Namespace], Sequence[Shown]]"] = (
    MappingProxyType({"list": _list, "write": _write, "answer": _answer})
)
