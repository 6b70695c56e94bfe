"""The engine in JVMs of its own, and the memory that they share with the rig."""

import mmap
import os
import queue
import signal
import struct
import subprocess
import threading
from typing import NamedTuple

from rig.disk import NotRun

ANSWER = "> "
PATIENCE = 120
SLOT = 64
VARIANTS = ("plain", "sidecar", "attribute", "backup")
POINTERS = ("link", "file")
DIRECTORIES = ("directory",)
NATIVE = ("--enable-native-access=ALL-UNNAMED",)


class Entry(NamedTuple):
    """What the ledger says of one target."""

    attempted: int
    acknowledged: int
    before: int
    refused: int


class Ledger:
    """See Ledger.java."""

    def __init__(self, path, targets):
        self.path = path
        self.targets = targets
        with open(path, "wb") as file:
            file.truncate(SLOT * len(targets))
        with open(path, "r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)

    def read(self):
        return {target: Entry(*struct.unpack_from("<4q", self._memory, SLOT * slot))
                for slot, target in enumerate(self.targets)}

    def reset(self, versions=None):
        """Says that a version of each target is there, and durable."""
        for slot, target in enumerate(self.targets):
            version = (versions or {}).get(target, 0)
            struct.pack_into("<4q", self._memory, SLOT * slot, version, version, 0, 0)


def with_native(class_path):
    """The classes of Java 22, which a build on a newer JDK has."""
    classes = os.path.join(class_path.split(os.pathsep)[0], "META-INF", "versions", "22")
    if not os.path.isdir(classes):
        raise NotRun("there are no native calls: build atomicwrite-core with JDK 22 or later in JAVA_HOME")
    return class_path + os.pathsep + classes


class Jvm:
    """A main class that gets commands and gives answers, a line each."""

    def __init__(self, class_path, main, *args, native=False):
        home = os.environ.get("JAVA_HOME")
        java = os.path.join(home, "bin", "java") if home else "java"
        self._process = subprocess.Popen(
            [java, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
             *(NATIVE if native else ()), "-cp", with_native(class_path) if native else class_path, main, *args],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._answers = queue.Queue()
        self.noise = []
        threading.Thread(target=self._read, daemon=True).start()
        self.answer()

    def _read(self):
        for line in self._process.stdout:
            if line.startswith(ANSWER):
                self._answers.put(line[len(ANSWER):].rstrip("\n"))
            else:
                self.noise.append(line.rstrip("\n"))
        self._answers.put(None)

    def tell(self, line):
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def answer(self):
        try:
            answer = self._answers.get(timeout=PATIENCE)
        except queue.Empty:
            answer = None
        if answer is None:
            raise RuntimeError("no answer from the JVM: " + "; ".join(self.noise[-5:]))
        return answer

    def pause(self):
        self._process.send_signal(signal.SIGSTOP)

    def resume(self):
        self._process.send_signal(signal.SIGCONT)

    def alive(self):
        return self._process.poll() is None

    def stop(self):
        self._process.kill()
        self._process.wait()


class Writer(Jvm):
    """Writes with the real engine; see CutWriter.java."""

    def __init__(self, class_path, directory, ledger, method, profile, writers, variants, form, native):
        super().__init__(class_path, "io.atomicwrite.rig.CutWriter", directory, ledger.path, method, profile.level,
                         str(writers), ",".join(variants), form, str(profile.keeps_order).lower(), native=native)

    def go(self):
        """Returns the durability that the engine claims."""
        self.tell("go")
        return self.answer()

    def halt(self):
        """Returns how often the engine reported which failure."""
        self.tell("halt")
        failures = self.answer().removeprefix("halted ").strip("{}")
        pairs = (part.rsplit("=", 1) for part in failures.split(", ") if part)
        return {what: int(count) for what, count in pairs}


class Reader(Jvm):
    """Looks at what is left with the real engine; see CutReader.java."""

    def __init__(self, class_path, native):
        super().__init__(class_path, "io.atomicwrite.rig.CutReader", native=native)

    def look(self, directory):
        self.tell(directory)
        complaints = []
        while (answer := self.answer()) != "done":
            complaints.append(answer)
        return complaints


def targets(writers, variants):
    return [f"w{writer:02}-{variant}" for writer in range(writers) for variant in variants]
