"""Servers of lock engines, on free ports of loopback."""

import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request

from .places import HERE, PATIENCE


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.02)


def answers(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def children(parent):
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                if int(file.read().rpartition(")")[2].split()[1]) == parent:
                    found.append(int(name))
        except OSError:
            pass
    return found


class Server:
    """One server of a lock engine, whose processes are a group of their own."""

    def __init__(self, work, name):
        self.name, self.port = name, free_port()
        self.data = tempfile.mkdtemp(prefix=name + "-", dir=work)
        self.log = open(os.path.join(work, name + ".log"), "ab")
        self.process = None
        self.prepare()
        self.start()

    def prepare(self):
        pass

    def start(self):
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        until(self.is_up, PATIENCE, f"{self.name} on port {self.port}")

    def is_up(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended with {self.process.returncode}, see {self.log.name}")
        return answers(self.port)

    def send(self, number):
        """To the server and its children, which may be in sessions of their own."""
        for pid in (self.process.pid, *children(self.process.pid)):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def end(self):
        if self.process is not None and self.process.poll() is None:
            self.send(signal.SIGCONT)
            self.send(signal.SIGKILL)
            self.process.wait()


class Redis(Server):
    def command(self):
        return ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "always",
                "--repl-diskless-sync-delay", "0", "--dir", self.data]

    def is_up(self):
        # it answers at once, but not with data as long as it reads its log
        return super().is_up() and self.ask("ping") == "PONG"

    def ask(self, *words):
        return subprocess.run(["redis-cli", "-p", str(self.port), *words], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()

    def command_line(self, *words):
        answer = self.ask(*words)
        if answer != "OK":
            raise RuntimeError(f"redis-cli {words}: {answer}")

    def follows(self):
        """Whether it is the replica of a primary that it is connected to."""
        return "master_link_status:up" in self.ask("info", "replication")


class RedisPair:
    """
    A primary of Redis and its replica, and a port that leads to the primary, as the name of a service does. The replica follows through a link that can be
    cut, as replication is asynchronous.
    """

    def __init__(self, work):
        self.members = []
        try:
            for number in range(2):
                self.members.append(Redis(work, f"redis{number}"))
            self.primary, self.replica = self.members
            self.link, self.service = Proxy(self.primary), Proxy(self.primary)
            self.follow()
        except BaseException:
            self.end()
            raise
        self.port = self.service.port

    def follow(self):
        self.replica.command_line("replicaof", "127.0.0.1", str(self.link.port))
        until(self.replica.follows, PATIENCE, "a replica of Redis")

    def lag(self):
        """From now on the replica learns nothing."""
        self.link.cut = True

    def promote(self):
        """The replica takes the place of the primary, which goes on where it is alive: then there are two."""
        self.replica.command_line("replicaof", "no", "one")
        self.service.server = self.replica

    def fail_over(self):
        """The primary is killed, and its replica promoted at once. The killed one comes back as the replica."""
        self.primary.send(signal.SIGKILL)
        self.primary.process.wait()
        self.promote()
        self.primary, self.replica = self.replica, self.primary
        self.replica.start()
        self.link.end()
        self.link = Proxy(self.primary)
        self.follow()

    def end(self):
        for name in ("link", "service"):
            if hasattr(self, name):
                getattr(self, name).end()
        for member in self.members:
            member.end()


class Etcd(Server):
    def command(self):
        client, peer = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.peer}"
        # a short election makes leases of 1 s possible
        return ["etcd", "--data-dir", os.path.join(self.data, "etcd"), "--listen-client-urls", client, "--advertise-client-urls", client,
                "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}",
                "--heartbeat-interval", "50", "--election-timeout", "500"]

    def prepare(self):
        self.peer = free_port()


class Postgres(Server):
    def command(self):
        return self.as_user(os.path.join(self.programs(), "postgres"), "-D", self.data, "-p", str(self.port), "-h", "127.0.0.1", "-k", self.data)

    @staticmethod
    def programs():
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not found:
            raise RuntimeError("no PostgreSQL server in /usr/lib/postgresql")
        return found[-1]

    @staticmethod
    def as_user(*command):
        return (["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"] if os.geteuid() == 0 else []) + list(command)

    def prepare(self):
        if os.geteuid() == 0:
            shutil.chown(self.data, "postgres", "postgres")
        subprocess.run(self.as_user(os.path.join(self.programs(), "initdb"), "-D", self.data, "-A", "trust", "-U", "postgres", "--no-sync"),
                       check=True, stdout=self.log, stderr=self.log, cwd="/")

    def start(self):
        super().start()
        until(lambda: self.sql("SELECT 1") == 0, PATIENCE, "PostgreSQL")

    def sql(self, text):
        return subprocess.run(["psql", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-c", text], stdout=self.log,
                              stderr=self.log, cwd="/").returncode


class EtcdCluster:
    """Three servers of etcd, of which two are enough."""

    def __init__(self, work):
        self.members = []
        ports = [free_port() for _ in range(3)]
        peers = [f"http://127.0.0.1:{port}" for port in ports]
        cluster = ",".join(f"m{number}={peer}" for number, peer in enumerate(peers))
        for number, port in enumerate(ports):
            self.members.append(EtcdMember(work, number, port, cluster))
        for member in self.members:
            until(member.is_up, PATIENCE, "a member of etcd")
        until(self.leader, PATIENCE, "a leader of etcd")
        self.port = ",".join(str(member.port) for member in self.members)

    def leader(self):
        for member in self.members:
            if member.leads():
                return member
        return None

    def end(self):
        for member in self.members:
            member.end()


class EtcdMember(Etcd):
    def __init__(self, work, number, peer, cluster):
        self.number, self.chosen, self.cluster = number, peer, cluster
        super().__init__(work, f"etcd{number}")

    def prepare(self):
        self.peer = self.chosen

    def start(self):
        # one alone does not answer requests yet
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)

    def command(self):
        command = super().command()
        command[command.index("--initial-cluster") + 1] = self.cluster
        return [*command, "--name", f"m{self.number}"]

    def leads(self):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/v3/maintenance/status", data=b"{}")
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:
                status = json.load(answer)
        except OSError:
            return False
        return status.get("leader", "0") != "0" and status["leader"] == status["header"]["member_id"]


class Proxy:
    """Stands between writers and a server, and can stop to pass anything on while all connections stay open: a partition."""

    def __init__(self, server):
        self.port, self.server, self.cut, self.open = free_port(), server, False, []
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                here, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(here)
            try:
                there = socket.create_connection(("127.0.0.1", int(self.server.port)), timeout=5)
            except OSError:
                here.close()
                continue
            there.settimeout(None)
            self.open.append(there)
            for ends in ((here, there), (there, here)):
                threading.Thread(target=self.forward, args=ends, daemon=True).start()

    def forward(self, source, sink):
        try:
            while data := source.recv(65536):
                while self.cut:
                    time.sleep(0.01)
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def end(self):
        self.cut = False
        for end in (self.listener, *self.open):
            end.close()


SERVERS = {"redis": Redis, "jdbc": Postgres, "shedlock": Postgres, "etcd": Etcd}


def tables():
    """The statements that Engine.java has."""
    with open(os.path.join(HERE, "src/main/java/io/atomicwrite/hosts/Engine.java")) as file:
        return file.read().split('TABLES = """', 1)[1].split('"""', 1)[0]
