"""Scenarios: what kind of operation is made up, and what becomes of its agents.

Every share and size here is a judgement of ours. None is taken from the method that is judged, and
no constant of the method may be tuned to them.
"""

from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

METRICS = ("aht", "fcr", "escalation", "csat", "sentiment")
AHT, FCR, ESCALATION, CSAT, SENTIMENT = range(5)
# +1 where more is better.
GOOD = (-1, 1, -1, 1, 1)
# What nature turns to make an agent's contacts come out differently; see bench.nature.
DIALS = ("pace", "solving", "escalating", "pleasing", "tone")
PACE, SOLVING, ESCALATING, PLEASING, TONE = range(5)


@dataclass(frozen=True)
class Scenario:
    """An operation: its size, how unlike its queues are, and how lively its agents.

    ``contacts`` is the range of an agent's usual contacts a week; ``team`` how many agents share a
    queue mix; ``unlike`` the spread (log) of the mixes between teams; ``staffing`` the correlation
    of an agent's quality with how hard the own queues are; ``tails`` the degrees of freedom of an
    agent's wobble (t-distributed), ``sticky`` its correlation with last week's; ``routed`` how
    much of the difficulty that no label shows goes to the better agents; ``career`` whether
    anybody changes; ``copies`` how many such operations make up one replay.
    """

    name: str
    says: str
    agents: int = 200
    weeks: int = 26
    team: int = 8
    contacts: tuple[int, int] = (80, 100)
    response: float = 0.15
    unlike: float = 0.8
    staffing: float = 0.4
    tails: float = 6.0
    sticky: float = 0.0
    routed: float = 0.0
    career: bool = True
    copies: int = 1

    def rng(self, seed: int, stream: int, copy: int = 0) -> np.random.Generator:
        """A source of chance of its own for every stream, so that no part disturbs another."""
        return np.random.default_rng(np.random.SeedSequence((seed, copy, stream)))


_MIXED = Scenario("mixed", "agents improve, slip, rush, over-service, switch queues, leave, start")
_QUIET = replace(_MIXED, name="quiet", says="nobody changes; queues switch and leave is taken")

SCENARIOS = MappingProxyType(
    {
        one.name: one
        for one in (
            _MIXED,
            replace(_QUIET, career=False),
            replace(_MIXED, name="plain", says="as mixed, with a normal wobble", tails=1e6),
            replace(
                _QUIET, name="calm", says="as quiet, with a normal wobble", career=False, tails=1e6
            ),
            replace(
                _MIXED, name="small_team", says="eight agents by themselves", agents=8, copies=12
            ),
            replace(
                _MIXED,
                name="confounded",
                says="very unlike queues, the hardest with the best agents",
                unlike=1.2,
                staffing=0.8,
            ),
            replace(_MIXED, name="low_volume", says="25 to 35 contacts a week", contacts=(25, 35)),
            replace(_MIXED, name="no_csat", says="no survey is sent", response=0.0),
            replace(
                _MIXED,
                name="rough",
                says="beyond what the method supposes: wobble lasts, hidden difficulty is routed",
                sticky=0.4,
                routed=0.3,
            ),
        )
    }
)


@dataclass(frozen=True)
class Kind:
    """What becomes of an agent of a kind: the range of each change, zero where nothing changes.

    ``pace`` is a factor of handle time less 1, ``fcr`` points (share) on the usual mix; the other
    three are turns of the dial, in the direction of more. ``either`` turns the change around for
    half of the agents; ``lasting`` is for how many weeks, 0 for good; ``gradual`` the share of
    agents for whom it comes over three weeks.
    """

    share: float
    pace: tuple[float, float] = (0.0, 0.0)
    fcr: tuple[float, float] = (0.0, 0.0)
    pleasing: tuple[float, float] = (0.0, 0.0)
    tone: tuple[float, float] = (0.0, 0.0)
    either: bool = False
    lasting: tuple[int, int] = (0, 0)
    gradual: float = 0.0


KINDS = MappingProxyType(
    {
        "steady": Kind(0.44),
        "rush": Kind(0.07, pace=(-0.23, -0.23), fcr=(-0.11, -0.11), pleasing=(-0.5, -0.3),
                     tone=(-0.2, -0.1)),
        "faster": Kind(0.08, pace=(-0.40, -0.17), gradual=0.25),
        "overserve": Kind(0.05, pace=(0.20, 0.55)),
        "trade": Kind(0.03, pace=(0.20, 0.35), fcr=(0.06, 0.10), pleasing=(0.2, 0.4)),
        "improve": Kind(0.06, fcr=(0.06, 0.16), pleasing=(0.1, 0.5), tone=(0.05, 0.25),
                        gradual=0.25),
        "slip": Kind(0.07, fcr=(-0.27, -0.08), pleasing=(-0.5, -0.1), tone=(-0.25, -0.05),
                     gradual=0.25),
        "recover": Kind(0.03, fcr=(-0.25, -0.12), pleasing=(-0.5, -0.1), tone=(-0.25, -0.05),
                        lasting=(5, 8)),
        "soft": Kind(0.04, pleasing=(0.2, 0.8), tone=(0.15, 0.45), either=True),
        "small": Kind(0.04, pace=(0.04, 0.12), fcr=(-0.05, 0.05), either=True),
        "switch": Kind(0.03),
        "leave": Kind(0.03),
        "new": Kind(0.03),
    }
)  # fmt: skip
