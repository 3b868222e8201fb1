#!/usr/bin/env python3
"""Times `offprint pull` on feeds of a server on loopback, against a loop of feedparser and requests.

    benches/pull.py [--feeds 2000] [--items 20] [--runs 3]

Each feed has a host of its own (127.x.y.z), as most have. The server answers as fast as it can, with an entity tag.
Prints the time and the peak of memory of a first pull into an empty archive, of one in which nothing changed (all
answers are 304), and of one in which each feed has an item more; then of one in which nothing changed and each
answer takes 20 ms, as on the web it does, with the number of requests that were under way at once, in all and to
one host. Then the same for the loop, which does what home-made scripts do: asks a feed after the other with the
last entity tag, parses it, and writes a file for each address that it did not see yet. What is held to: 300 feeds a
second where nothing changed, 120 MB then and the first time, 16 requests at once, one to a host.

Needs feedparser and requests for the loop, and goes without where they are not installed.
"""

import argparse
import asyncio
import hashlib
import json
import multiprocessing
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

from containers import OFFPRINT, ROOT, TARGET, show

WORDS = "lamp fog harbour keeper light night storm boat crew signal tower stairs window morning ferry".split()
MOST_MB, MOST_REQUESTS, FEWEST_A_SECOND = 120, 16, 300
LATENCY = 0.02


def host(number):
    return f"127.{1 + number // 250 // 250}.{number // 250 % 250}.{number % 250 + 1}"


def item(feed, number):
    name = f"{feed}-{number}"
    text = " ".join(WORDS[(feed * 7 + number * 3 + at * at) % len(WORDS)] + f" {at}" for at in range(300))
    return (
        f"<item><title>Tale {name}</title><link>https://feed-{feed}.example/{number}</link><guid>{name}</guid>"
        f"<pubDate>{number % 28 + 1:02} Dec 2021 08:00:00 GMT</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
    )


def document(feed, first, items):
    body = "".join(item(feed, number) for number in range(first, first + items))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {feed}</title>{body}</channel></rss>'.encode()


class Connection(asyncio.Protocol):
    """One connection; what is served and what was counted stands on the class."""

    first, items, latency = 0, 0, 0
    documents, under_way, most, most_to_one = {}, {}, 0, 0

    def connection_made(self, transport):
        self.transport, self.received = transport, b""
        self.host = transport.get_extra_info("sockname")[0]

    def data_received(self, data):
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            self.answer(head.decode("latin-1").split("\r\n"))

    def answer(self, lines):
        path = lines[0].split(" ")[1]
        if path.startswith("/control/"):
            return self.control(path.removeprefix("/control/"))
        feed = int(path[1:])
        key = (feed, self.first)
        if key not in self.documents:
            made = document(feed, self.first, self.items)
            self.documents[key] = (made, f'"{hashlib.blake2b(made, digest_size=8).hexdigest()}"')
        made, tag = self.documents[key]
        same = any(line.lower().startswith("if-none-match:") and tag in line for line in lines)
        status, body = ("304 Not Modified", b"") if same else ("200 OK", made)
        length = "" if same else f"Content-Length: {len(body)}\r\n"
        head = f"HTTP/1.1 {status}\r\nETag: {tag}\r\nContent-Type: application/rss+xml\r\n{length}\r\n"
        if not self.latency:
            return self.send(head, body)
        seen, kind = self.under_way, type(self)
        seen[self.host] = seen.get(self.host, 0) + 1
        kind.most = max(kind.most, sum(seen.values()))
        kind.most_to_one = max(kind.most_to_one, seen[self.host])
        asyncio.get_running_loop().call_later(self.latency, self.send_late, head, body)

    def send_late(self, head, body):
        self.under_way[self.host] -= 1
        self.send(head, body)

    def control(self, what):
        kind = type(self)
        if what.startswith("first/"):
            kind.first = int(what.removeprefix("first/"))
            # Made before the time is taken.
            for feed in range(kind.feeds):
                made = document(feed, kind.first, kind.items)
                self.documents[feed, kind.first] = (made, f'"{hashlib.blake2b(made, digest_size=8).hexdigest()}"')
        if what.startswith("latency/"):
            kind.latency = float(what.removeprefix("latency/"))
        body = json.dumps([kind.most, kind.most_to_one]).encode()
        kind.most = kind.most_to_one = 0
        self.send(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n", body)

    def send(self, head, body):
        self.transport.write(head.encode() + body)


def serve(pipe, feeds, items):
    Connection.feeds, Connection.items = feeds, items

    async def run():
        server = await asyncio.get_running_loop().create_server(Connection, "0.0.0.0", 0, backlog=4096)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def control(port, what):
    import urllib.request

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/control/{what}") as answer:
        return json.load(answer)


def timed(command, folder):
    """Seconds and the peak of memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command} failed")
    return seconds, usage.ru_maxrss / 1000


LOOP = """
import hashlib, json, pathlib, sys
import feedparser, requests
folder = pathlib.Path("articles"); folder.mkdir(exist_ok=True)
store = pathlib.Path("seen.json")
seen = json.loads(store.read_text()) if store.exists() else {"tags": {}, "links": {}}
session = requests.Session()
for address in pathlib.Path("subs.txt").read_text().split():
    headers = {"If-None-Match": seen["tags"][address]} if address in seen["tags"] else {}
    answer = session.get(address, headers=headers, timeout=20)
    if answer.status_code == 304:
        continue
    for entry in feedparser.parse(answer.content).entries:
        if entry.link in seen["links"]:
            continue
        name = hashlib.md5(entry.link.encode()).hexdigest()[:16]
        (folder / f"000_{name}.txt").write_text(f"<!--0-->\\n[{entry.title}]({entry.link})\\n------\\n\\n<div></div>{entry.summary}\\n")
        seen["links"][entry.link] = 1
    seen["tags"][address] = answer.headers.get("ETag", "")
store.write_text(json.dumps(seen))
"""


def rounds(name, command, folder, port, runs, feeds):
    """A first pull, some without news, and one with an item more of each feed; the time without news."""
    control(port, "first/0")
    first = timed(command, folder)
    same = [timed(command, folder) for _ in range(runs)]
    control(port, "first/1")
    more = timed(command, folder)
    control(port, f"latency/{LATENCY}")
    late = timed(command, folder)
    most = control(port, "latency/0")
    files = sum(1 for _ in (folder / "articles").rglob("*.txt"))
    print(f"{name}: {files} articles")
    show("  the first time", [first])
    seconds = show("  nothing new", same)
    show("  an item more of each", [more])
    show("  nothing new, answers take 20 ms", [late])
    print(f"  {feeds / seconds:.0f} feeds a second where nothing is new, {feeds / late[0]:.0f} where answers take 20 ms;")
    print(f"  {most[0]} requests at once, {most[1]} to one host")
    return seconds, late[0], max(run[1] for run in [first, *same, late]), most, files


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--items", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--program", type=pathlib.Path, help="instead of the one that is built here")
    arguments = parser.parse_args()
    if not arguments.program:
        subprocess.run(["cargo", "build", "--quiet", "--locked", "--release"], cwd=ROOT, check=True)
    program = (arguments.program or OFFPRINT).resolve()
    place = TARGET / "benchmarks" / "pull"
    shutil.rmtree(place, ignore_errors=True)
    ours, theirs = place / "offprint", place / "loop"
    ours.mkdir(parents=True)
    theirs.mkdir()
    mine, pipe = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(pipe, arguments.feeds, arguments.items), daemon=True)
    server.start()
    port = mine.recv()
    addresses = [f"http://{host(feed)}:{port}/{feed}" for feed in range(arguments.feeds)]
    lists = "".join(f'[[pull.feed]]\nurl = "{address}"\n' for address in addresses)
    (ours / "offprint.toml").write_text(f"[pull]\nallow_private_network = true\n{lists}")
    (theirs / "subs.txt").write_text("\n".join(addresses))
    command = [program, "pull", "--quiet", "--image-cache", ours / "cache"]
    seconds, late, peak, most, files = rounds("offprint pull", command, ours, port, arguments.runs, arguments.feeds)
    expected = arguments.feeds * (arguments.items + 1)
    bad = [
        f"{files} articles instead of {expected}" if files != expected else "",
        f"{arguments.feeds / seconds:.0f} feeds a second" if arguments.feeds / seconds < FEWEST_A_SECOND else "",
        f"{peak:.0f} MB" if peak > MOST_MB else "",
        f"{most[0]} requests at once, {most[1]} to one host" if most[0] > MOST_REQUESTS or most[1] > 1 else "",
    ]
    try:
        import feedparser  # noqa: F401
        import requests  # noqa: F401
    except ImportError:
        print("feedparser and requests are not installed: nothing to compare with")
    else:
        loop = [sys.executable, "-c", LOOP]
        base, base_late, _, _, _ = rounds("feedparser and requests", loop, theirs, port, arguments.runs, arguments.feeds)
        print(
            f"where nothing is new the loop takes {base / seconds:.1f} times as long, "
            f"{base_late / late:.1f} times where answers take 20 ms"
        )
    server.terminate()
    if any(bad):
        sys.exit("not held to: " + "; ".join(filter(None, bad)))


if __name__ == "__main__":
    main()
