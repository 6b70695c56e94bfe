"""The lanes: power cuts of a disk, cuts of a mounted filesystem, and errors of a disk."""

import collections
import os
import random
import time
from typing import NamedTuple

from rig import disk
from rig.disk import NotRun, VolatileDisk
from rig.judge import found_version, judge
from rig.jvm import DIRECTORIES, POINTERS, VARIANTS, Ledger, Reader, Writer, targets

KINDS = ("none", "all", "prefix", "subset", "torn")
PROTOCOL = "protocol"
WRITE, BATCH, PUBLICATION, EXCHANGE = "write", "batch", "publication", "exchange"
GUARANTEED = "GUARANTEED"
WARM = 120


class Rig(NamedTuple):
    """What every lane needs."""

    work: str
    program: str
    class_path: str
    seed: int
    say: object
    native: bool = False


class Tally:
    """What a lane has tried and lost with one method of writing."""

    def __init__(self, rig, method, form=WRITE):
        self._rig = rig
        self.method = method
        self.form = form
        self.count = 0
        self.losses = 0
        self.acknowledged = 0
        self.claim = ""
        self.kinds = collections.Counter()
        self.failures = collections.Counter()

    def add(self, kind, losses):
        self.count += 1
        self.kinds[kind] += 1
        if losses:
            self.losses += 1
            if self.method == PROTOCOL and self.breaks_a_promise():
                self._rig.say(f"  LOSS ({kind}): {'; '.join(losses[:5])}")

    def breaks_a_promise(self):
        return self.losses > 0 and self.claim == GUARANTEED


class Session:
    """Writers and a reader around one mount point."""

    def __init__(self, rig, profile, tally, writers, warm=2):
        self.rig = rig
        self.profile = profile
        self.tally = tally
        self.warm = warm
        variants = VARIANTS if tally.method == PROTOCOL else VARIANTS[:1]
        if tally.form != WRITE:
            variants = {BATCH: VARIANTS, PUBLICATION: POINTERS, EXCHANGE: DIRECTORIES}[tally.form]
        self.directory = os.path.join(rig.work, "mounted")
        self.aside = os.path.join(rig.work, "aside")
        for directory in (self.directory, self.aside):
            os.makedirs(directory, exist_ok=True)
        self.ledger = Ledger(os.path.join(rig.work, "ledger"), targets(writers, variants))
        exchange = tally.form == EXCHANGE
        native = rig.native or exchange
        self.reader = Reader(rig.class_path, native)
        self.writer = Writer(rig.class_path, self.directory, self.ledger, tally.method, profile, writers,
                             variants, PUBLICATION if exchange else tally.form, native)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.writer.stop()
        self.reader.stop()

    def go(self):
        """Starts the writers and waits until each has written each of its targets."""
        start = self.ledger.read()
        self.tally.claim = self.writer.go()
        deadline = time.monotonic() + WARM
        while any(entry.acknowledged < start[target].acknowledged + self.warm
                  for target, entry in self.ledger.read().items()):
            if not self.writer.alive() or time.monotonic() > deadline:
                raise RuntimeError("the writers don't get on: " + "; ".join(self.writer.noise[-5:]))
            time.sleep(0.002)

    def halt(self):
        failures = self.writer.halt()
        self.tally.failures.update(failures)
        return failures

    def count_acknowledged(self, start):
        now = self.ledger.read()
        self.tally.acknowledged += sum(max(0, now[target].acknowledged - start[target].acknowledged)
                                       for target in now)

    def losses_at(self, directory, before, after):
        """What the judge says, and then what the engine itself says."""
        losses = judge(directory, before, after)
        if self.tally.method == PROTOCOL:
            losses += self.reader.look(directory)
        return losses

    def losses_in(self, image, before, after):
        """Mounts an image aside and looks."""
        if not self.profile.journal:
            code, output = disk.run("e2fsck", "-fy", image)
            if code > 2:
                return [f"e2fsck: {output.splitlines()[-1]}"]
        why = disk.mount(self.profile, image, self.aside)
        if why:
            return [f"can't be mounted: {why}"]
        try:
            return self.losses_at(self.aside, before, after)
        finally:
            disk.unmount(self.aside)


def mounted_or_not_run(profile, device, directory):
    why = disk.mount(profile, device, directory)
    if why:
        raise NotRun(f"{profile.type} can't be mounted: {why}")


def new_image(rig, profile):
    image = os.path.join(rig.work, "image")
    disk.make_filesystem(profile, image)
    return image


def shares(cuts, writers):
    """How many of the cuts are made while each number of writers runs."""
    for position, number in enumerate(writers):
        yield number, cuts * (position + 1) // len(writers) - cuts * position // len(writers)


def power_cuts(rig, profile, method, cuts, writers, enough=None, form=WRITE):
    """Takes images of a disk at an instant, as a power failure would leave it, while writers run."""
    tally = Tally(rig, method, form)
    dice = random.Random(f"{rig.seed} {method}" + (f" {form}" if form != WRITE else ""))
    for number, share in shares(cuts, writers):
        image = new_image(rig, profile)
        with Session(rig, profile, tally, number) as session:
            volatile = VolatileDisk(rig.program, profile, image, os.path.join(rig.work, "disk"))
            os.unlink(image)
            mounted_or_not_run(profile, volatile.device, session.directory)
            session.go()
            start = session.ledger.read()
            while share > 0 and not (enough and tally.losses >= enough):
                cut_once(session, volatile, dice, KINDS[share % len(KINDS)])
                share -= 1
            failures = session.halt()
            if failures:
                raise RuntimeError(f"the writers failed on a sound disk: {failures} {session.writer.noise[-3:]}")
            session.count_acknowledged(start)
            disk.unmount(session.directory)
            volatile.stop()
    return tally


def cut_once(session, volatile, dice, kind):
    time.sleep(dice.random() * 0.03)
    image = os.path.join(session.rig.work, "cut")
    before = session.ledger.read()
    volatile.cut(kind, dice.getrandbits(32), image)
    after = session.ledger.read()
    # the cut is made; what the writers do meanwhile only takes the processor from those who look
    session.writer.pause()
    if volatile.counter("unflushed-at-cut"):
        session.tally.kinds["unflushed"] += 1
    session.tally.add(kind, session.losses_in(image, before, after))
    session.writer.resume()
    os.unlink(image)


def shutdowns(rig, profile, method, cuts, writers, enough=None):
    """Cuts a whole mounted filesystem off its disk while writers run, and mounts it again."""
    tally = Tally(rig, method)
    dice = random.Random(f"{rig.seed} {method}")
    for number, share in shares(cuts, writers):
        image = new_image(rig, profile)
        with Session(rig, profile, tally, number, warm=1) as session:
            mounted_or_not_run(profile, image, session.directory)
            session.ledger.reset()
            while share > 0 and not (enough and tally.losses >= enough):
                shut_down_once(session, image, dice)
                share -= 1
            disk.unmount(session.directory)
    return tally


def shut_down_once(session, image, dice):
    start = session.ledger.read()
    session.go()
    time.sleep(dice.random() * 0.05)
    how = dice.choice((disk.SHUTDOWN_AT_ONCE, disk.SHUTDOWN_FLUSHING_THE_LOG))
    before = session.ledger.read()
    disk.shut_down(session.directory, how)
    session.halt()
    session.count_acknowledged(start)
    # for what happens after the instant see the errors of a disk: without power there is no after
    after = session.ledger.read()
    disk.unmount(session.directory)
    why = disk.mount(session.profile, image, session.directory)
    if why:
        raise RuntimeError(f"can't be mounted again: {why}")
    session.tally.add("at once" if how == disk.SHUTDOWN_AT_ONCE else "log flushed",
                      session.losses_at(session.directory, before, after))
    session.ledger.reset({target: found_version(session.directory, target) or 0 for target in after})


ERRORS = ("fail-writes {n} atomicwrite-rig", "fail-writes {n}", "fail-flushes {n}")
FOR_EVER = 1_000_000


def io_errors(rig, profile, method, cuts, writers, enough=None):
    """Lets writes or flushes of the disk fail while writers run, and mounts it again."""
    tally = Tally(rig, method)
    dice = random.Random(f"{rig.seed} {method}")
    image = new_image(rig, profile)
    with Session(rig, profile, tally, max(writers)) as session:
        for number in range(cuts):
            if enough and tally.losses >= enough:
                break
            # what is not synced is written, and fails, behind the writer's back: of content only
            kind = ERRORS[number % len(ERRORS) if method == PROTOCOL else 0]
            fail_once(session, image, dice, kind)
    if method == PROTOCOL and not tally.failures:
        raise RuntimeError("no error of the disk was ever reported: the rig is blind")
    return tally


def fail_once(session, image, dice, kind):
    session.ledger.reset()
    start = session.ledger.read()
    volatile = VolatileDisk(session.rig.program, session.profile, image, os.path.join(session.rig.work, "disk"))
    mounted_or_not_run(session.profile, volatile.device, session.directory)
    # the engine may know for half a second that the mount before this one had become read-only
    time.sleep(0.6)
    session.go()
    time.sleep(dice.random() * 0.02)
    command_given = kind.format(n=dice.choice((1, 2, 5, FOR_EVER)))
    volatile.command(command_given)
    time.sleep(0.02 + dice.random() * 0.1)
    failures = session.halt()
    session.count_acknowledged(start)
    ledger = session.ledger.read()
    if session.tally.method != PROTOCOL:
        # this disk alone, which may fail; others of the machine are nobody's matter here
        disk.run("sync", "-f", session.directory)
    for command in ERRORS:
        volatile.command(command.format(n=0))
    disk.unmount(session.directory)
    hit = volatile.counter("failed-writes") + volatile.counter("failed-flushes")
    cut = os.path.join(session.rig.work, "cut")
    volatile.cut("none", 0, cut)
    volatile.stop()
    session.tally.kinds["hit"] += bool(hit)
    losses = session.losses_in(cut, ledger, ledger)
    if losses and session.tally.method == PROTOCOL:
        session.rig.say(f"  {command_given}: {hit} hit, {failures}")
    session.tally.add(kind.split()[0], losses)
    os.unlink(cut)

