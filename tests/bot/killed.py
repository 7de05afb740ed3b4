"""A process of the bot that hears one message and is killed over it: DATABASE API PAYLOAD."""

import json
import sys
import time

from bot.command import Answer, Deed
from bot.replies import Reply
from scoring.database import connect
from tests.bot.talking import sent
from tests.slack import door_of

HERE = Reply(({"type": "divider"},), "Here you are")


def answer(_request, _services):
    """An answer that takes its time where it is told to."""
    if "slow" in sys.argv:
        time.sleep(600)
    return Answer(HERE)


if __name__ == "__main__":
    database, api, body = sys.argv[1:4]
    deeds = (Deed("event", "message", answer),)
    door = door_of(connect(database), api=api, deeds=deeds, ack_seconds=0.2)
    sys.stdout.write(f"{sent(door, json.loads(body)).status}\n")
    sys.stdout.flush()
    door.pool.shutdown()
