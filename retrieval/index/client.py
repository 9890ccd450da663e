"""Opens Chroma, in this process or on a server, and says what its errors mean for a person."""

from __future__ import annotations

import base64
import shutil
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
from chromadb.api import ServerAPI
from chromadb.api.client import Client
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from filelock import Timeout

from retrieval.errors import (
    IndexBusyError,
    IndexDamagedError,
    OnrecordError,
    StorageFullError,
    UsageError,
    VectorsAwayError,
)
from retrieval.index.place import Edition, Place

FULL_BELOW_BYTES = 4_000_000
"""With less free than this a failed write means a full disk; Chroma's own message does not say."""

CONNECT_S = 5.0
"""How long to wait for a server to take a connection, and for its first answer."""
READ_S, WRITE_S = 10.0, 120.0
"""How long to wait for the answer to a search, and to an insertion of many vectors."""

_opening = Lock()


def open_client(place: Place, edition: Edition, *, writes: bool) -> Client:
    """Open Chroma where the vectors are kept."""
    if place.url is None:
        return _local(place.files(edition))
    return _remote(place.url, WRITE_S if writes else READ_S)


def close_client(client: Client) -> None:
    """Let go of files, threads and connections; Chroma's own way leaves connections open."""
    systems = SharedSystemClient._identifier_to_system
    ours = (client._system, client._admin_client._system)  # type: ignore[attr-defined]
    client.close()
    for system in ours:
        api = system.instance(ServerAPI)  # type: ignore[type-abstract]
        session = getattr(api, "_session", None)
        if isinstance(session, httpx.Client):
            session.close()
    with _opening:
        for name in [name for name, system in systems.items() if system in ours]:
            del systems[name]


def _local(folder: Path) -> Client:
    running = SharedSystemClient._identifier_to_system
    with _opening:
        # Clients of one path share what they see, and closing one leaves the others as they were:
        # so each gets a path of its own, spelled with another number of dots.
        path = next(p for n in count() if (p := f"{folder}{'/.' * n}") not in running)
        try:
            return Client(settings=_settings(is_persistent=True, persist_directory=path))
        except BaseException:
            # Chroma keeps what it failed to start, and would hand it out for this path.
            running.pop(path, None)
            SharedSystemClient._identifier_to_refcount.pop(path, None)
            raise


def _remote(url: str, timeout_s: float) -> Client:
    parts = urlsplit(url)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl().rstrip("/")
    headers = _authorization(parts.username, parts.password)
    # Chroma's client waits for ever. Ours waits for the first answer, then tells it how long.
    first = httpx.get(f"{bare}/api/v2/heartbeat", headers=headers, timeout=CONNECT_S)
    first.raise_for_status()
    client = Client(
        settings=_settings(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=bare,
            chroma_server_http_port=parts.port or (443 if parts.scheme == "https" else 80),
            chroma_server_headers=headers,
            chroma_server_ssl_enabled=parts.scheme == "https",
        )
    )
    session: httpx.Client = client._server._session  # type: ignore[attr-defined]
    session.timeout = httpx.Timeout(timeout_s, connect=CONNECT_S)
    return client


def _authorization(user: str | None, password: str | None) -> dict[str, str]:
    if user is None:
        return {}
    login = f"{unquote(user)}:{unquote(password or '')}".encode()
    return {"Authorization": f"Basic {base64.b64encode(login).decode()}"}


def _settings(**values: Any) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # its names lack a prefix: .env is not meant
        anonymized_telemetry=False,
        allow_reset=False,
        **values,
    )


def translated(error: BaseException, place: Place) -> OnrecordError:
    """What Chroma or the network raised, as what happened and what to do."""
    if isinstance(error, Timeout):
        return IndexBusyError(
            f"Another process is writing the vectors in {place}.", "Try again when it has ended."
        )
    if place.url is not None:
        return _translated_remote(error, place)
    text = str(error)
    with suppress(OSError):
        if "disk is full" in text or shutil.disk_usage(place.data_dir).free < FULL_BELOW_BYTES:
            return StorageFullError(
                f"The disk that holds {place} is full.",
                "Make room, then run `onrecord index` again; what was published is still served.",
            )
    if "readonly" in text or isinstance(error, PermissionError):
        return UsageError(
            f"The folder {place} cannot be written.", "Check its owner and permissions."
        )
    return IndexDamagedError(
        f"The vectors in {place} cannot be used ({type(error).__name__}: {text}).",
        f"Delete {place}, then run `onrecord index`: they are made again from the corpus.",
    )


def _translated_remote(error: BaseException, place: Place) -> OnrecordError:
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, httpx.TimeoutException):
        return VectorsAwayError(
            f"The Chroma server at {place} does not answer in time ({what}).",
            "See whether it is overloaded, then try again; what was published stays published.",
        )
    if isinstance(error, httpx.HTTPStatusError):
        return VectorsAwayError(
            f"What answers at {place} is no Chroma server, or lets nobody in ({what}).",
            "Check ONRECORD_CHROMA_URL, and the name and password in it.",
        )
    if isinstance(error, (httpx.TransportError, ConnectionError)):
        return VectorsAwayError(
            f"The Chroma server at {place} cannot be reached ({what}).",
            "Start it (`chroma run --path DIR`), or correct ONRECORD_CHROMA_URL; what was "
            "published stays published.",
        )
    return VectorsAwayError(
        f"The Chroma server at {place} failed ({what}).",
        "Look into its log, then try again; what was published stays published.",
    )
