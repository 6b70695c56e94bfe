"""Installs, compiles and finds what the rig needs."""

import os
import shutil
import subprocess

from rig.disk import NotRun

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", "..", ".."))
CORE = os.path.join(ROOT, "atomicwrite-core")
WRITER = os.path.join(CORE, "target", "test-classes", "io", "atomicwrite", "rig", "CutWriter.class")

PACKAGES = {"gcc": "gcc libc6-dev", "pkg-config": "pkg-config", "fusermount3": "fuse3", "mkfs.ext4": "e2fsprogs",
            "mkfs.xfs": "xfsprogs", "mkfs.btrfs": "btrfs-progs", "losetup": "mount", "unshare": "util-linux",
            "setpriv": "util-linux"}


def install():
    """Installs what is missing, where there is a package manager for it."""
    missing = {package for command, packages in PACKAGES.items() if not shutil.which(command)
               for package in packages.split()}
    if not shutil.which("pkg-config") or subprocess.run(["pkg-config", "--exists", "fuse3"], check=False).returncode:
        missing.add("libfuse3-dev")
    if missing and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "-qq",
                        "--no-install-recommends", *sorted(missing)],
                       stdout=subprocess.DEVNULL, check=False)


def disk_program(directory):
    program = os.path.join(directory, "volatile-disk")
    try:
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "fuse3"], stdout=subprocess.PIPE, text=True,
                               check=True).stdout.split()
        subprocess.run(["gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program,
                        os.path.join(HERE, "..", "volatile-disk.c"), *flags], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotRun(f"the disk can't be compiled, it needs gcc and libfuse3-dev: {error}") from error
    if not os.path.exists("/dev/fuse"):
        raise NotRun("no /dev/fuse")
    return program


def newest_source():
    sources = os.path.join(CORE, "src")
    return max(os.path.getmtime(os.path.join(directory, name))
               for directory, _, names in os.walk(sources) for name in names)


def class_path():
    if not os.path.exists(WRITER) or os.path.getmtime(WRITER) < newest_source():
        command = ["mvn", "-B", "-ntp", "-q", "-pl", "atomicwrite-core", "test-compile"]
        if subprocess.run([*command, "-o"], cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode:
            subprocess.run(command, cwd=ROOT, check=True)
        os.utime(WRITER)
    return os.pathsep.join(os.path.join(CORE, "target", part) for part in ("classes", "test-classes"))
