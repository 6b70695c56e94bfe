"""Filesystems that two hosts have mounted, in network namespaces of the run's own."""

import os
import subprocess
import time

from .places import PATIENCE
from .servers import until


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


class Network:
    """A bridge with a server and two clients."""

    ADDRESS = "10.77.0.{}"

    def __init__(self):
        self.prefix = f"hosts{os.getpid()}"
        self.names = [self.prefix + end for end in "SAB"]
        try:
            for name in self.names:
                run("ip", "netns", "add", name)
                run("ip", "-n", name, "link", "set", "lo", "up")
            server = self.names[0]
            run("ip", "-n", server, "link", "add", "br0", "type", "bridge")
            run("ip", "-n", server, "link", "set", "br0", "up")
            run("ip", "-n", server, "addr", "add", self.ADDRESS.format(1) + "/24", "dev", "br0")
            for number, name in enumerate(self.names[1:], 2):
                run("ip", "-n", server, "link", "add", f"v{number}", "type", "veth", "peer", "name", "eth0", "netns", name)
                run("ip", "-n", server, "link", "set", f"v{number}", "master", "br0", "up")
                run("ip", "-n", name, "link", "set", "eth0", "up")
                run("ip", "-n", name, "addr", "add", self.ADDRESS.format(number) + "/24", "dev", "eth0")
        except BaseException:
            self.end()
            raise

    def within(self, number, *command):
        # not ip netns exec, whose mounts nobody else sees
        return ["nsenter", f"--net=/run/netns/{self.names[number]}", *command]

    def end(self):
        for name in self.names:
            subprocess.run(["ip", "netns", "del", name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Gluster:
    """A volume of GlusterFS with one brick, mounted twice."""

    TYPE = "fuse.glusterfs"

    def __init__(self, work):
        self.work = os.path.join(work, "gluster")
        self.directories = [os.path.join(self.work, name) for name in ("one", "two")]
        for name in ("brick", "state", "one", "two"):
            os.makedirs(os.path.join(self.work, name))
        self.processes, self.log = [], open(os.path.join(work, "gluster.log"), "ab")
        self.network = Network()
        try:
            self.serve()
            for number, directory in enumerate(self.directories, 1):
                self.start(number, "glusterfs", "-N", "--process-name", "fuse", "--volfile-server=10.77.0.1", "--volfile-id=hosts", "-l",
                           f"{directory}.log", directory)
                until(lambda mounted=directory: os.path.ismount(mounted), PATIENCE, f"a mount of GlusterFS at {directory}")
        except BaseException:
            self.end()
            raise

    def serve(self):
        volume = os.path.join(self.work, "glusterd.vol")
        with open("/etc/glusterfs/glusterd.vol") as default, open(volume, "w") as own:
            own.write(default.read().replace("/var/lib/glusterd", os.path.join(self.work, "state")))
        self.start(0, "glusterd", "-N", "-f", volume, "-l", os.path.join(self.work, "glusterd.log"), "-p", os.path.join(self.work, "glusterd.pid"))
        until(lambda: self.gluster("volume", "info") == 0, PATIENCE, "glusterd")
        brick = "10.77.0.1:" + os.path.join(self.work, "brick")
        for words in (("volume", "create", "hosts", brick, "force"), ("volume", "start", "hosts")):
            if self.gluster(*words) != 0:
                raise RuntimeError(f"gluster {words}, see {self.log.name}")

    def start(self, number, *command):
        self.processes.append(subprocess.Popen(self.network.within(number, *command), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                               start_new_session=True))

    def gluster(self, *words):
        return subprocess.run(self.network.within(0, "gluster", "--mode=script", *words), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                              timeout=PATIENCE).returncode

    def end(self):
        for directory in self.directories:
            subprocess.run(["umount", "-l", directory], stderr=subprocess.DEVNULL)
        if self.processes:
            self.gluster("volume", "stop", "hosts", "force")
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        time.sleep(0.2)
        self.network.end()


def unavailable(kind):
    """Why a filesystem can't run here, or nothing."""
    if os.geteuid() != 0:
        return "needs root"
    if not os.path.exists("/dev/fuse"):
        return "needs /dev/fuse"
    missing = [name for name in {"gluster": ["glusterd", "glusterfs", "gluster", "ip", "nsenter"]}[kind] if not any(
        os.path.exists(os.path.join(place, name)) for place in os.environ["PATH"].split(os.pathsep))]
    return f"needs {', '.join(missing)}" if missing else ""


FILESYSTEMS = {"gluster": Gluster}
