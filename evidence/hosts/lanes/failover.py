"""Servers that are killed while writers count on: they come back, or another takes their place."""

import signal
import time

from .places import TIMES
from .servers import EtcdCluster, RedisPair
from .stress import control, stress


class Restart:
    """The server is killed, and started again after a lease time."""

    EVERY = 4

    def __init__(self, engine, server):
        self.engine, self.server, self.count, self.pause = engine, server, 0, TIMES[engine][0] / self.EVERY

    def victim(self):
        return self.server

    def happen(self, stop):
        if stop % self.EVERY != 2:
            return
        victim = self.victim()
        if victim is None:
            return
        victim.send(signal.SIGKILL)
        victim.process.wait()
        time.sleep(TIMES[self.engine][0] / 1000)
        victim.start()
        self.count += 1

    def text(self):
        return f"the server of {self.engine} is killed and started again {self.count} times"


class Election(Restart):
    """The same of the leader of three, so that another is elected."""

    def victim(self):
        return self.server.leader()

    def text(self):
        return f"{self.engine}'s leader of three is killed and started again {self.count} times"


class Promotion(Restart):
    """The primary is killed and its replica promoted at once; each second time the replica has learned nothing for a lease time."""

    EVERY = 2

    def happen(self, stop):
        if stop % self.EVERY:
            return
        if self.count % 2:
            self.server.lag()
            time.sleep(TIMES[self.engine][0] / 1000)
        self.server.fail_over()
        self.count += 1

    def text(self):
        return (f"the primary of {self.engine} is killed and its replica promoted {self.count} times, each second time one that has learned nothing for a "
                "lease time")


def failing(rig, engine):
    if engine == "etcd":
        return Election(engine, EtcdCluster(rig.work))
    if engine == "redis":
        return Promotion(engine, RedisPair(rig.work))
    return Restart(engine, rig.server(engine))


def two_primaries(rig, engine):
    """
    Controls: the primary goes on for one of the writers after its replica was promoted for the other, so that both have the lock. The revocation keeps most
    of their commits apart: two writers that stage their files at the same time lose an update.
    """
    pair = RedisPair(rig.work)
    try:
        pair.promote()
        servers = [pair.primary, pair.replica]
        return [control(rig, "two primaries", engine, servers, needed=1, stopping=False, gap=0),
                control(rig, "two primaries, nothing is revoked", engine, servers, stopping=False, gap=0, revoke="no")]
    finally:
        pair.end()


def failover(rig, engine):
    """Returns the counts, what happened to the servers, and the controls."""
    event = failing(rig, engine)
    try:
        stops = rig.options.stops or (6 if rig.options.slice else 60)
        directory = rig.directory("failover")
        total = stress(rig, engine, event.server, [directory], f"failover of {engine}", stops, fenced=5 if engine == "redis" else 0,
                       may_lose=engine == "redis", between=event.happen, pause=event.pause)
        text = event.text()
        rig.say(f"failover, {engine}: {text}")
        if not event.count:
            rig.fail(f"failover, {engine}: no server was killed")
        controls = [control(rig, "nothing is revoked", engine, [event.server] * 2, between=event.happen, pause=event.pause, revoke="no")]
    finally:
        event.server.end()
    if engine == "redis":
        controls += two_primaries(rig, engine)
    return total, text, controls
