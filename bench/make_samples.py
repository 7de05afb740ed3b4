"""The chats that the project ships, made again from the set they come from.

    python -m bench.make_samples FOLDER

FOLDER holds the set star_chats (see scoring/samples/README.md). The same set gives the same
rows and, on one version of Python, the same bytes.
"""

import argparse
import gzip
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import TextIO

from tests.judges import star_chats
from tests.judges.plain_files import write_csv, write_json_lines

SAMPLES = Path(__file__).parents[1] / "scoring" / "samples"
WEEKS = 3
# Enough chats in every week for its figure to move, and no agent so busy as to drown the others.
AT_LEAST_A_WEEK = 12
AT_MOST_IN_ALL = 130

# Made-up people. Agents take the names in the order of the hashes of their ids.
MANAGERS = {"Harbour": "Ines", "Lighthouse": "Tomasz", "Compass": "Yuki"}
AGENTS = (
    *("Amara", "Bruno", "Chloe", "Dario", "Elif", "Freya", "Goran"),
    *("Hana", "Ivo", "Jamal", "Kavya", "Lena", "Mateo", "Nadia", "Oskar"),
)

# What the customers were told to say: account numbers and dates of birth of made-up people. Any
# other long number or whole date may be somebody's own.
GIVEN_OUT = frozenset(
    [
        *("351531510", "68318931", "85731890", "9931939443153"),
        *("153531981", "95381901", "93418043810", "84318931431"),
        *("31/06/1996", "29/02/1980", "06/08/1985", "04/04/1990"),
        *("08/06/1963", "15/09/1940", "25/03/1998", "12/12/2001"),
    ]
)
TELLING = re.compile(r"\d{8,}|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")

# A chat with one of these is left out whole: lewd or coarse talk, drugs, abuse of a person or of
# people, the disease of those weeks, and workers who speak of their work or of where they live.
NOT_SHOWN = re.compile(
    r"""
    sex | porn | hot \s tub | make \s out\b | \bstd\b | give \s birth | birth \s control
    | momma | daddy | \bbris\b | drugs | gets? \s drunk | drunk \s very | \bdump\b | puke | \bfart
    | bastard | ugly | moron | idiot | bridezilla | crooked \s teeth | ghetto | nigerian
    | alzheimer
    | corona | covid | pandemic | quarantine
    | these \s hits | survey | californian | glad \s i'm \s in | where \s i \s live
    """,
    re.IGNORECASE | re.VERBOSE,
)


def main() -> None:
    """Write the three files of the samples."""
    options = argparse.ArgumentParser(description="Make the sample data again.")
    options.add_argument("folder", type=Path, help="where the set star_chats lies")
    options.add_argument("--into", type=Path, default=SAMPLES)
    given = options.parse_args()
    make(given.folder, given.into)


def make(folder: Path, into: Path) -> None:
    """The samples, from the set in one folder, written into another."""
    rows = list(star_chats.rows(folder))
    names = named(chosen(rows))
    shown = {chat["chat_id"]: chat for chat in star_chats.chats(folder) if may_be_shown(chat)}
    rows = [row for row in rows if row["agent_id"] in names and int(row["chat_id"]) in shown]
    rows.sort(key=lambda row: (row["started_at"], int(row["chat_id"])))
    records = [interaction(row, names) for row in rows]
    said = [transcript(shown[int(row["chat_id"])]) for row in rows]
    into.mkdir(exist_ok=True)
    _pack(into / "interactions.csv.gz", lambda out: write_csv(records, out))
    _pack(into / "transcripts.jsonl.gz", lambda out: write_json_lines(said, out))
    with (into / "roster.csv").open("w", encoding="utf-8", newline="") as out:
        write_csv(roster(names.values()), out)


def chosen(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """The agents who have enough chats in every week, by the hash of their ids."""
    weeks: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        week = datetime.fromisoformat(row["started_at"]).isocalendar().week
        weeks[row["agent_id"]][week] += 1
    fit = [agent for agent, chats in weeks.items() if _fits(chats)]
    return sorted(fit, key=_hash)


def named(agents: Iterable[str]) -> dict[str, str]:
    """A made-up first name for each agent."""
    return dict(zip(agents, AGENTS, strict=False))


def may_be_shown(chat: Mapping[str, object]) -> bool:
    """Whether nothing was said that does not belong in a demonstration."""
    said = "\n".join(text for _, _, text in chat["turns"])
    return not NOT_SHOWN.search(said) and GIVEN_OUT.issuperset(TELLING.findall(said))


def interaction(row: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """One chat, with the ids of its people replaced and nothing claimed but what the set says."""
    record = star_chats.interaction(row)
    # The set's "annoyed" answer stands in for an escalation only where figures are compared.
    del record["escalated"]
    return record | {
        "interaction_id": f"star-{row['chat_id']}",
        "agent": _address(names[row["agent_id"]]),
        "customer_id": f"customer-{_hash('customer:' + row['customer_id'])}",
    }


def transcript(chat: Mapping[str, object]) -> dict[str, object]:
    """What was said in one chat."""
    return star_chats.transcript(chat) | {"interaction_id": f"star-{chat['chat_id']}"}


def roster(names: Iterable[str]) -> Iterator[dict[str, str]]:
    """Agents in turn to the teams, then the managers."""
    teams = list(MANAGERS)
    for place, name in enumerate(sorted(names)):
        team = teams[place % len(teams)]
        yield _person(name, team, "agent") | {"manager": _address(MANAGERS[team])}
    for team, name in MANAGERS.items():
        yield _person(name, team, "manager")


def _person(name: str, team: str, role: str) -> dict[str, str]:
    return {"agent": _address(name), "name": name, "team": team, "manager": "", "role": role}


def _address(name: str) -> str:
    return f"{name.lower()}@example.com"


def _fits(chats: Mapping[int, int]) -> bool:
    enough = len(chats) == WEEKS and min(chats.values()) >= AT_LEAST_A_WEEK
    return enough and sum(chats.values()) <= AT_MOST_IN_ALL


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _pack(path: Path, write: Callable[[TextIO], None]) -> None:
    """A file packed with no name and no time in it, so that it can be made again to the byte."""
    text = StringIO()
    write(text)
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


if __name__ == "__main__":
    main()
