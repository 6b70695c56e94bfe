"""Tells whether what a power cut has left keeps the promise; knows nothing of the engine but its formats."""

import hashlib
import os
import re

ATTRIBUTE = "user.atomicwrite.sha256"
DIGITS = 64


def version_of(content, target):
    """The version of a target that is there as a whole, or None; see NumberedContent.java."""
    line, _, rest = content.partition(b"\n")
    words = line.split(b" ")
    if len(words) != 4 or words[0] != b"atomicwrite-rig" or words[1] != target.encode():
        return None
    if not words[2].isdigit() or words[3] != b"%d" % (len(rest) - DIGITS):
        return None
    digest = hashlib.sha256(content[:-DIGITS]).hexdigest().encode()
    return int(words[2]) if digest == content[-DIGITS:] else None


def found_version(directory, target):
    try:
        with open(os.path.join(directory, target), "rb") as file:
            return version_of(file.read(), target)
    except OSError:
        return None


def judge(directory, before, after):
    """The losses in a directory, given the ledger from before the cut and from after it."""
    losses = []
    for target, entry in before.items():
        loss = judge_target(directory, target, entry, after[target])
        if loss:
            losses.append(f"{target}: {loss}")
    return losses


def judge_target(directory, target, entry, after):
    path = os.path.join(directory, target)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return f"missing, {entry.acknowledged} was acknowledged" if entry.acknowledged else None
    except OSError as error:
        return f"can't be read: {error.strerror}"
    version = version_of(content, target)
    if version is None:
        return "torn, " + describe(content)
    if version < entry.acknowledged:
        return f"lost, {version} is there and {entry.acknowledged} was acknowledged"
    if version > after.attempted:
        return f"{version} is there and was never attempted"
    if after.refused and version == after.refused:
        return f"{version} is there and was reported as not committed"
    digest = hashlib.sha256(content).hexdigest()
    variant = target.rpartition("-")[2]
    if variant == "attribute":
        return judge_attribute(path, digest)
    if variant == "sidecar":
        return judge_sidecar(path, digest)
    if variant == "backup":
        return judge_sidecar(path, digest) or judge_backup(path, target, entry, after)
    return None


def describe(content):
    """What a torn file has, which tells how it came about."""
    if not content.strip(b"\0"):
        return f"{len(content)} bytes of zeros"
    owners = sorted(set(re.findall(rb"atomicwrite-rig (\S+ \d+)", content)))
    return f"{len(content)} bytes with content of {b', '.join(owners).decode() or 'nothing known'}"


def judge_attribute(path, digest):
    try:
        said = os.getxattr(path, ATTRIBUTE).decode()
    except OSError as error:
        return f"attribute: {error.strerror}"
    return None if said == digest else "attribute of other content"


def judge_sidecar(path, digest):
    """The digest stands in the sidecar, as that of the current or of the previous content."""
    try:
        with open(path + ".sha256", "rb") as file:
            words = file.read().split()
    except OSError as error:
        return f"sidecar: {error.strerror}"
    return None if digest.encode() in words else "sidecar of other content"


def judge_backup(path, target, entry, after):
    backup = path + ".backup"
    try:
        with open(backup, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return f"backup missing, {entry.before} was replaced" if entry.before else None
    except OSError as error:
        return f"backup can't be read: {error.strerror}"
    version = version_of(content, target)
    if version is None:
        return "backup torn, " + describe(content)
    if not entry.before <= version <= after.attempted:
        return f"backup of {version}, {entry.before} was replaced last"
    return judge_sidecar(backup, hashlib.sha256(content).hexdigest())
