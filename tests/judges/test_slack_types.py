"""Every answer as Slack's own types have it, by the compiler of TypeScript.

They know keys, forms and kinds of blocks, and no lengths. Charts are in none of them yet.
"""

import json
import subprocess
from pathlib import Path

import pytest

from tests.bot.views.samples import SURFACES
from tests.bot.views.windows import WINDOWS

NODE = Path(__file__).parents[1] / "node"
COMPILER = NODE / "node_modules" / ".bin" / "tsc"
UNTYPED = "data_visualization"
IMPORT = 'import type { HomeView, KnownBlock, ModalView } from "@slack/types";\n'
VIEWS = {"home": "HomeView", "modal": "ModalView"}


@pytest.fixture(scope="module")
def compiler():
    if not COMPILER.exists():
        pytest.skip("Node: `npm ci` in tests/node brings Slack's types and TypeScript")
    return COMPILER


def faults(compiler, folder, blocks):
    """What the compiler says of lists of blocks; empty where all of them are well."""
    return compiled(compiler, folder, [(some, "KnownBlock[]") for some in blocks])


def compiled(compiler, folder, values):
    """What the compiler says of values, each with the type that it should satisfy."""
    told = "".join(f"({json.dumps(one)}) satisfies {kind};\n" for one, kind in values)
    Path(folder, "answers.ts").write_text(IMPORT + told, encoding="utf-8")
    options = {
        "strict": True,
        "noEmit": True,
        "skipLibCheck": True,
        "types": [],
        "module": "nodenext",
        "moduleResolution": "nodenext",
        "paths": {"@slack/types": [str(NODE / "node_modules/@slack/types/dist/index.d.ts")]},
    }
    config = Path(folder, "tsconfig.json")
    config.write_text(json.dumps({"compilerOptions": options, "files": ["answers.ts"]}))
    words = (str(compiler), "--project", str(config))
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


def typed(form):
    return [block for block in form if block["type"] != UNTYPED]


def test_every_answer_is_what_slack_s_types_allow(compiler, tmp_path):
    replies = [make() for make in SURFACES.values()]
    forms = [form for reply in replies for form in (reply.blocks, reply.classic or ())]
    assert faults(compiler, tmp_path, [typed(form) for form in forms]) == ""


def test_every_home_and_window_is_what_slack_s_types_allow(compiler, tmp_path):
    views = [make() for make in WINDOWS.values()]
    assert compiled(compiler, tmp_path, [(one, VIEWS[one["type"]]) for one in views]) == ""


def test_the_compiler_sees_a_view_that_slack_would_refuse(compiler, tmp_path):
    view = {**WINDOWS["settings"](), "title": "Settings"}
    assert "answers.ts" in compiled(compiler, tmp_path, [(view, "ModalView")])


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header", "text": {"type": "mrkdwn", "text": "a"}},
        {"type": "section", "txt": "a"},
        {"type": "context", "elements": ["a"]},
        {"type": "no_such_block"},
    ],
)
def test_the_compiler_sees_what_slack_would_refuse(compiler, tmp_path, block):
    assert "answers.ts" in faults(compiler, tmp_path, [[block]])
