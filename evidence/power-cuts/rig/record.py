"""What a lane has shown, for docs/verification.md."""

import datetime
import json
import os
import subprocess

METHOD = {"cuts": "power cuts of a disk with a volatile cache", "shutdown": "cuts of a mounted filesystem",
          "errors": "I/O errors of a disk"}
METHOD["batches"] = METHOD["publications"] = METHOD["exchanges"] = METHOD["cuts"]
TRIED = {
    "cuts": "the image of the disk at one instant, with none, all, the first, some or torn sectors of the writes "
            "that were not flushed, is mounted and read",
    "shutdown": "the filesystem is cut off its disk (FS_IOC_SHUTDOWN), mounted again and read",
    "errors": "writes or flushes of the disk fail, once or from then on; the disk is mounted again and read",
}
TRIED["batches"] = TRIED["publications"] = TRIED["exchanges"] = TRIED["cuts"]
FORMS = {"write": "four forms (plain, sidecar, attribute, backup) each",
         "batch": "batches of four files each (plain, sidecar, attribute, backup)",
         "publication": "two publications each (behind a link, behind a file) of four files a version, two of which stay",
         "exchange": "a publication (a plain directory, by native calls) of four files a version, two of which stay"}


def of(name, lane, filesystem, profile, writers, tally, controls, options):
    again = ["evidence/power-cuts/run", f"--lane {lane}", f"--fs {filesystem}"]
    again += ["--slice"] if options.slice else [f"--cuts {tally.count}"]
    again += ["--native"] if options.native else []
    again += [f"--writers {options.writers}"] if options.writers else []
    again += [f"--seed {options.seed}"] if options.seed != 1 else []
    return {
        "lane": name,
        "method": METHOD[lane],
        "tried": tried(lane, profile, writers, tally, options.native),
        "count": tally.count,
        "unit": "cuts",
        "losses": tally.losses,
        "claim": tally.claim,
        "controls": [{"name": c.method, "count": c.count, "losses": c.losses} for c in controls],
        "command": " ".join(again),
        "scope": "slice" if options.slice else "long",
        "ran": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "on": f"{jdk()}, Linux {os.uname().release.split('-')[0]}",
    }


def tried(lane, profile, writers, tally, native_calls):
    number = writers[-1] if lane == "errors" else " and ".join(", ".join(map(str, writers)).rsplit(", ", 1))
    options = f" ({profile.called})" if profile.called else ""
    calls = ", by native calls" if native_calls else ""
    text = (f"{profile.type}{options}{calls}, {number} writers of {FORMS[tally.form]}; "
            f"{TRIED[lane]}; {tally.acknowledged} writes acknowledged meanwhile")
    if lane in ("cuts", "batches", "publications", "exchanges"):
        text += f", {tally.kinds['unflushed']} cuts met writes that were not flushed"
    if lane == "errors":
        text += f", {sum(tally.failures.values())} failures reported, {tally.kinds['hit']} errors hit"
    return text


def jdk():
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    output = subprocess.run([java, "-XshowSettings:properties", "-version"], stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, check=False).stderr
    version = next((line.split("=")[1].strip() for line in output.splitlines() if " java.version =" in line), "?")
    return f"JDK {version}"


def write(record, directory):
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, record["lane"] + ".json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
        file.write("\n")
    return path
