"""Counters that are stopped for longer than their lease."""

import json
import os
import signal
import time

from .places import TIMES
from .writers import Writer, content, staging_files


def nothing(stop):
    """What happens between two stops, unless something does."""


def count(rig, engine, servers, stops, targets, between=nothing, pause=0, stopping=True, start=Writer, times=None, **changes):
    """
    Writers, one for each target and its server, of which one is stopped now and then. What happens in between takes some milliseconds. Returns what was
    acknowledged, what is in the file, and the rest.
    """
    lease, timeout = times or TIMES[engine]
    with open(targets[0], "w") as file:
        file.write("0")
    # the start, and a stop and the pause after it
    seconds = int(stops * (1.7 * lease + 0.6 * lease + pause + 20) / 1000) + 6
    writers = [start("Counter", engine, server, target, lease, timeout, seconds=seconds, **changes) for server, target in zip(servers, targets)]
    try:
        for writer in writers:
            writer.next("READY")
        made = 0
        while made < stops and all(writer.process.poll() is None for writer in writers):
            victim = rig.random.choice(writers)
            if stopping:
                victim.send(signal.SIGSTOP)
            time.sleep(rig.random.uniform(1.3, 2.1) * lease / 1000)
            victim.send(signal.SIGCONT)
            time.sleep(rig.random.uniform(0.1, 1.1) * lease / 1000)
            made += 1
            between(made)
        total = {"stops": made}
        for writer in writers:
            for name, number in json.loads(writer.next("COUNTS").removeprefix("COUNTS ")).items():
                total[name] = total.get(name, 0) + number
    finally:
        for writer in writers:
            writer.end()
    total["final"] = int(content(targets[0]))
    total["lost"] = max(0, total.get("acknowledged", 0) - total["final"])
    unknown = sum(number for name, number in total.items() if name.startswith("unknown"))
    # an update whose outcome is unknown may be in, and no other
    if total["final"] > total.get("acknowledged", 0) + unknown:
        rig.fail(f"{engine}: {total['final']} in the file, {total.get('acknowledged', 0)} acknowledged and {unknown} unknown")
    if "failed WriteFailedException" in total:
        rig.fail(f"{engine}: a write failed where its lock was lost: {total}")
        rig.say("".join(line for writer in writers for line in writer.errors))
    return total


def stress(rig, engine, server, directories, what, stops, fenced=5, writers=2, may_lose=False, **changes):
    """A lane with its verdict. The writers share the directories, which are one and the same on all hosts."""
    targets = [os.path.join(directories[number % len(directories)], f"count{writers}.number") for number in range(writers)]
    total = count(rig, engine, [server] * writers, stops, targets, **changes)
    rig.say(f"{writers} writers, {what}: {total}")
    if total["lost"] and not may_lose:
        rig.fail(f"{what}: {total['lost']} acknowledged updates were lost")
    if not total.get("acknowledged"):
        rig.fail(f"{what}: nothing was acknowledged")
    if not rig.options.slice and total.get("lost REVOKED", 0) < fenced:
        rig.fail(f"{what}: only {total.get('lost REVOKED', 0)} commits were fenced")
    if staging_files(directories[0]):
        rig.fail(f"{what}: left behind: {staging_files(directories[0])}")
    return total


def control(rig, name, engine, servers, needed=10, directory=None, stops=None, **changes):
    """Rounds until updates are lost: how many were acknowledged, and lost."""
    acknowledged = lost = 0
    needed = 1 if rig.options.slice else needed
    stops = stops or (6 if rig.options.slice else 12)
    for _ in range(12):
        target = os.path.join(directory or rig.directory("control"), "count.number")
        total = count(rig, engine, servers, stops, [target, target], **changes)
        acknowledged += total.get("acknowledged", 0)
        lost += total["lost"]
        if lost >= needed:
            break
    rig.say(f"control, {engine}, {name}: {lost} of {acknowledged} acknowledged updates lost")
    if lost < needed:
        rig.fail(f"the control is blind: {engine}, {name}: {lost} lost")
    return {"name": name, "count": acknowledged, "losses": lost}
