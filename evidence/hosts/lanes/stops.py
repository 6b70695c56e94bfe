"""A writer that is stopped for longer than its lease, in each phase of a write."""

import os
import signal

from .places import TIMES
from .writers import Writer, content, staging_files

POINTS = ["revoke", "stage", "write", "sync", "check", "commit", "release"]


def stopped(rig, engine, server, rounds, points=tuple(POINTS), **changes):
    """Returns how many stops there were, and how many stale commits."""
    lease, timeout = TIMES[engine]
    target = os.path.join(rig.directory("stops"), "file.number")
    stale = Writer("Holder", engine, server, target, lease, timeout, gap=0, **changes)
    newcomer = Writer("Holder", engine, server, target, lease, timeout, gap=0, **changes)
    tried = wrong = 0
    try:
        for writer in (stale, newcomer):
            writer.next("READY")
            writer.write_once("0")
        for point in points:
            results = {}
            for number in range(rounds):
                old, new = f"1{number:04}", f"2{number:04}"
                stale.at(point, old)
                stale.send(signal.SIGSTOP)
                _, _, second = newcomer.once(new)
                stale.send(signal.SIGCONT)
                _, _, first = stale.go_on()
                tried += 1
                key = " ".join(first.split(" ")[:3]).rstrip(":")
                results[key] = results.get(key, 0) + 1
                if second != "COMMITTED":
                    rig.fail(f"{engine}, stopped at {point}: the newcomer: {second}")
                    continue
                # what was renamed before the stop is no stale commit
                stands = content(target) == new and (first == "COMMITTED") == (point == "release")
                if not stands:
                    wrong += 1
                    if not changes:
                        rig.fail(f"{engine}, stopped at {point}: {first}, and the content is {content(target)}")
                elif point != "release" and not first.startswith("REFUSED LockLostException NOT_COMMITTED"):
                    rig.fail(f"{engine}, stopped at {point}: {first}")
                if staging_files(os.path.dirname(target)):
                    rig.fail(f"{engine}, stopped at {point}: left behind: {staging_files(os.path.dirname(target))}")
            rig.say(f"stopped at {point}, {engine}{' ' + str(changes) if changes else ''}: {results}")
    finally:
        stale.end()
        newcomer.end()
    return tried, wrong


def revoker(rig, engine, server, rounds):
    """
    The newcomer itself is stopped in its revocation. Its successor commits or is refused, and is never refused after it has committed; the newcomer, whose
    lease is lost, commits nothing.
    """
    lease, timeout = TIMES[engine]
    target = os.path.join(rig.directory("revoker"), "file.number")
    writers = [Writer("Holder", engine, server, target, lease, timeout, gap=0) for _ in range(3)]
    stale, newcomer, successor = writers
    results = {}
    try:
        for writer in writers:
            writer.next("READY")
            writer.write_once("0")
        for number in range(rounds):
            point = ("revoke", "delete")[number % 2]
            stale.at("commit", f"1{number:04}")
            stale.send(signal.SIGSTOP)
            newcomer.at(point, f"2{number:04}")
            newcomer.send(signal.SIGSTOP)
            # the newcomer goes on while the successor is between its check and its rename
            successor.at("commit", f"3{number:04}")
            newcomer.send(signal.SIGCONT)
            _, _, second = newcomer.go_on()
            _, _, third = successor.go_on()
            stale.send(signal.SIGCONT)
            _, _, first = stale.go_on()
            key = f"stopped at {point}: {third.split(':')[0]}"
            results[key] = results.get(key, 0) + 1
            before = content(target)
            if third == "COMMITTED" and before != f"3{number:04}":
                rig.fail(f"{engine}, revoker at {point}: the successor has committed, and the content is {before}")
            if third != "COMMITTED" and (" NOT_COMMITTED" not in third or before == f"3{number:04}"):
                rig.fail(f"{engine}, revoker at {point}: the successor: {third}, and the content is {before}")
            for name, result in (("stale writer", first), ("newcomer", second)):
                if not result.startswith("REFUSED LockLostException NOT_COMMITTED"):
                    rig.fail(f"{engine}, revoker at {point}: the {name}: {result}, and the content is {before}")
            if staging_files(os.path.dirname(target)):
                rig.fail(f"{engine}, revoker: left behind: {staging_files(os.path.dirname(target))}")
    finally:
        for writer in writers:
            writer.end()
    rig.say(f"newcomer stopped in its revocation, {engine}: {results}")
    return rounds


def stops(rig, engine, server):
    rounds = rig.options.rounds or (2 if rig.options.slice else 100)
    tried, wrong = stopped(rig, engine, server, rounds)
    tried += revoker(rig, engine, server, rounds)
    controls = []
    if engine == "redis":
        count, stale = stopped(rig, engine, server, min(rounds, 10), points=("commit",), revoke="no")
        controls.append({"name": "nothing is revoked", "count": count, "losses": stale})
        if not stale:
            rig.fail(f"the control is blind: {engine}, stopped at commit: no stale commit in {count}")
    return tried, wrong, controls
