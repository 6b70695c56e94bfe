"""The sample application as three replicas on one directory, which are killed and stopped while settings are changed through all of them."""

import json
import os
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
import zipfile

from .places import PATIENCE, ROOT, TIMES
from .servers import free_port, until
from .writers import JVM, class_path, content, java

JAR = os.path.join(ROOT, "sample-app/target/sample-app.jar")


class Replica:
    """A process of the sample, and a client that changes its settings one after the other."""

    def __init__(self, engine, server, application, data, log, conditional):
        self.port, self.conditional, self.log = free_port(), conditional, log
        lease, timeout = TIMES[engine]
        path = os.pathsep.join([os.path.join(application, "BOOT-INF/classes"), os.path.join(application, "BOOT-INF/lib/*"), class_path()])
        self.command = [java(), *JVM, f"-Dhosts.engine={engine}", f"-Dhosts.port={server.port}", f"-Dhosts.timeout={timeout}", "-cp", path,
                        "io.atomicwrite.hosts.Replica", f"--server.port={self.port}", f"--sample.data={data}", "--atomicwrite.lock.scope=cluster",
                        f"--atomicwrite.lock.lease-time={lease}ms", f"--atomicwrite.lock.store-timeout={timeout}ms"]
        self.acknowledged = self.refused = self.unknown = 0
        self.ended = False
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)

    def is_up(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"a replica ended with {self.process.returncode}, see {self.log.name}")
        try:
            self.request("GET")
            return True
        except (OSError, urllib.error.HTTPError):
            return False

    def request(self, method, body=None, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/settings", method=method, data=body,
                                         headers={"Content-Type": "application/json", **headers})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer), answer.headers.get("ETag")

    def change(self):
        """Adds one to the revision, by a condition on what was read."""
        try:
            settings, tag = self.request("GET")
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.05)
            return
        settings["revision"] += 1
        condition = {"If-Match": tag} if self.conditional else {}
        try:
            self.request("PUT", json.dumps(settings).encode(), **condition)
            self.acknowledged += 1
        except urllib.error.HTTPError as failure:
            if failure.code < 500:
                self.refused += 1
            else:
                self.unknown += 1
        except OSError:
            self.unknown += 1

    def changes(self):
        while not self.ended:
            self.change()

    def end(self):
        self.ended = True
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
        self.process.wait()


def rounds_of_changes(rig, engine, server, rounds, conditional=True):
    """Returns how many changes were acknowledged, and how many of them are not there."""
    application = os.path.join(rig.work, "sample")
    if not os.path.exists(application):
        with zipfile.ZipFile(JAR) as jar:
            jar.extractall(application)
    data = rig.directory("sample")
    os.mkdir(os.path.join(data, "settings"))
    target = os.path.join(data, "settings/settings.json")
    with open(target, "w") as file:
        json.dump({"title": "Untitled", "theme": "SYSTEM", "maxConnections": 100, "revision": 0}, file)
    log = open(os.path.join(rig.work, "sample.log"), "ab")
    replicas = []
    lease = TIMES[engine][0] / 1000
    try:
        for _ in range(3):
            replicas.append(Replica(engine, server, application, data, log, conditional))
        for replica in replicas:
            until(replica.is_up, PATIENCE * 3, "a replica")
        clients = [threading.Thread(target=replica.changes, daemon=True) for replica in replicas]
        for client in clients:
            client.start()
        for number in range(rounds):
            victim = rig.random.choice(replicas)
            time.sleep(rig.random.uniform(0.3, 1.5))
            if number % 2:
                victim.process.send_signal(signal.SIGSTOP)
                time.sleep(rig.random.uniform(1.3, 2.5) * lease)
                victim.process.send_signal(signal.SIGCONT)
            else:
                victim.process.kill()
                victim.process.wait()
                victim.start()
                until(victim.is_up, PATIENCE * 3, "a replica that was killed")
        time.sleep(3)
        for replica in replicas:
            replica.ended = True
        for client in clients:
            client.join(PATIENCE)
        reached = [replica.acknowledged for replica in replicas]
    finally:
        for replica in replicas:
            replica.end()
    revision = json.loads(content(target))["revision"]
    unknown = sum(replica.unknown for replica in replicas)
    refused = sum(replica.refused for replica in replicas)
    rig.say(f"sample, {engine}{'' if conditional else ', unconditional'}: {rounds} kills and stops, acknowledged {reached}, refused {refused}, "
            f"unknown {unknown}, revision {revision}")
    if conditional and revision > sum(reached) + unknown:
        rig.fail(f"{engine}, sample: revision {revision}, and only {sum(reached)} acknowledged and {unknown} unknown")
    return reached, max(0, sum(reached) - revision)


def sample(rig, engine, server):
    rounds = rig.options.rounds or (4 if rig.options.slice else 50)
    reached, lost = rounds_of_changes(rig, engine, server, rounds)
    if lost:
        rig.fail(f"{engine}, sample: {lost} acknowledged changes are not there")
    if not all(reached):
        rig.fail(f"{engine}, sample: a replica has changed nothing: {reached}")
    count, blind = rounds_of_changes(rig, engine, server, 1, conditional=False)
    if not blind:
        rig.fail(f"the control is blind: {engine}, sample without conditions: nothing lost of {count}")
    return rounds, sum(reached), lost, [{"name": "changes without a condition", "count": sum(count), "losses": blind}]
