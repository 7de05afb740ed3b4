"""Draws every answer as Slack would, light and dark: `python -m tests.node.draw FOLDER`.

It needs Node with what package.json names (`npm ci` in this folder) and Chromium. The renderer is
another project's and draws what it knows: it is there to be looked at, and judges nothing.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bot.views.samples import SURFACES
from tests.bot.views.windows import WINDOWS

HERE = Path(__file__).parent
BROWSER = "chromium"
WIDTH = 760
THEMES = ("light", "dark")


def main():
    """Draws what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("surfaces", nargs="*", help=", ".join((*SURFACES, *WINDOWS)))
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--classic", action="store_true", help="as where blocks are refused")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name in asked.surfaces or (*SURFACES, *WINDOWS):
        blocks = blocks_of(name, classic=asked.classic)
        for theme in asked.theme or THEMES:
            path = asked.folder / f"{name}-{theme}.png"
            draw(blocks, theme, path)
            sys.stdout.write(f"{path}\n")


def blocks_of(name, *, classic=False):
    """The blocks of an answer, a window or a Home."""
    if name in WINDOWS:
        return WINDOWS[name]()["blocks"]
    reply = SURFACES[name]()
    return reply.classic or reply.blocks if classic else reply.blocks


def draw(blocks, theme, path):
    """One message as a PNG, as high as it is."""
    told = json.dumps({"blocks": list(blocks), "theme": theme})
    page = _run("node", str(HERE / "page.mjs"), said=told)
    with TemporaryDirectory() as folder:
        place = Path(folder, "page.html")
        place.write_text(page, encoding="utf-8")
        height = int(_browse(place, "--dump-dom").split('data-height="')[1].split('"')[0])
        _browse(place, f"--screenshot={path.resolve()}", f"--window-size={WIDTH},{height}")


def _browse(page, *flags):
    quiet = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    return _run(BROWSER, *quiet, f"--window-size={WIDTH},400", *flags, page.as_uri())


def _run(*words, said=None):
    done = subprocess.run(words, input=said, capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    main()
