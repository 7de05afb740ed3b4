"""The house rules of size, names and state, measured over the three rooms.

A rule takes one module and yields a line for each place that breaks it. Each is also shown a
source that breaks it, so that no rule passes because it sees nothing.
"""

import ast
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "prompts", "scoring")
MOST_LINES = 300
MOST_FUNCTION_LINES = 40
MEDIAN_FUNCTION_LINES = 12
MOST_PARAMETERS = 5
MOST_LEVELS = 3
LINES_BEFORE_TESTS_ARE_WEIGHED = 1000
VAGUE = {"utils", "helpers", "common", "manager", "handler", "data", "info", "process", "do"}
# A constant, or a name that Python gives a meaning.
STATELESS_NAME = re.compile(r"_?[A-Z][A-Z0-9_]*|__\w+__")
UNDOCUMENTED_BY_CUSTOM = {"overload", "override", "setter"}

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
BLOCKS = (
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith),
    *(ast.Try, ast.TryStar, ast.Match),
)
COLLECTIONS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
COLLECTION_CALL = re.compile(
    r"(list|sorted|dict|set|(\w+\.)?(defaultdict|deque|Counter))\(.*\)", re.DOTALL
)
EMPTY = re.compile(r"\[\]|\{\}|(list|dict|set|deque|Counter)\(\)|defaultdict\(\w+\)")


@dataclass(frozen=True)
class Module:
    path: str
    text: str

    @cached_property
    def tree(self):
        return ast.parse(self.text)

    @property
    def functions(self):
        return [node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS)]


def read(folders):
    # A step of the schema's history is one long list of columns, and never changed again.
    files = (
        file
        for folder in folders
        for file in sorted((ROOT / folder).rglob("*.py"))
        if file.parent.name != "versions"
    )
    return [
        Module(str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")) for file in files
    ]


@cache
def modules():
    return read(ROOMS)


def line_count(sources):
    return sum(len(module.text.splitlines()) for module in sources)


def length(function):
    return function.end_lineno - function.lineno + 1


def parameters(function):
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return [arg for arg in named if arg and arg.arg not in {"self", "cls"}]


def levels(node, depth=0):
    deepest = depth
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, DEFINITIONS):
            deeper = isinstance(child, BLOCKS) and not is_elif(node, child)
            deepest = max(deepest, levels(child, depth + deeper))
    return deepest


def is_elif(node, child):
    branches = isinstance(node, ast.If) and child in node.orelse
    return branches and isinstance(child, ast.If) and child.col_offset == node.col_offset


def long_files(module):
    if (lines := line_count([module])) > MOST_LINES:
        yield f"{module.path}: {lines} lines"


def long_functions(module):
    for function in module.functions:
        if length(function) > MOST_FUNCTION_LINES:
            yield f"{module.path}: {function.name} has {length(function)} lines"


def wide_functions(module):
    for function in module.functions:
        if (count := len(parameters(function))) > MOST_PARAMETERS:
            yield f"{module.path}: {function.name} takes {count} parameters"


def deep_functions(module):
    for function in module.functions:
        if (depth := levels(function)) > MOST_LEVELS:
            yield f"{module.path}: {function.name} nests {depth} levels"


def vague_names(module):
    for part in Path(module.path).with_suffix("").parts:
        if VAGUE & set(part.split("_")):
            yield f"{module.path}: {part} says nothing"


def module_state(module):
    for node in module.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (
                f"{module.path}: {ast.unparse(target)} is state"
                for target in targets
                if is_state(ast.unparse(target), node.value)
            )


def is_state(name, value):
    text = ast.unparse(value)
    if not (isinstance(value, COLLECTIONS) or COLLECTION_CALL.fullmatch(text)):
        return False
    # A constant that starts empty is there to be filled.
    filled_later = EMPTY.fullmatch(text) and not name.startswith("__")
    return bool(filled_later) or not STATELESS_NAME.fullmatch(name)


def global_statements(module):
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Global):
            yield f"{module.path}: global {', '.join(node.names)}"


def missing_docstrings(module):
    if not ast.get_docstring(module.tree):
        yield f"{module.path}: no docstring"
    yield from undocumented(module.tree, module.path)


def undocumented(parent, path):
    for node in parent.body:
        if isinstance(node, DEFINITIONS) and is_public(node):
            if not ast.get_docstring(node):
                yield f"{path}: {node.name} has no docstring"
            if isinstance(node, ast.ClassDef):
                yield from undocumented(node, path)


def is_public(node):
    decorators = {ast.unparse(each).rpartition(".")[2] for each in node.decorator_list}
    return not (node.name.startswith("_") or decorators & UNDOCUMENTED_BY_CUSTOM)


def long_median(sources):
    functions = [
        (length(node), node.name, each.path) for each in sources for node in each.functions
    ]
    middle = median(lines for lines, _name, _path in functions)
    if middle < MEDIAN_FUNCTION_LINES:
        return ""
    longest = "".join(f"\n{path}: {name}" for _, name, path in sorted(functions)[:-11:-1])
    return f"the median function has {middle} lines; the longest:{longest}"


def out_of_proportion(code, tests):
    if code <= LINES_BEFORE_TESTS_ARE_WEIGHED or 0.8 * code <= tests <= 1.5 * code:
        return ""
    return f"{tests} lines of tests for {code} of code"


RULES = (
    long_files,
    long_functions,
    wide_functions,
    deep_functions,
    vague_names,
    module_state,
    global_statements,
    missing_docstrings,
)
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)


@each_rule
def test_the_rooms_keep_the_rule(rule):
    broken = [line for module in modules() for line in rule(module)]
    assert not broken, "\n" + "\n".join(broken)


def test_the_median_function_is_short():
    fault = long_median(modules())
    assert not fault, fault


def test_tests_are_about_as_long_as_the_code():
    fault = out_of_proportion(line_count(modules()), line_count(read(["tests"])))
    assert not fault, fault


def test_every_room_is_measured():
    assert {Path(module.path).parts[0] for module in modules()} == set(ROOMS)


def test_the_lock_names_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert "://" not in lock


NESTED = "def deep():\n if a:\n  for b in c:\n   while d:\n    with e: pass\n"
LADDER = "def flat():\n if a: pass\n elif b: pass\n elif c: pass\n elif d: pass\n elif e: pass\n"


@pytest.mark.parametrize(
    ("rule", "text", "named"),
    [
        (long_files, "a = 1\n" * 301, "301 lines"),
        (long_functions, "def long():\n" + " pass\n" * 40, "long has 41 lines"),
        (wide_functions, "def wide(a, b, /, c, *d, e, **f): pass", "wide takes 6"),
        (wide_functions, "class A:\n def wide(self, a, b, c, d, e, f): pass", "wide takes 6"),
        (deep_functions, NESTED, "deep nests 4"),
        (deep_functions, NESTED.replace("def", "async def"), "deep nests 4"),
        (module_state, "seen = []", "seen"),
        (module_state, "seen: dict[str, int] = {'a': 1}", "seen"),
        (module_state, "first = second = {a for a in b}", "second"),
        (module_state, "seen = collections.deque([1], 9)", "seen"),
        (module_state, "CACHE: dict[str, int] = {}", "CACHE"),
        (module_state, "COUNTS = defaultdict(int)", "COUNTS"),
        (global_statements, "def f():\n global total\n total = 1", "total"),
        (missing_docstrings, "a = 1", "no docstring"),
        (missing_docstrings, "'''Doc.'''\nclass Plain: pass", "Plain"),
        (missing_docstrings, "'''Doc.'''\nasync def bare(): pass", "bare"),
        (missing_docstrings, "'''Doc.'''\nclass A:\n '''Doc.'''\n def bare(self): pass", "bare"),
    ],
)
def test_a_rule_names_what_breaks_it(rule, text, named):
    assert any(named in line for line in rule(Module("scoring/sums.py", text)))


@pytest.mark.parametrize(
    "path", ["bot/utils.py", "scoring/text_helpers.py", "prompts/common/a.py"]
)
def test_a_vague_name_is_refused(path):
    assert list(vague_names(Module(path, "")))


def test_long_functions_are_told_by_the_median():
    short, long = "def short(): pass\n", "def long():\n" + " pass\n" * 11
    assert not long_median([Module("a.py", short)])
    assert "a.py: long" in long_median([Module("a.py", long)])


@pytest.mark.parametrize(
    ("code", "tests", "fault"),
    [
        (1000, 0, ""),
        (1001, 800, "800 lines of tests for 1001 of code"),
        (2000, 1600, ""),
        (2000, 3000, ""),
        (2000, 3001, "3001 lines of tests for 2000 of code"),
    ],
)
def test_tests_are_weighed_once_there_is_much_code(code, tests, fault):
    assert out_of_proportion(code, tests) == fault


GOOD = '''\
"""Doc."""
log = get_logger()
SUMS = {"a": 1}
_BY_NAME = dict(SUMS)
__all__ = []
Key = NewType("Key", str)
talk = column("talk_seconds")

class A:
    """Doc."""
    def __init__(self, a, b, c, d, e): pass
    @override
    def run(self): pass
'''


@each_rule
def test_a_rule_lets_good_code_pass(rule):
    text = GOOD + LADDER.replace("flat", "_flat")
    assert not list(rule(Module("scoring/database.py", text)))
