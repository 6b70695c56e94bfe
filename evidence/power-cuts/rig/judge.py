"""Tells whether what a power cut has left keeps the promise; knows nothing of the engine but its formats."""

import hashlib
import json
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
    if target.rpartition("-")[2] in ("link", "file", "directory"):
        return judge_publication(path, target, entry, after)
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
    loss = judge_number(version, entry, after)
    if loss:
        return loss
    digest = hashlib.sha256(content).hexdigest()
    variant = target.rpartition("-")[2]
    if variant == "attribute":
        return judge_attribute(path, digest)
    if variant == "sidecar":
        return judge_sidecar(path, digest)
    if variant == "backup":
        return judge_sidecar(path, digest) or judge_backup(path, target, entry, after)
    return None


def judge_number(version, entry, after):
    if version < entry.acknowledged:
        return f"lost, {version} is there and {entry.acknowledged} was acknowledged"
    if version > after.attempted:
        return f"{version} is there and was never attempted"
    if after.refused and version == after.refused:
        return f"{version} is there and was reported as not committed"
    return None


def judge_publication(path, target, entry, after):
    """The pointer names a version that was acknowledged last, or a later one, and each version with a list is whole."""
    try:
        names = os.listdir(path)
    except FileNotFoundError:
        names = []
    if "latest" not in names:
        return f"nothing is published, {entry.acknowledged} was acknowledged" if entry.acknowledged else None
    pointer = os.path.join(path, "latest")
    try:
        if os.path.islink(pointer):
            latest = os.readlink(pointer)
        elif os.path.isdir(pointer):
            with open(os.path.join(pointer, "manifest.json"), encoding="utf-8") as file:
                latest = json.load(file)["version"]
        else:
            with open(pointer, encoding="utf-8") as file:
                latest = file.read().strip()
        if not re.fullmatch(VERSION, latest):
            return f"the pointer is torn: {latest!r}"
        if not os.path.exists(os.path.join(path, latest, "manifest.json")):
            return f"the pointer names {latest}, which has no list"
        loss = judge_number(int(latest[1:]), entry, after)
        if os.path.isdir(pointer) and not os.path.islink(pointer):
            loss = loss or judge_version(pointer, target, int(latest[1:]))
        for name in sorted(names):
            # a pointer that was about to be moved leads to a version, too
            version = re.fullmatch(VERSION, name)
            if not loss and version and os.path.exists(os.path.join(path, name, "manifest.json")):
                loss = judge_version(os.path.join(path, name), target, int(name[1:]))
        return loss
    except (ValueError, KeyError) as error:
        return f"the list in the directory is torn: {error}"
    except OSError as error:
        return f"can't be read: {error.filename}: {error.strerror}"


VERSION = r"v\d{8}"
PARTS = {"part-0.csv", "part-1.csv", "more/part-2.csv", "same.csv"}


def judge_version(path, target, number):
    """Each file that a version lists is there, and of this version."""
    name = os.path.basename(path)
    with open(os.path.join(path, "manifest.json"), "rb") as file:
        text = file.read()
    try:
        listed = {entry["path"]: entry for entry in json.loads(text)["files"]}
    except (ValueError, KeyError, TypeError):
        return f"{name}: the list is torn, {len(text)} bytes"
    if set(listed) != PARTS:
        return f"{name}: lists {sorted(listed)}"
    for part, entry in listed.items():
        with open(os.path.join(path, part), "rb") as file:
            content = file.read()
        if len(content) != entry["size"] or hashlib.sha256(content).hexdigest() != entry["digest"].removeprefix("sha256:"):
            return f"{name}: {part} is torn, " + describe(content)
        if version_of(content, target) != (0 if part == "same.csv" else number):
            return f"{name}: {part} is of another version, " + describe(content)
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
