"""The process in which our own Prefect server runs: it ends when the one who started it ends, however that ends.

Comes in: the number of a listening socket, opened by the parent; a pipe as standard input. Goes out: the server, until
the pipe is closed. A parent that is killed closes it too, so no server is left behind. Where the server keeps its files
is left to the environment that server.py sets.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn

LOOPBACK_NAMES = ["127.0.0.1", "localhost"]
GRACE_S = 3
"""Open connections of clients that do not hang up are cut after so many seconds."""


def main() -> None:
    """Serves on the socket named by the first argument until standard input is closed."""
    import uvicorn
    from prefect.server.api.server import create_app
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    listening = socket.socket(fileno=int(sys.argv[1]))
    # A page elsewhere whose name leads to this machine is refused: Prefect itself asks for no name and no password.
    app = TrustedHostMiddleware(create_app(final=True), allowed_hosts=LOOPBACK_NAMES)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE_S)
    server = uvicorn.Server(config)
    threading.Thread(target=_stop_with_parent, args=(server,), daemon=True).start()
    server.run(sockets=[listening])


def _stop_with_parent(server: uvicorn.Server) -> None:
    while os.read(0, 1024):
        pass
    server.should_exit = True


if __name__ == "__main__":
    main()
