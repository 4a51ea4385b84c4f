"""The web server: the address is taken before anything slow happens, and a signal ends it cleanly."""

import asyncio
import multiprocessing
import os
import signal
import socket
import sys

import uvicorn
from starlette.applications import Starlette
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from service import logs
from service.app import create_app
from service.collector import seldom
from service.errors import KopaError, SettingsError
from service.settings import Settings
from service.wire import Protocol

SECONDS_TO_FINISH = 10

LONGEST_TURN = 0.001
"""Seconds for which a thread that looks at a long document, or searches, keeps those waiting who are answered at once;
each answer waits for several such turns, and Python's own are five times as long."""

SECONDS_TO_ANSWER = 60
"""After which a worker that does not answer its supervisor is replaced; loading a large directory keeps it busy."""


def listen(host: str, port: int) -> socket.socket:
    """Take the address. Browsers that come while the directory still loads wait instead of being refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        reason = str(error.strerror).partition(" (")[0] if isinstance(error, OSError) else "no such address"
        raise SettingsError(
            f"Cannot listen on {host} port {port}: {reason}. Choose another address with --host and --port."
        ) from None


def application() -> Starlette:
    """The application of a serving process. It inherits nothing but the environment and the address."""
    settings = Settings.from_env()
    logs.configure(settings.log_level)
    sys.setswitchinterval(LONGEST_TURN)
    seldom()
    if supervisor := multiprocessing.parent_process():
        _end_with(supervisor.sentinel)
    return create_app(settings)


def _end_with(sentinel: int) -> None:
    """A worker whose supervisor was killed would otherwise keep the address for ever."""
    loop = asyncio.get_running_loop()

    def end() -> None:
        loop.remove_reader(sentinel)
        os.kill(os.getpid(), signal.SIGTERM)

    loop.add_reader(sentinel, end)


def run(settings: Settings, address: socket.socket, workers: int) -> None:
    """Serve in this process, or in several that share the address, until a signal asks to stop.

    Raises KopaError when the application cannot start.
    """
    # A serving process begins with nothing but the environment; where it listens is part of the links in letters.
    os.environ |= {"KOPA_HOST": settings.host, "KOPA_PORT": str(settings.port)}
    config = uvicorn.Config(
        "service.server:application",
        factory=True,
        workers=workers,
        loop="uvloop",
        http=Protocol,
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,  # the application looks at them itself
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        timeout_worker_healthcheck=SECONDS_TO_ANSWER,
    )
    try:
        failed = _supervise(config, address) if workers > 1 else _serve(config, address)
    except KeyboardInterrupt:
        return  # it was asked to stop, and has stopped in good order
    if failed:
        raise KopaError("The server could not start; the reason stands above.")


def _serve(config: uvicorn.Config, address: socket.socket) -> bool:
    """Whether it failed to start."""
    try:
        uvicorn.Server(config).run(sockets=[address])
    except SystemExit:
        return True
    return False


def _supervise(config: uvicorn.Config, address: socket.socket) -> bool:
    """Start the workers and replace those that die; whether one failed to start."""
    supervisor = Multiprocess(config, sockets=[address])
    supervisor.run()
    return any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes)


def url(address: socket.socket) -> str:
    host, port = address.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
