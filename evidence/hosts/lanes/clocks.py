"""A host whose clock is two lease times ahead."""

import os
import subprocess
import time

from .places import HERE, STATES
from .writers import Writer


def ahead(rig, seconds):
    """The environment of a process whose wall clock is ahead."""
    library = os.path.join(rig.work, "clock.so")
    if not os.path.exists(library):
        subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", library, os.path.join(HERE, "lanes/clock.c")], check=True)
    return {"LD_PRELOAD": library, "CLOCK_AHEAD": str(seconds)}


def warm(writer):
    """The first requests of a client may take longer than a store may."""
    for _ in range(10):
        if "did not answer" not in writer.once("0")[2]:
            return


def meet(rig, engine, server, **changes):
    """
    A healthy writer holds the lock while one that is ahead asks for it, for longer than the lease. Returns the answer that the second one has meanwhile, if
    it has one, the result of the first, and that of the second.
    """
    lease, timeout = STATES[engine]
    target = os.path.join(rig.directory("clocks"), "file.number")
    holder = Writer("Holder", engine, server, target, lease, timeout, gap=0)
    other = Writer("Holder", engine, server, target, lease, timeout, gap=0, environment=ahead(rig, 2 * lease // 1000), **changes)
    try:
        for writer in (holder, other):
            writer.next("READY")
        holder.write_once("0")
        warm(other)
        holder.stage("1")
        other.ask("once 2")
        time.sleep(1.5 * lease / 1000)
        meanwhile = other.answer()[2] if not other.lines.empty() else None
        first = holder.go_on()[2]
        return meanwhile, first, meanwhile or other.answer()[2]
    finally:
        holder.end()
        other.end()


def clocks(rig, engine, server):
    meanwhile, first, second = meet(rig, engine, server)
    rig.say(f"clock two lease times ahead, {engine}: {first}; the host that is ahead: {second[:170]}")
    controls = []
    if engine in ("jdbc",):
        if not (second.startswith("REFUSED LockNotAcquiredException NOT_COMMITTED") and "clock" in second):
            rig.fail(f"{engine}, a clock ahead: not refused with the reason: {second}")
        stolen = meet(rig, engine, server, skew=3_600_000)
        rig.say(f"control, {engine}, no limit of the skew: {stolen[0]}; the healthy holder: {stolen[1][:90]}")
        controls.append({"name": "no limit of the skew", "count": 1, "losses": int(stolen[0] == "COMMITTED")})
        if stolen[0] != "COMMITTED":
            rig.fail(f"the control is blind: {engine}: the lock of a healthy holder was not taken: {stolen}")
    elif meanwhile is not None or second != "COMMITTED":
        rig.fail(f"{engine}, a clock ahead: {meanwhile}, {second}")
    if first != "COMMITTED":
        rig.fail(f"{engine}, a clock ahead: the healthy holder: {first}")
    return 1, controls
