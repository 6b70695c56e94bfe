"""How long a lock takes to get from one host to another."""

import os
import signal
import statistics
import time

from .places import STATES
from .writers import Writer, staging_files

# in milliseconds: by a watch, and by polling
LONGEST = {"redis": 150, "etcd": 30, "jdbc": 150, "shedlock": 150}


def takeover(rig, engine, server):
    lease, timeout = STATES[engine]
    target = os.path.join(rig.directory("takeover"), "file.number")
    first, second = (Writer("Holder", engine, server, target, lease, timeout, gap=0) for _ in range(2))
    try:
        first.next("READY")
        second.next("READY")
        second.write_once("0")
        first.stage("1")
        second.ask("once 2")
        time.sleep(0.5)
        killed = time.time()
        first.send(signal.SIGKILL)
        _, at, result = second.answer()
    finally:
        first.end()
        second.end()
    millis = at - int(killed * 1000)
    rig.say(f"takeover, {engine}: {millis} ms after the kill, with a lease of {lease} ms")
    if result != "COMMITTED":
        rig.fail(f"{engine}, takeover: {result}")
    if millis > lease + 500:
        rig.fail(f"{engine}, takeover: after {millis} ms, with a lease of {lease} ms")
    if staging_files(os.path.dirname(target)):
        rig.fail(f"{engine}, takeover: left behind: {staging_files(os.path.dirname(target))}")
    return millis


def relay(rig, engine, server, seconds):
    """Returns the times from each release to the acquisition of whoever was waiting, in milliseconds."""
    lease, timeout = STATES[engine]
    target = os.path.join(rig.directory("relay"), "file.number")
    writers = [Writer("Relay", engine, server, target, lease, timeout, seconds=seconds) for _ in range(2)]
    turns = []
    try:
        for number, writer in enumerate(writers):
            writer.next("READY")
        for number, writer in enumerate(writers):
            while (line := writer.next()) != "DONE":
                asked, acquired, released = (int(word) for word in line.split(" ")[1:])
                turns.append((acquired, number, asked, released))
    finally:
        for writer in writers:
            writer.end()
    turns.sort()
    overlaps = sum(1 for before, after in zip(turns, turns[1:]) if after[0] < before[3] and before[1] != after[1])
    if overlaps:
        rig.fail(f"{engine}, relay: two had the lock at once, {overlaps} times")
    return [(after[0] - before[3]) / 1e6 for before, after in zip(turns, turns[1:]) if before[1] != after[1] and after[2] < before[3]]


def turns(rig, engine, server):
    times = [takeover(rig, engine, server) for _ in range(1 if rig.options.slice else 5)]
    gaps = relay(rig, engine, server, 15 if rig.options.slice else 30)
    if len(gaps) < 10:
        rig.fail(f"{engine}, relay: only {len(gaps)} hand-overs")
        return len(times)
    median = statistics.median(gaps)
    rig.say(f"hand-over, {engine}: {len(gaps)}, median {median:.1f} ms, longest {max(gaps):.1f} ms")
    if median > LONGEST[engine]:
        rig.fail(f"{engine}, hand-over: median {median:.1f} ms, at most {LONGEST[engine]} ms were promised")
    return len(times) + len(gaps)
