"""`evenkeel dispute`: an agent's word against a fact of a contact, and what was decided."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.acting import acting, looking, needed
from bot.cli import DONE
from bot.paper import print_json, print_table
from bot.services import Services, services_of

if TYPE_CHECKING:
    from scoring.disputes import Dispute


Shown: TypeAlias = "tuple[Dispute, str]"


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    actions = ", ".join(ACTIONS)
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", help=actions)
    parser.add_argument("--as", metavar="WHO", help="who does this, by the roster")
    parser.add_argument("--open", action="store_true", help="only those still to be decided")
    parser.add_argument("--contact", metavar="ID", help="the interaction, by its id as imported")
    parser.add_argument("--source", help="the system that it came from, if several have that id")
    parser.add_argument("--fact", help="category, not_mine, outage, abuse or duplicate")
    parser.add_argument("--value", help="the right category, agent or contact")
    parser.add_argument("--reason", metavar="WORDS", help="why: kept with it")
    parser.add_argument("--number", type=int, metavar="N", help="the dispute to decide")


def run(asked: argparse.Namespace) -> int:
    """Lists, files or decides disputes."""
    found = ACTIONS[asked.action](services_of(asked), asked)
    if vars(asked).get("json"):
        print_json(_entry(*one) for one in found)
    else:
        _table(found)
    return DONE


def _list(services: Services, asked: argparse.Namespace) -> "Sequence[Shown]":
    from scoring.disputes import disputes
    from scoring.leaders import key_of

    with looking(services, asked) as (connection, viewer):
        found = disputes(connection, viewer, only_open=asked.open)
        return [(one, key_of(connection, one.agent)) for one in found]


def _file(services: Services, asked: argparse.Namespace) -> "Sequence[Shown]":
    from scoring.disputes import Claim, file, find_interaction
    from scoring.leaders import key_of

    contact, fact, reason = (needed(asked, one) for one in ("contact", "fact", "reason"))
    with acting(services, asked) as (connection, act):
        number = find_interaction(connection, contact, asked.source)
        dispute = file(connection, Claim(number, fact, reason, asked.value), act)
        return [(dispute, key_of(connection, dispute.agent))]


def _decide(services: Services, asked: argparse.Namespace) -> "Sequence[Shown]":
    from scoring.leaders import key_of
    from scoring.rulings import Ruling, decide

    number, reason = needed(asked, "number"), needed(asked, "reason")
    ruling = Ruling(asked.action == "accept", reason, asked.value)
    with acting(services, asked) as (connection, act):
        dispute = decide(connection, number, ruling, act, services.workspace)
        return [(dispute, key_of(connection, dispute.agent))]


def _table(found: "Sequence[Shown]") -> None:
    header = ("number", "contact", "agent", "fact", "value", "reason", "state", "decided because")
    rows = [
        (
            *(str(one.id), one.contact, key, one.fact),
            *(one.value or one.proposed or "", one.reason, one.state, one.why or ""),
        )
        for one, key in found
    ]
    print_table("", header, rows, "rlllllll")


def _entry(one: "Dispute", key: str) -> dict[str, Any]:
    return {
        "number": one.id,
        "source": one.source,
        "contact": one.contact,
        "agent": key,
        "fact": one.fact,
        "proposed": one.proposed,
        "reason": one.reason,
        "filed_at": one.filed_at.isoformat(),
        "state": one.state,
        "value": one.value,
        "decided_because": one.why,
        "decided_at": None if one.decided_at is None else one.decided_at.isoformat(),
    }


ACTIONS: Mapping[str, "Callable[[Services, argparse.Namespace], Sequence[Shown]]"] = (
    MappingProxyType({"list": _list, "file": _file, "accept": _decide, "decline": _decide})
)
