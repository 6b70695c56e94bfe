"""Filesystems that two hosts have mounted, in network namespaces of the run's own."""

import os
import shutil
import subprocess
import tempfile
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


class Shared:
    """A filesystem whose servers are in the first namespace, mounted by the clients in the two others."""

    NAME = PLACES = None

    def __init__(self, work):
        # each engine of a run has one of its own
        self.work = tempfile.mkdtemp(prefix=self.NAME.lower() + "-", dir=work)
        self.directories = [os.path.join(self.work, name) for name in ("one", "two")]
        for name in (*self.PLACES, "one", "two"):
            os.makedirs(os.path.join(self.work, name))
        self.processes, self.log = [], open(self.work + ".log", "ab")
        self.network = Network()
        try:
            self.serve()
            for number, directory in enumerate(self.directories, 1):
                self.start(number, *self.mount(directory))
                until(lambda mounted=directory: self.is_ready(mounted), PATIENCE, f"a mount of {self.NAME} at {directory}")
        except BaseException:
            self.end()
            raise

    def start(self, number, *command):
        self.processes.append(subprocess.Popen(self.network.within(number, *command), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                               start_new_session=True))

    def is_ready(self, directory):
        return os.path.ismount(directory)

    def stop(self):
        """What comes before the servers are ended."""

    def end(self):
        for directory in self.directories:
            subprocess.run(["umount", "-l", directory], stderr=subprocess.DEVNULL)
        if self.processes:
            self.stop()
        # the servers last, which were the first
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        time.sleep(0.2)
        self.network.end()


class Gluster(Shared):
    """A volume of GlusterFS with one brick. Its server has a socket of its own: by that of the machine, two runs would stop each other's volume."""

    NAME, PLACES = "GlusterFS", ("brick", "state", "run")

    def mount(self, directory):
        return ["glusterfs", "-N", "--process-name", "fuse", "--volfile-server=10.77.0.1", "--volfile-id=hosts", "-l", f"{directory}.log", directory]

    def serve(self):
        volume = os.path.join(self.work, "glusterd.vol")
        with open("/etc/glusterfs/glusterd.vol") as default, open(volume, "w") as own:
            own.write(default.read().replace("/var/lib/glusterd", os.path.join(self.work, "state")).replace(
                "end-volume", f"    option glusterd-sockfile {self.socket()}\n    option run-directory {self.work}/run\nend-volume"))
        self.start(0, "glusterd", "-N", "-f", volume, "-l", os.path.join(self.work, "glusterd.log"), "-p", os.path.join(self.work, "glusterd.pid"))
        until(lambda: self.gluster("volume", "info") == 0, PATIENCE, "glusterd")
        brick = "10.77.0.1:" + os.path.join(self.work, "brick")
        for words in (("volume", "create", "hosts", brick, "force"), ("volume", "start", "hosts")):
            if self.gluster(*words) != 0:
                raise RuntimeError(f"gluster {words}, see {self.log.name}")

    def socket(self):
        return os.path.join(self.work, "glusterd.socket")

    def gluster(self, *words):
        command = self.network.within(0, "gluster", "--mode=script", f"--glusterd-sock={self.socket()}", *words)
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, timeout=PATIENCE).returncode

    def stop(self):
        self.gluster("volume", "stop", "hosts", "force")


class MooseFs(Shared):
    """A MooseFS of one chunkserver."""

    NAME, PLACES = "MooseFS", ("master", "chunkserver", "chunks")

    ADDRESS = Network.ADDRESS.format(1)
    EMPTY = "/var/lib/mfs/metadata.mfs.empty"

    def mount(self, directory):
        return ["mfsmount", "-f", "-H", self.ADDRESS, directory]

    def serve(self):
        shutil.copy(self.EMPTY, os.path.join(self.work, "master/metadata.mfs"))
        self.configure("exports.cfg", ["* / rw,alldirs,maproot=0:0"])
        self.configure("topology.cfg", [])
        self.configure("hdd.cfg", [os.path.join(self.work, "chunks")])
        user = ["WORKING_USER = root", "WORKING_GROUP = root"]
        listen = [f"{whom}_LISTEN_HOST = {self.ADDRESS}" for whom in ("MATOML", "MATOCS", "MATOCL")]
        master = self.configure("master.cfg", [*user, *listen, f"DATA_PATH = {self.work}/master", f"EXPORTS_FILENAME = {self.work}/exports.cfg",
                                               f"TOPOLOGY_FILENAME = {self.work}/topology.cfg"])
        chunkserver = self.configure("chunkserver.cfg", [*user, f"DATA_PATH = {self.work}/chunkserver", f"HDD_CONF_FILENAME = {self.work}/hdd.cfg",
                                                         f"MASTER_HOST = {self.ADDRESS}", "HDD_LEAVE_SPACE_DEFAULT = 64MiB"])
        self.start(0, "mfsmaster", "-c", master, "-f", "start")
        # it tries again by itself until the master answers, and a client does not
        self.start(0, "mfschunkserver", "-c", chunkserver, "-f", "start")
        until(lambda: b"chunkserver register end" in self.logged(), PATIENCE, "a chunkserver of MooseFS")

    def logged(self):
        with open(self.log.name, "rb") as written:
            return written.read()

    def configure(self, name, lines):
        file = os.path.join(self.work, name)
        with open(file, "w") as written:
            written.writelines(line + "\n" for line in lines)
        return file

    def is_ready(self, directory):
        """A master that has no chunkserver yet takes names, and no content."""
        if not os.path.ismount(directory):
            return False
        probe = os.path.join(directory, "probe")
        try:
            with open(probe, "w") as file:
                file.write("x")
            os.unlink(probe)
            return True
        except OSError:
            return False


def unavailable(kind):
    """Why a filesystem can't run here, or nothing."""
    if os.geteuid() != 0:
        return "needs root"
    if not os.path.exists("/dev/fuse"):
        return "needs /dev/fuse"
    missing = [name for name in PROGRAMS[kind] if not any(
        os.path.exists(os.path.join(place, name)) for place in os.environ["PATH"].split(os.pathsep))]
    return f"needs {', '.join(missing)}" if missing else ""


FILESYSTEMS = {"gluster": Gluster, "moosefs": MooseFs}
PROGRAMS = {"gluster": ["glusterd", "glusterfs", "gluster", "ip", "nsenter"], "moosefs": ["mfsmaster", "mfschunkserver", "mfsmount", "ip", "nsenter"]}
