"""Filesystems on disks whose power can be cut."""

import fcntl
import os
import signal
import subprocess
import time
from typing import NamedTuple

FS_IOC_SHUTDOWN = 0x8004587D
SHUTDOWN_FLUSHING_THE_LOG = 1
SHUTDOWN_AT_ONCE = 2


class NotRun(Exception):
    """What is under test can't be had on this machine."""


class Profile(NamedTuple):
    """One filesystem with its options, and the least durability that the engine must claim on it."""

    type: str
    mib: int
    mkfs: list
    options: str = ""
    level: str = "GUARANTEED"
    journal: bool = True
    # btrfs has no ioctl for it; without a journal ext4 writes its buffers all the same, and so loses little
    can_shut_down: bool = True
    # whether the engine must rely on the journal for the order of names and contents
    keeps_order: bool = False
    # not where a journal that has a name has its content, or has waited for it, whoever synced
    tears: bool = True
    # what makes it another than the usual one
    called: str = ""


# where files have their blocks elsewhere, or get them otherwise
LAYOUTS = {
    "ext4-block-maps": Profile("ext4", 64, ["mkfs.ext4", "-q", "-F", "-b", "1024", "-O", "^extent,^64bit,^metadata_csum,^flex_bg"], keeps_order=True,
                               tears=False, called="block maps, as ext3 has them"),
    "ext4-bigalloc": Profile("ext4", 64, ["mkfs.ext4", "-q", "-F", "-O", "bigalloc"], keeps_order=True, called="bigalloc"),
    "ext4-nodelalloc": Profile("ext4", 64, ["mkfs.ext4", "-q", "-F"], "nodelalloc", keeps_order=True, tears=False, called="nodelalloc"),
    "ext4-dioread-lock": Profile("ext4", 64, ["mkfs.ext4", "-q", "-F"], "dioread_lock", keeps_order=True, tears=False, called="dioread_lock"),
    "xfs-small-blocks": Profile("xfs", 300, ["mkfs.xfs", "-q", "-f", "-b", "size=1024", "-m", "rmapbt=1"], "nouuid", keeps_order=True,
                                called="blocks of 1 KiB, rmapbt"),
}

PROFILES = {
    "ext4": Profile("ext4", 64, ["mkfs.ext4", "-q", "-F"], keeps_order=True),
    "ext4-fast-commit": Profile("ext4", 64, ["mkfs.ext4", "-q", "-F", "-O", "fast_commit"], level="BEST_EFFORT", called="fast_commit"),
    "ext4-data-journal": Profile("ext4", 64, ["mkfs.ext4", "-q", "-F"], "data=journal", keeps_order=True,
                                 tears=False, called="data=journal"),
    "ext4-writeback": Profile("ext4", 64, ["mkfs.ext4", "-q", "-F"], "data=writeback",
                              level="BEST_EFFORT", called="data=writeback"),
    "ext4-nojournal": Profile("ext4", 64, ["mkfs.ext4", "-q", "-F", "-O", "^has_journal"],
                              level="BEST_EFFORT", journal=False, can_shut_down=False,
                              called="no journal, e2fsck before the mount"),
    "xfs": Profile("xfs", 300, ["mkfs.xfs", "-q", "-f"], "nouuid", keeps_order=True),
    "btrfs": Profile("btrfs", 128, ["mkfs.btrfs", "-q", "-f"], can_shut_down=False),
    **LAYOUTS,
}


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout.strip()


def must(*command):
    code, output = run(*command)
    if code:
        raise NotRun(f"{' '.join(command)}: {output or code}")


def make_filesystem(profile, image):
    with open(image, "wb") as file:
        file.truncate(profile.mib << 20)
    must(*profile.mkfs, image)


def mount(profile, device, where):
    """Returns why it can't be mounted, or None."""
    if profile.type == "btrfs":
        # the kernel remembers which filesystem a loop device had, and refuses another one with the fsid of one mounted
        run("btrfs", "device", "scan", "--forget")
    options = ",".join(filter(None, ["loop", profile.options]))
    code, output = run("mount", "-t", profile.type, "-o", options, device, where)
    return (output or str(code)) if code else None


def unmount(where):
    for _ in range(200):
        code, output = run("umount", where)
        if code == 0:
            return
        time.sleep(0.05)
    raise RuntimeError(output)


def clean_up(work):
    """
    Unmounts all that is mounted in a directory, and itself. The process of a disk comes last: the kernel never lets
    go of an xfs whose disk went first.
    """
    with open("/proc/self/mounts", encoding="utf-8") as mounts:
        points = [line.split()[1] for line in mounts]
    inside = [point for point in points if point.startswith(work + "/")]
    children = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
    for child in children:
        with open(f"/proc/{child}/comm", encoding="utf-8") as comm:
            if comm.read().strip() != "volatile-disk":
                os.kill(child, signal.SIGKILL)
    for point in reversed(inside):
        unmount(point)
    run("umount", "--lazy", work)
    os.rmdir(work)


def shut_down(where, how):
    """Cuts a mounted filesystem off its disk."""
    directory = os.open(where, os.O_RDONLY)
    try:
        fcntl.ioctl(directory, FS_IOC_SHUTDOWN, how.to_bytes(4, "little"))
    finally:
        os.close(directory)


class VolatileDisk:
    """A disk with a volatile write cache; see volatile-disk.c."""

    def __init__(self, program, profile, image, mount_point):
        os.makedirs(mount_point, exist_ok=True)
        self._point = mount_point
        # libfuse 3.14 warns of a default of its own
        with open(mount_point + ".log", "wb") as log:
            self._process = subprocess.Popen([program, str(profile.mib), mount_point, image], stderr=log)
        self.device = os.path.join(mount_point, "disk")
        while not os.path.exists(self.device):
            if self._process.poll() is not None:
                with open(mount_point + ".log", encoding="utf-8") as log:
                    raise NotRun(f"no FUSE filesystem can be mounted: {log.read().strip()}")
            time.sleep(0.01)

    def command(self, text):
        control = os.open(os.path.join(self._point, "control"), os.O_WRONLY)
        try:
            os.write(control, text.encode())
        finally:
            os.close(control)

    def cut(self, how, seed, image):
        self.command(f"cut {how} {seed} {image}")

    def counter(self, name):
        control = os.open(os.path.join(self._point, "control"), os.O_RDONLY)
        try:
            # in one piece, as they change meanwhile
            text = os.read(control, 4096).decode()
        finally:
            os.close(control)
        return int(dict(line.split() for line in text.splitlines())[name])

    def stop(self):
        unmount(self._point)
        self._process.wait()
