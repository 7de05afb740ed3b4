"""How speed and quality pulled together or apart in a week: one sentence, and no figure."""

from prompts.note.news import Moved, flag, gains, slips
from prompts.note.shape import Section
from prompts.note.statements import Told, change_fact
from prompts.note.voice import Voice
from prompts.note.wordings import BALANCE
from scoring.coaching.findings import QUALITY, AgentReview

TITLE = "Speed and quality"


def balance_section(review: AgentReview, told: Told, voice: Voice) -> Section:
    """The one sentence, after the change of handle time if that has not been ``told``."""
    said = voice.choose("balance", BALANCE[pull(review)])
    change = review.metrics["aht"].change if "aht" in review.metrics else None
    if change is None or ("change", "aht") in told:
        return Section("balance", TITLE, ((said,),))
    fact = change_fact("balance", Moved("aht", change), voice.whose)
    return Section("balance", TITLE, ((fact, said),))


def pull(review: AgentReview) -> str:
    """Which way speed and quality pulled: a key of the wordings."""
    if review.rushing:
        return "rushing"
    if review.overservicing:
        return "overservicing"
    better = any(moved.metric != "aht" for moved in gains(review))
    worse = bool(slips(review))
    speed = flag(review, "aht")
    if speed == "none":
        return _steady_speed(review, better=better, worse=worse)
    return {
        "better": "held",
        "faster": "apart" if worse else "faster",
        "slower": "slower",
        "worse": "both_worse" if worse else "longer_gain" if better else "longer",
    }[speed]


def _steady_speed(review: AgentReview, *, better: bool, worse: bool) -> str:
    if better and worse:
        return "quality_mixed"
    if better or worse:
        return "quality_up" if better else "quality_down"
    compared = {name for name, one in review.metrics.items() if one.why_quiet == "normal"}
    return "steady" if "aht" in compared and compared & set(QUALITY) else "unknown"
