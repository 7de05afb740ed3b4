"""How each unit is written for people: short, with as many digits as the figure carries."""

from types import MappingProxyType

MINUTE, HOUR, DAY = 60, 3600, 86_400
# Tenths of a second are told below this.
SHORT = 10
_FORMS: MappingProxyType[str, str] = MappingProxyType(
    {
        "contacts": "{:,.0f}",
        "net points": "{:+.0f}",
        "money": "{:,.2f}",
        "per hour": "{:,.2f}",
        "ratio": "{:,.2f}",
    }
)
_ANY_FORM = "{:.2f}"


def written(value: float | None, unit: str) -> str:
    """A value with its unit; a dash where there is none."""
    if value is None:
        return "\N{EN DASH}"
    if unit == "seconds":
        return duration(value)
    if unit == "percent":
        return f"{value * 100:.1f} %"
    return _FORMS.get(unit, _ANY_FORM).format(value)


def changed(value: float | None, unit: str) -> str:
    """A change with its sign; shares change by points, not percent."""
    if value is None:
        return ""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else "±"
    if unit == "percent":
        return f"{sign}{abs(value) * 100:.1f} points"
    if unit == "net points":
        return f"{sign}{abs(value):.0f}"
    return sign + written(abs(value), unit)


def duration(seconds: float) -> str:
    """Seconds in the two largest units that tell: 8 min 41 s, 1 d 4 h."""
    if seconds < SHORT:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE:02d} s"
    if whole < DAY:
        return f"{whole // HOUR} h {whole % HOUR // MINUTE:02d} min"
    return f"{whole // DAY} d {whole % DAY // HOUR} h"


def between(low: float | None, high: float | None, unit: str) -> str:
    """An interval, its unit once where both ends share it; … where nothing can be said."""
    if low is None and high is None:
        return ""
    first, last = ("…" if end is None else written(end, unit) for end in (low, high))
    number, _, mark = first.partition(" ")
    if last.split(" ")[1:] == [mark]:
        first = number
    return f"{first} to {last}"
