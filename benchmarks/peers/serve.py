"""Serve one of the small Python applications as Kopā is served: `PORT=8001 python -m benchmarks.peers.serve plain`."""

from __future__ import annotations

import os
import sys

import uvicorn

APPLICATIONS = {
    "plain": "benchmarks.peers.plain.app:app",
    "asgi": "benchmarks.peers.floors:asgi",
    "starlette": "benchmarks.peers.floors:starlette",
}


def main() -> None:
    uvicorn.run(
        APPLICATIONS[sys.argv[1]],
        port=int(os.environ["PORT"]),
        loop="uvloop",
        http="httptools",
        ws="none",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )


if __name__ == "__main__":
    main()
