"""The protocol over HTTP: nothing is answered without the token, or to the page of a stranger."""

import secrets
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import uvicorn
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import AnyHttpUrl
from starlette.applications import Starlette

from prompts.mcp_server import McpServer

PATH = "/mcp"
# Questions and arguments are a few thousand bytes.
MOST_BYTES = 256 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Door:
    """Who is let in.

    ``key`` is the viewer's, ``token`` what a client has to bring. ``hosts`` are the names by which
    clients may call, beside those of this machine for itself: whatever a request says otherwise
    comes from a page that was led here, and is turned away.
    """

    key: str
    token: str = field(repr=False)
    hosts: Sequence[str] = ()

    async def verify_token(self, token: str) -> AccessToken | None:
        """The viewer's right to enter; None with another token. It takes as long either way."""
        if not secrets.compare_digest(token.encode(), self.token.encode()):
            return None
        return AccessToken(token=token, client_id=self.key, subject=self.key, scopes=[])


def app_of(server: McpServer, door: Door, address: str) -> Starlette:
    """A server behind its door, as a web application; ``address`` is where it listens."""
    settings = AuthSettings(
        issuer_url=AnyHttpUrl(f"http://{address}"),
        resource_server_url=None,
        validate_token_resource=False,
    )
    return server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=MOST_BYTES,
        transport_security=_strict(door.hosts),
        auth=settings,
        token_verifier=door,
    )


def _strict(hosts: Sequence[str]) -> TransportSecuritySettings:
    names = [*LOOPBACK, *hosts]
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=list(_with_ports(names)),
        allowed_origins=[
            f"{scheme}://{name}" for scheme in ("http", "https") for name in _with_ports(names)
        ],
    )


def _with_ports(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield name
        yield f"{name}:*"


def serve_at(app: Starlette, listening: socket.socket) -> None:
    """Answers at a socket until the process is told to stop."""
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])
