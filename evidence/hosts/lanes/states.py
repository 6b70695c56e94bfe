"""A server that is frozen, killed, partitioned or refuses, at four moments of a write."""

import os
import signal

from .places import STATES
from .servers import Proxy
from .writers import Writer, content

MOMENTS = ["acquisition", "hold", "check", "release"]
TROUBLES = ["frozen", "killed", "partitioned", "refusing", "restarted"]


class Trouble:
    """What happens to a server, and the way back."""

    def __init__(self, kind, engine, server, proxy):
        self.kind, self.engine, self.server, self.proxy = kind, engine, server, proxy

    def begin(self):
        if self.kind == "frozen":
            self.server.send(signal.SIGSTOP)
        elif self.kind == "partitioned":
            self.proxy.cut = True
        elif self.kind == "refusing":
            self.refuse(True)
        else:
            self.server.send(signal.SIGKILL)
            self.server.process.wait()
            if self.kind == "restarted":
                self.server.start()

    def end(self):
        if self.kind == "frozen":
            self.server.send(signal.SIGCONT)
        elif self.kind == "partitioned":
            self.proxy.cut = False
        elif self.kind == "refusing":
            self.refuse(False)
        elif self.kind == "killed":
            self.server.start()

    def refuse(self, refuses):
        if self.engine == "redis":
            self.server.command_line("config", "set", "maxmemory", "1" if refuses else "0")
        else:
            names = ("INT_LOCK", "INT_LOCK_AWAY") if refuses else ("INT_LOCK_AWAY", "INT_LOCK")
            if self.server.sql(f"ALTER TABLE {names[0]} RENAME TO {names[1]}") != 0:
                raise RuntimeError("the table could not be renamed")


def state(rig, engine, server, kind, moment):
    lease, timeout = STATES[engine]
    directory = rig.directory("state")
    target = os.path.join(directory, "file.number")
    with open(target, "w") as file:
        file.write("1")
    proxy = Proxy(server)
    writer = Writer("Holder", engine, proxy, target, lease, timeout, gap=0)
    trouble = Trouble(kind, engine, server, proxy)
    began = False
    try:
        writer.next("READY")
        writer.write_once("1")
        if moment == "acquisition":
            began = True
            trouble.begin()
            millis, _, result = writer.once("2")
        else:
            if moment == "hold":
                writer.stage("2")
            else:
                writer.at(moment, "2")
            began = True
            trouble.begin()
            millis, _, result = writer.go_on()
        readable = content(target)
    finally:
        writer.end()
        if began:
            trouble.end()
        proxy.end()
    rig.say(f"state, {engine}, {kind} at the {moment}: {millis} ms, {result[:110]}")
    what = f"{engine}, {kind} at the {moment}"
    refused = result.startswith("REFUSED") and " NOT_COMMITTED" in result
    # a server that refuses new data may still extend and release what it has
    may_commit = moment == "release" or kind in ("restarted", "refusing")
    if not refused and not (may_commit and result == "COMMITTED"):
        rig.fail(f"{what}: {result}")
    if moment == "release" and refused:
        rig.fail(f"{what}: refused after the commit: {result}")
    if readable != ("1" if refused else "2"):
        rig.fail(f"{what}: {result}, and the content is {readable!r}")
    if millis > timeout + 500:
        rig.fail(f"{what}: {millis} ms with a store timeout of {timeout} ms")
    if os.listdir(directory) != ["file.number"]:
        rig.fail(f"{what}: left behind: {os.listdir(directory)}")


def undisturbed(rig, engine, server):
    """The control: a server that nothing happens to refuses nothing."""
    lease, timeout = STATES[engine]
    target = os.path.join(rig.directory("undisturbed"), "file.number")
    proxy = Proxy(server)
    writer = Writer("Holder", engine, proxy, target, lease, timeout, gap=0)
    try:
        writer.next("READY")
        writer.write_once("1")
        for moment in MOMENTS[2:]:
            writer.at(moment, "2")
            _, _, result = writer.go_on()
            if result != "COMMITTED":
                rig.fail(f"{engine}, undisturbed at the {moment}: {result}")
    finally:
        writer.end()
        proxy.end()


def states(rig, engine, server):
    undisturbed(rig, engine, server)
    tried = 0
    for kind in TROUBLES:
        if kind == "refusing" and engine not in ("redis", "jdbc"):
            rig.say(f"NOT RUN ({engine} has no switch to refuse requests): refusing")
            continue
        # CI has no time for all
        for moment in (MOMENTS[1::2] if rig.options.slice and kind != "frozen" else MOMENTS):
            state(rig, engine, server, kind, moment)
            tried += 1
    return tried
