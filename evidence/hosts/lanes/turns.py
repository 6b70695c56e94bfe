"""How long a lock takes to get from one host to another."""

import os
import signal
import statistics
import time

from .places import STATES
from .writers import Writer, staging_files

# in milliseconds: by a watch, and by polling
LONGEST = {"redis": 150, "etcd": 30, "jdbc": 150, "shedlock": 150}
LATE = 300


def takeover(rig, engine, server, leases=1):
    """Returns after how many milliseconds a lock is another's whose holder was killed, with a lease of so many lease times."""
    lease, timeout = STATES[engine]
    target = os.path.join(rig.directory("takeover"), "file.number")
    first, second = (Writer("Holder", engine, server, target, time, timeout, gap=0) for time in (leases * lease, lease))
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
    rig.say(f"takeover, {engine}: {millis} ms after the kill, with a lease of {leases * lease} ms")
    if result != "COMMITTED":
        rig.fail(f"{engine}, takeover: {result}")
    if staging_files(os.path.dirname(target)):
        rig.fail(f"{engine}, takeover: left behind: {staging_files(os.path.dirname(target))}")
    return millis


def relay(rig, engine, server, seconds, names=("file", "file"), late=0):
    """Returns the times from each release to the acquisition of whoever was waiting, in milliseconds, and how often two had the lock at once."""
    lease, timeout = STATES[engine]
    directory = rig.directory("relay")
    writers = [Writer("Relay", engine, server, os.path.join(directory, name + ".number"), lease, timeout, seconds=seconds, late=late) for name in names]
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
    return [(after[0] - before[3]) / 1e6 for before, after in zip(turns, turns[1:]) if before[1] != after[1] and after[2] < before[3]], overlaps


def turns(rig, engine, server):
    limit = STATES[engine][0] + 500
    times = [takeover(rig, engine, server) for _ in range(1 if rig.options.slice else 5)]
    for millis in times:
        if millis > limit:
            rig.fail(f"{engine}, takeover: after {millis} ms, at most {limit} ms were promised")
    gaps, overlaps = relay(rig, engine, server, 10 if rig.options.slice else 30)
    if overlaps:
        rig.fail(f"{engine}, relay: two had the lock at once, {overlaps} times")
    if len(gaps) < 10:
        rig.fail(f"{engine}, relay: only {len(gaps)} hand-overs")
        return len(times), []
    median = statistics.median(gaps)
    rig.say(f"hand-over, {engine}: {len(gaps)}, median {median:.1f} ms, longest {max(gaps):.1f} ms")
    if median > LONGEST[engine]:
        rig.fail(f"{engine}, hand-over: median {median:.1f} ms, at most {LONGEST[engine]} ms were promised")
    return len(times) + len(gaps), controls(rig, engine, server, limit)


def controls(rig, engine, server, limit):
    """Locks that are another's too late or too early, which the same measurements must show."""
    millis = takeover(rig, engine, server, leases=2)
    late, _ = relay(rig, engine, server, 6, late=LATE)
    _, overlaps = relay(rig, engine, server, 6, names=("one", "other"))
    slow = sum(gap > LONGEST[engine] for gap in late)
    rig.say(f"controls, {engine}: twice the lease: after {millis} ms; released {LATE} ms late: {slow} of {len(late)} hand-overs beyond the limit; "
            f"two locks: {overlaps} overlaps")
    if millis <= limit:
        rig.fail(f"the control is blind: {engine}, takeover of twice the lease: after {millis} ms")
    if not late or statistics.median(late) <= LONGEST[engine]:
        rig.fail(f"the control is blind: {engine}, locks that are released late: {late}")
    if not overlaps:
        rig.fail(f"the control is blind: {engine}, two locks are never held at once")
    return [{"name": "twice the lease", "count": 1, "losses": int(millis > limit)},
            {"name": f"released {LATE} ms late", "count": len(late), "losses": slow},
            {"name": "two locks", "count": overlaps, "losses": overlaps}]
