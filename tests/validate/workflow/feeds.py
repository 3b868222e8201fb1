"""A server of feeds on loopback, for what pulls them."""

import functools
import http.server
import threading
from pathlib import Path


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, with their times as validators."""

    extensions_map = {".xml": "application/rss+xml", ".json": "application/feed+json", ".html": "text/html", "": "text/html"}

    def log_message(self, *_arguments) -> None:
        pass


class Feeds:
    """Serves a folder as long as it is open."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        handler = functools.partial(Quiet, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{path}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def show(self, name: str, numbers: range) -> None:
        """Writes a feed with articles of these numbers."""
        items = "".join(
            f"<item><title>Tale {number}</title><link>https://tales.example/{number}</link>"
            f"<pubDate>{number:02} Dec 2021 08:00:00 GMT</pubDate>"
            f"<description>{f'The keeper writes of the harbour, in part {number} of the series. ' * 20}</description></item>"
            for number in numbers
        )
        text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tales</title>{items}</channel></rss>'
        (self.folder / name).write_text(text, encoding="utf-8")
