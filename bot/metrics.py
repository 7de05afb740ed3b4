"""What the metrics of a review are called on a terminal, and their units."""

from collections.abc import Mapping
from types import MappingProxyType

# Name and unit, in the order in which they are shown.
METRICS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "aht": ("handle time", "seconds"),
        "fcr": ("first contact resolution", "percent"),
        "escalation": ("escalation rate", "percent"),
        "csat": ("satisfaction", "points"),
        "sentiment": ("sentiment", "polarity"),
    }
)
# What a focus or a strength may be about, beside a metric.
ABOUT: Mapping[str, str] = MappingProxyType(
    {
        **{metric: name for metric, (name, _) in METRICS.items()},
        "quality": "quality as a whole",
        "rushing": "speed and quality together",
    }
)
