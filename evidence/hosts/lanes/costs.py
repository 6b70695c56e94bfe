"""What a store costs beside the bare client of its engine."""

from .places import STATES
from .writers import Writer

MOST = 1.3


def costs(rig, engine, server):
    lease, timeout = STATES[engine]
    writer = Writer("Cost", engine, server, "none", lease, timeout, rounds=200 if rig.options.slice else 2000)
    try:
        ours, bare = (int(word) for word in writer.next("COST").split(" ")[1:])
    finally:
        writer.end()
    rig.say(f"cost, {engine}: {ours} µs, and {bare} µs by the bare client: {ours / bare:.2f} times")
    if ours > MOST * bare:
        rig.fail(f"{engine}, cost: {ours / bare:.2f} times the bare client, at most {MOST}")
    return ours, bare
