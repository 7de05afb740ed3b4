"""Shows an answer where it belongs: below a message, in a window, in a thread, in Home.

Nothing is raised: there is nobody left to tell, so what Slack refuses is in the log under the
token of the call. Where nobody knows whether Slack took an answer, or Slack cannot take it now,
it is not settled: whoever handles the call again looks first whether it is there.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.actions import SHARE
from bot.blockkit import plain, section
from bot.blocks.limits import VIEW_BLOCKS, VIEW_TITLE
from bot.calls import Call, Place
from bot.command import Answer, Modal, Prompt
from bot.posting import (
    BROKEN,
    LookError,
    Posted,
    Refused,
    landed_in_thread,
    post,
    said_by,
)
from bot.replies import Block, Reply
from bot.slack import REFUSED_BLOCKS, Answers, Manner, shape

if TYPE_CHECKING:
    from slack_sdk import WebClient

log = logging.getLogger(__name__)

WAIT = Modal("Evenkeel", (section("One moment, please\N{HORIZONTAL ELLIPSIS}"),))
STATUS = "is looking at the records\N{HORIZONTAL ELLIPSIS}"
SUGGESTED = "What you can ask"
# What Slack says where a workspace, or the app as it was installed, has no such thing.
LACKING = frozenset({"not_agent_app", "missing_scope", "not_allowed_token_type", "unknown_method"})
# What Slack refuses now and may take later.
PASSING = frozenset({"ratelimited", "rate_limited", "team_added_to_org"})
WRONG = "Nothing was kept. Close this and open the form again."
DONE = "Done."
TOO_LATE = "Slack opens a window within three seconds only, and this one was not ready by then."
TRY_AGAIN = "Ask for it again: what took its time is mostly ready now."
# What windows cannot hold; what stands in it stands in the classic form too.
_MESSAGES_ONLY = frozenset({"table", "data_visualization", "context_actions"})


@dataclass(frozen=True)
class Showing:
    """Shows answers in one workspace.

    ``client`` calls Slack and retries nothing but what Slack says that it did not take;
    ``lacking`` is what was found that the workspace has not.
    """

    client: "WebClient"
    bot_id: str
    answers: Answers = field(default_factory=Answers)
    lacking: set[str] = field(default_factory=set)

    def show(self, call: Call, place: Place, answer: Answer) -> bool:
        """Whether an answer is settled: shown, or refused for good."""
        if answer.home:
            self.draw_home(call, place.user_id, answer.home)
        if answer.modal is not None and not self.open(
            call, _filled(place) if answer.replaces else place, answer.modal
        ):
            self._say_too_late(call, place)
        if answer.prompts:
            self._suggest(call, place, answer.prompts)
        return True if answer.reply is None else self._tell(call, place, answer)

    def open(self, call: Call, place: Place, modal: Modal) -> str:
        """Opens a window, over the one that something was done in if it was; its id, if opened.

        One that waits already is filled in.
        """
        view = view_of(modal)
        if place.window and not place.trigger:
            self._called(call, lambda: self.client.views_update(view_id=place.window, view=view))
            return place.window
        way = self.client.views_push if place.window else self.client.views_open
        answer = self._called(call, lambda: way(trigger_id=place.trigger, view=view))
        return str(((answer or {}).get("view") or {}).get("id") or "")

    def _say_too_late(self, call: Call, place: Place) -> None:
        """Tells whoever waits for a window that none could be opened, where that can be told."""
        from bot.views.mistake import Mistake, mistake

        if place.url:
            told = mistake(Mistake(TOO_LATE, TRY_AGAIN, call.token))
            self.answers.send(place.url, told, call.token)

    def draw_home(self, call: Call, user_id: str, blocks: tuple[Block, ...]) -> None:
        """Draws a person's Home anew."""
        view = {"type": "home", "blocks": [dict(one) for one in blocks[:VIEW_BLOCKS]]}
        self._called(call, lambda: self.client.views_publish(user_id=user_id, view=view))

    def say_working(self, call: Call, place: Place) -> None:
        """Says in a direct message's thread that an answer is on its way, until it is there."""
        self._perhaps(
            call,
            "status",
            lambda: self.client.assistant_threads_setStatus(
                channel_id=place.channel, thread_ts=place.thread, status=STATUS
            ),
        )

    def _suggest(self, call: Call, place: Place, prompts: tuple[Prompt, ...]) -> None:
        told = [{"title": one.title, "message": one.message} for one in prompts]
        self._perhaps(
            call,
            "prompts",
            lambda: self.client.assistant_threads_setSuggestedPrompts(
                channel_id=place.channel, prompts=told, title=SUGGESTED
            ),
        )

    def _perhaps(self, call: Call, what: str, work: Callable[[], object]) -> None:
        """Does what some workspaces have and others have not; no more, once one said so."""
        if what in self.lacking:
            return
        try:
            work()
        except BROKEN as error:
            why = said_by(error)
            log.info("refused", extra={"token": call.token, "why": why})
            if why in LACKING:
                self.lacking.add(what)

    def _tell(self, call: Call, place: Place, answer: Answer) -> bool:
        reply = answer.reply
        if reply is None:
            return True
        if place.url:
            self.answers.send(place.url, reply, call.token, _manner(answer, place))
        elif place.inside:
            self.open(call, _filled(place) if answer.replaces else place, page_of(reply))
        elif place.home:
            self.draw_home(call, place.user_id, reply.blocks)
        elif place.among:
            return self._whisper(call, place, reply)
        elif place.thread:
            return self._post(call, place, reply)
        return True

    def _post(self, call: Call, place: Place, reply: Reply) -> bool:
        """Posts into the thread of a message, once: a copy looks first whether it is there."""
        try:
            found = place.retried and landed_in_thread(
                self.client, place.channel, place.thread, call.event, self.bot_id
            )
        except LookError as error:
            log.warning("not looked", extra={"token": call.token, "why": type(error).__name__})
            return False
        if found:
            return True
        said = post(self.client, place.channel, reply, call.event, place.thread)
        if isinstance(said, Posted):
            return True
        log.warning("not posted", extra={"token": call.token, "why": said.why})
        return isinstance(said, Refused) and said.why not in PASSING

    def _whisper(self, call: Call, place: Place, reply: Reply) -> bool:
        """Shows an answer to whoever asked and to nobody else, where others read along.

        What one person alone sees is in no history, so nobody can look whether it is there.
        """
        for blocks in (reply.blocks, reply.classic or (), ()):
            told = shape(reply, blocks)
            try:
                self.client.chat_postEphemeral(
                    channel=place.channel,
                    user=place.user_id,
                    thread_ts=place.thread or None,
                    text=told["text"],
                    blocks=told["blocks"],
                )
            except BROKEN as error:
                why = said_by(error)
                log.warning("not posted", extra={"token": call.token, "why": why})
            else:
                return True
            if why not in REFUSED_BLOCKS:
                return why not in PASSING
        return True

    def _called(self, call: Call, work: Callable[[], Any]) -> Mapping[str, Any] | None:
        """What Slack answered; None where it refused."""
        try:
            answer: Mapping[str, Any] = work().data
        except BROKEN as error:
            log.warning("refused", extra={"token": call.token, "why": said_by(error)})
            return None
        return answer


def _filled(place: Place) -> Place:
    """The place where what is opened fills the window that something was done in, if it was."""
    return replace(place, trigger="") if place.window else place


def _manner(answer: Answer, place: Place) -> Manner:
    return Manner(answer.shared, answer.replaces, place.thread)


def filling(answer: Answer) -> Answer:
    """What came of a form, for the window that waits for it: that it is done, if nothing else.

    What is wrong in it can stand at no input any more.
    """
    if answer.modal is not None or answer.reply is not None:
        return answer
    lines = [section(one) for one in answer.wrong.values()]
    page = (section(WRONG), *lines) if lines else (section(DONE),)
    return replace(answer, modal=Modal("Evenkeel", page), wrong={})


def page_of(reply: Reply) -> Modal:
    """A reply as a page in a window, which can hold neither tables nor charts."""
    blocks = reply.blocks if reply.classic is None else reply.classic
    drawn = tuple(_unshared(one for one in blocks if one["type"] not in _MESSAGES_ONLY))
    title = next((one["text"]["text"] for one in drawn if one["type"] == "header"), "Evenkeel")
    return Modal(title, drawn)


def _unshared(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks without a button to share: from a window there is no channel to share to."""
    for block in blocks:
        if block["type"] != "actions":
            yield block
        elif left := [one for one in block["elements"] if one["action_id"] != SHARE]:
            yield {**block, "elements": left}


def view_of(modal: Modal) -> dict[str, Any]:
    """A window as Slack takes it."""
    view: dict[str, Any] = {
        "type": "modal",
        "title": plain(modal.title, VIEW_TITLE),
        "close": plain("Cancel" if modal.submit else "Close"),
        "blocks": [dict(one) for one in modal.blocks[:VIEW_BLOCKS]],
        "private_metadata": modal.about,
    }
    if modal.name:
        view["callback_id"] = modal.name
    return {**view, "submit": plain(modal.submit)} if modal.submit else view
