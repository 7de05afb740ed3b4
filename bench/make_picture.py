"""The picture of the README, from a real run on the samples: `python -m bench.make_picture`."""

import os
import re
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.terminal.demo_command import FILES, NOW

CHECKOUT = Path(__file__).parent.parent
SAMPLES = CHECKOUT / "scoring" / "samples"
OUT = CHECKOUT / "docs" / "scorecard.svg"
COLUMNS = 116
SHOWN = (
    "scorecard --agent Freya --period 2020-05-18..2020-05-24",
    "scorecard --by team --period 2020-05-11..2020-05-31 --kpi volume,aht,frt,fcr,csat",
)
# A page may not load fonts for its pictures; the viewer's own monospaced one has to do.
FONTS = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)


def session() -> str:
    """What a terminal shows of the commands in SHOWN, run on the samples in a throw-away place."""
    with tempfile.TemporaryDirectory() as place:
        for kind in ("roster", "interactions"):
            _run(place, ["import", kind, str(SAMPLES / FILES[kind])])
        shown = [f"$ evenkeel {words}\n\n{_run(place, words.split())}" for words in SHOWN]
    return "\n".join(shown)


def _run(place: str, words: list[str]) -> str:
    settings = {
        name: value for name, value in os.environ.items() if not name.startswith("EVENKEEL_")
    }
    settings |= {"PYTHONPATH": str(CHECKOUT), "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1"}
    settings |= {"TERM": "xterm-256color", "EVENKEEL_CUSTOMER_KEY": "picture"}
    settings.pop("NO_COLOR", None)
    done = subprocess.run(  # noqa: S603 our own program
        [sys.executable, "-m", "bot", *words, "--now", NOW, "--timezone", "UTC"],
        cwd=place,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def picture(shown: str) -> str:
    """An SVG of a terminal that shows this text, colours and all."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown.rstrip()))
    drawn = console.export_svg(title="evenkeel", unique_id="evenkeel")
    return "".join(line.rstrip() + "\n" for line in FONTS.sub("", drawn).splitlines())


if __name__ == "__main__":
    OUT.write_text(picture(session()), encoding="utf-8")
    print(OUT)
