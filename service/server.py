"""The web server: the address is taken before anything slow happens, and a signal ends it cleanly."""

import socket

import uvicorn
from starlette.applications import Starlette

from service import logs
from service.errors import KopaError, SettingsError

SECONDS_TO_FINISH = 10


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


def run(app: Starlette, address: socket.socket, log_level: str) -> None:
    logs.configure(log_level)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    try:
        uvicorn.Server(config).run(sockets=[address])
    except SystemExit:
        raise KopaError("The server could not start; the reason stands above.") from None
    except KeyboardInterrupt:
        return  # it was asked to stop, and has stopped in good order


def url(address: socket.socket) -> str:
    host, port = address.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
