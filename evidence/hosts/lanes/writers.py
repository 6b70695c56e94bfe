"""Processes that stand for hosts."""

import errno
import os
import queue
import signal
import subprocess
import threading
import time

from rig.jvm import NATIVE
from .places import GAP, HERE, PATIENCE

# what is there and used where native access is enabled, as in the jar of the engine
JAVA22 = os.path.join(HERE, "../../atomicwrite-core/target/classes/META-INF/versions/22")
JVM = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx160m"]


class Writer:
    """A process that stands for a host."""

    def __init__(self, main, engine, server, target, lease, timeout, gap=GAP, keys="name", revoke="yes", seconds=0, skew=None, rounds=0, late=0,
                 environment=None):
        settings = {"engine": engine, "port": server.port, "target": target, "lease": lease, "store-timeout": timeout, "gap": gap, "keys": keys,
                    "revoke": revoke, "seconds": seconds, "skew": skew or lease // 4, "rounds": rounds, "late": late}
        self.process = subprocess.Popen(self.command(main, settings), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        start_new_session=True, env={**os.environ, **(environment or {})})
        self.errors, self.lines = [], queue.Queue()
        threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True).start()
        threading.Thread(target=self.read, daemon=True).start()

    def command(self, main, settings):
        return [java(), *JVM, "-cp", class_path(), f"io.atomicwrite.hosts.{main}", *(f"{name}={value}" for name, value in settings.items())]

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())
        self.lines.put(None)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def next(self, start=""):
        """The next line of its output that starts so."""
        while True:
            line = self.lines.get(timeout=PATIENCE * 2)
            if line is None:
                raise RuntimeError("a writer ended: " + "".join(self.errors[-20:]))
            if line.startswith(start):
                return line

    def write_once(self, text):
        """A write that succeeds: the first request of a client may take longer than a store may."""
        end, result = time.monotonic() + PATIENCE, ""
        while not result.endswith(" COMMITTED"):
            if time.monotonic() > end:
                raise TimeoutError(f"a first write: {result}")
            self.ask("once " + text)
            result = self.next()

    def stage(self, text):
        self.stops("write " + text, "STAGED")

    def at(self, point, text):
        """A write that stops at a point of StopAt."""
        self.stops(f"at {point} {text}", f"AT {point}")

    def stops(self, command, answer):
        end, result = time.monotonic() + PATIENCE, ""
        while result != answer:
            if time.monotonic() > end:
                raise TimeoutError(f"a write that stops: {result}")
            self.ask(command)
            result = self.next()

    def go_on(self):
        """Ends the stop. Returns how long the rest took, in milliseconds, when it was over, and the result."""
        self.ask("")
        millis, at, result = self.next().split(" ", 2)
        return int(millis), int(at), result

    def once(self, text):
        self.ask("once " + text)
        return self.answer()

    def answer(self):
        millis, at, result = self.next().split(" ", 2)
        return int(millis), int(at), result

    def send(self, number):
        self.process.send_signal(number)

    def end(self):
        if self.process.poll() is None:
            self.send(signal.SIGCONT)
            self.process.kill()
        self.process.wait()


def make_native_calls():
    """For all writers of this run."""
    if not os.path.isdir(JAVA22):
        raise SystemExit("there are no native calls: build atomicwrite-core with JDK 22 or later in JAVA_HOME")
    JVM.extend(NATIVE)


def java():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin/java") if home else "java"


def class_path():
    with open(os.path.join(HERE, "target/class-path")) as file:
        return os.pathsep.join([os.path.join(HERE, "target/classes"), JAVA22, file.read().strip()])


def filesystem(directory):
    return subprocess.run(["findmnt", "-n", "-o", "FSTYPE", "-T", directory], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def staging_files(directory):
    return [name for name in os.listdir(directory) if name.startswith(".") and name.endswith(".tmp")]


def content(target):
    """A client of a network filesystem may open a file that has been replaced, and is told so when it reads."""
    for attempt in range(20):
        try:
            with open(target) as file:
                return file.read()
        except OSError as failure:
            if failure.errno not in (errno.ESTALE, errno.ENOENT) or attempt == 19:
                raise
            time.sleep(0.05)
    raise AssertionError("not reached")
