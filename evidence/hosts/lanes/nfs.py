"""An NFSv4.1 share of a user-space server, whose clients are kernels of their own: guests of User-Mode Linux, each with one writer."""

import glob
import os
import shlex
import signal
import subprocess
import tempfile

from .filesystems import run
from .places import PATIENCE
from .servers import SERVERS, Postgres, Redis, until
from .writers import Writer

SERVER = "10.77.0.1"
GUEST = "10.77.0.{}"
MODULES = "/usr/lib/uml/modules"
# lease and store timeout in milliseconds: a guest has one processor and traces its processes, so that all requests take longer
TIMES = {"redis": (1500, 1100), "jdbc": (1500, 1100), "shedlock": (1500, 1100), "etcd": (2000, 1500)}
PROGRAMS = ["linux.uml", "ganesha.nfsd", "modprobe", "ip", "nsenter"]


def unavailable():
    """Why this can't run here, or nothing."""
    if os.geteuid() != 0:
        return "needs root"
    if not os.path.exists("/dev/net/tun"):
        return "needs /dev/net/tun"
    missing = [name for name in PROGRAMS if not any(os.path.exists(os.path.join(place, name)) for place in os.environ["PATH"].split(os.pathsep))]
    if not glob.glob("/usr/lib/*/ganesha/libfsalvfs.so"):
        missing.append("nfs-ganesha-vfs")
    if not glob.glob(f"{MODULES}/*/kernel/fs/nfs/nfsv4.ko*"):
        missing.append(f"nfsv4 in {MODULES}")
    return f"needs {', '.join(missing)}" if missing else ""


class NfsShare:
    """A directory that a Ganesha exports on a bridge, in a network namespace of the run's own."""

    CONFIGURATION = """
        NFS_CORE_PARAM {{ Bind_addr = {address}; Protocols = 4; NFS_Port = 2049; Enable_NLM = false; Enable_RQUOTA = false; }}
        NFSv4 {{ Graceless = true; Lease_Lifetime = 10; RecoveryRoot = {work}/recovery; Minor_Versions = 1; }}
        EXPORT {{ Export_Id = 1; Path = {directory}; Pseudo = /export; Access_Type = RW; Squash = No_Root_Squash; SecType = sys; Protocols = 4;
            Attr_Expiration_Time = 0;
            FSAL {{ Name = VFS; }} }}
        LOG {{ Default_Log_Level = EVENT; }}
        """

    def __init__(self, work):
        # each engine of a run has one of its own
        self.work = tempfile.mkdtemp(prefix="nfs-", dir=work)
        self.directory = os.path.join(self.work, "export")
        for name in ("export", "recovery", "modules/lib", "guests"):
            os.makedirs(os.path.join(self.work, name))
        os.symlink(MODULES, os.path.join(self.work, "modules/lib/modules"))
        self.namespace = f"hosts{os.getpid()}N"
        self.guests, self.ganesha, self.log = [], None, open(self.work + ".log", "ab")
        try:
            run("ip", "netns", "add", self.namespace)
            self.ip("link", "set", "lo", "up")
            self.ip("link", "add", "br0", "type", "bridge")
            self.ip("link", "set", "br0", "up")
            self.ip("addr", "add", f"{SERVER}/24", "dev", "br0")
            self.serve()
        except BaseException:
            self.end()
            raise

    def ip(self, *words):
        run("ip", "-n", self.namespace, *words)

    def within(self, *command):
        return ["nsenter", f"--net=/run/netns/{self.namespace}", *command]

    def answers(self, port):
        """Whether something listens there; asked by a process in the namespace."""
        return subprocess.run(self.within("bash", "-c", f"exec 3<>/dev/tcp/{SERVER}/{port}"), stderr=subprocess.DEVNULL, timeout=PATIENCE).returncode == 0

    def serve(self):
        configuration = os.path.join(self.work, "ganesha.conf")
        with open(configuration, "w") as file:
            file.write(self.CONFIGURATION.format(address=SERVER, work=self.work, directory=self.directory))
        self.ganesha = subprocess.Popen(self.within("ganesha.nfsd", "-F", "-f", configuration, "-L", os.path.join(self.work, "ganesha.log"),
                                                    "-p", os.path.join(self.work, "ganesha.pid")),
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        until(lambda: self.answers(2049), PATIENCE, "Ganesha")

    def server(self, rig, engine):
        """A lock server where the guests reach it."""
        server = type(f"Bridged{engine}", (Bridged, SERVERS[engine]), {"share": self})(rig.work, engine)
        return rig.prepared(server)

    def tap(self):
        """An interface for one more guest, and its address."""
        number = len(self.guests)
        self.ip("tuntap", "add", f"tap{number}", "mode", "tap")
        self.ip("link", "set", f"tap{number}", "master", "br0", "up")
        return f"tap{number}", GUEST.format(number + 2)

    def writer(self, *arguments, seconds=0, **changes):
        """A writer in a guest of its own. The guests do not start at the same moment, so the first one counts a little longer."""
        return Guest(self, *arguments, seconds=seconds + 10, **changes)

    def end(self):
        for guest in self.guests:
            guest.end()
        if self.ganesha is not None:
            self.ganesha.terminate()
            try:
                self.ganesha.wait(10)
            except subprocess.TimeoutExpired:
                self.ganesha.kill()
                self.ganesha.wait()
        # with all its interfaces
        subprocess.run(["ip", "netns", "del", self.namespace], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Guest(Writer):
    """A writer that has a kernel of its own, and is stopped with it: what happens to the host of a suspended virtual machine."""

    INIT = """#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/mnt
mount -t proc proc /proc && mount -t sysfs sys /sys && mount -t tmpfs tmp /mnt
# the client of NFS identifies itself by this name
hostname {name}
ip link set lo up && ip addr add {address}/24 dev eth0 && ip link set eth0 up
modprobe -d {work}/modules nfsv4
for attempt in 1 2 3 4 5 6 7 8 9 10; do
	mount -i -t nfs4 -o addr={server},clientaddr={address},vers=4.1 {server}:/export {directory} && break
	sleep 1
done
grep -q ' {directory} nfs4 .*vers=4.1' /proc/mounts && echo MOUNTED && {command}
echo o >/proc/sysrq-trigger
sleep 60
"""

    def __init__(self, share, *arguments, **changes):
        self.share = share
        self.device, self.address = share.tap()
        self.mounted = False
        super().__init__(*arguments, **changes)
        share.guests.append(self)

    def command(self, main, settings):
        name = f"guest{self.device}"
        java = super().command(main, settings)
        java[1:1] = [f"-Dhosts.server={SERVER}", "-XX:-UsePerfData", "-Djava.io.tmpdir=/mnt"]
        init = os.path.join(self.share.work, "guests", name)
        with open(init, "w") as file:
            file.write(self.INIT.format(name=name, address=self.address, server=SERVER, work=self.share.work, directory=self.share.directory,
                                        command=shlex.join(java)))
        os.chmod(init, 0o755)
        # its root is the root of this machine, which it can't change
        return self.share.within("linux.uml", "mem=512M", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", f"init={init}",
                                 f"eth0=tuntap,{self.device}", "con=null", "con0=fd:0,fd:1", f"uml_dir={self.share.work}/guests", f"umid={name}.uml",
                                 "quiet", "loglevel=0")

    def read(self):
        """All of its output comes from the console."""
        for line in self.process.stdout:
            self.errors.append(line)
            self.lines.put(line.strip())
        self.lines.put(None)

    def next(self, start=""):
        if not self.mounted:
            # without it, nothing was written over NFS
            super().next("MOUNTED")
            self.mounted = True
        return super().next(start)

    def end(self):
        """The processes of a guest are those of its kernel, which it traces."""
        if self.process.poll() is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()


class Bridged:
    """A lock server in the namespace of a share, at the address of its bridge."""

    share = None

    def start(self):
        try:
            super().start()
        except BaseException:
            self.end()
            raise

    def command(self):
        # Redis would refuse clients of other hosts
        more = ["--protected-mode", "no"] if isinstance(self, Redis) else []
        return self.share.within(*(word.replace("127.0.0.1", SERVER) for word in super().command()), *more)

    def is_up(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended with {self.process.returncode}, see {self.log.name}")
        return self.share.answers(self.port)

    def prepare(self):
        super().prepare()
        if isinstance(self, Postgres):
            with open(os.path.join(self.data, "pg_hba.conf"), "a") as file:
                file.write(f"host all all {SERVER}/24 trust\n")

    def sql(self, text):
        return subprocess.run(self.share.within("psql", "-q", "-h", SERVER, "-p", str(self.port), "-U", "postgres", "-c", text), stdout=self.log,
                              stderr=self.log, cwd="/").returncode
