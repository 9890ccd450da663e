"""What a page in a browser asks the workspace, as bare requests."""

from __future__ import annotations

import http.client
import json
import socket
import struct
from typing import Any

from bot.workspace.workspace import Workspace

MEMBER = "U0MEMBER"


class Browser:
    """A page's requests, over one connection."""

    def __init__(self, workspace: Workspace) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", workspace.port, timeout=10)

    def ask(
        self, verb: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        sent = {"Content-Type": "application/json", "X-Workspace": "page"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        text = None if body is None else json.dumps(body)
        self._connection.request(verb, path, text, {**sent, **named})
        response = self._connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()

    def ask_and_hang_up(self, path: str) -> None:
        self._connection.request("GET", path)
        # Closed so, a connection is reset, and what the other side writes to it fails.
        at_once = struct.pack("ii", 1, 0)
        self._connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        self._connection.close()

    def see(self, user: str = MEMBER, after: int | None = None) -> dict[str, Any]:
        wanted = f"&after={after}" if after is not None else ""
        return json.loads(self.ask("GET", f"/page/snapshot?user={user}{wanted}")[2])

    def act(self, act: str, user: str = MEMBER, **fields: object) -> dict[str, Any]:
        return json.loads(self.ask("POST", "/page/act", {"user": user, "act": act, **fields})[2])

    def channel(self, channel_id: str, user: str = MEMBER) -> dict[str, Any]:
        return next(c for c in self.see(user)["channels"] if c["id"] == channel_id)

    def close(self) -> None:
        self._connection.close()
