"""same_items.py FILE FILE…: do these feeds, each in a format of its own, hold the same items?

The same ids in the same order, with the same titles, publication times and bodies.
"""

import sys
from pathlib import Path

from feed import Item, differences, read_feed
from findings import finish


def comparable(items: list[Item]) -> list[Item]:
    """The items with only what all formats have: one date, and a body only where there is one.

    JSON Feed insists on a body; an article without one has its title there.
    """
    return [
        Item(
            id=item.id,
            title=item.title,
            text="" if item.text == item.title else item.text,
            published=item.published,
            dates=frozenset({item.published} - {None}),
        )
        for item in items
    ]


def findings(first: Path, others: list[Path]) -> list[str]:
    """What each of the others has otherwise than the first."""
    expected = comparable(read_feed(first).items)
    found = []
    if not expected:
        found.append(f"{first.name} holds no items")
    for path in others:
        seen = comparable(read_feed(path).items)
        found += [f"{path.name}: {line} (as in {first.name})" for line in differences(expected, seen)]
        if not found and [item.id for item in expected] != [item.id for item in seen]:
            found.append(f"{path.name}: the items stand in another order than in {first.name}")
    return found


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    finish(findings(paths[0], paths[1:]))
