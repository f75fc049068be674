# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""The script of `napier plan --cluster slurm` on a real Slurm: slurmctld and three slurmd on
loopback, in network, process and mount namespaces of their own, so that nothing outlives the test.
Workers and a node are killed, shards stopped, run twice, lost, and met by a full disk: the report
is that of one process, to the last byte."""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

NAPIER = os.environ["NAPIER"]
SKIPPED = 77
LIMIT = 170  # seconds
INSIDE = "NAPIER_INSIDE_NAMESPACES"
SPACES = ["unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]
NODES = ["n1", "n2", "n3"]
SHARDS = 6
AUDIT = ["shipped/tang/exp:binary64", "--property", "1.1,accuracy,1.4", "--cases", "4000000"]
CONFIGURATION = """
ClusterName=napier
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SlurmdParameters=config_overrides
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SelectType=select/cons_tres
SwitchType=switch/none
MpiDefault=none
JobRequeue=1
RequeueExit=75
ReturnToService=2
KillWait=5
SlurmdTimeout=10
{nodes}
PartitionName=all Nodes=n[1-3] Default=YES MaxTime=INFINITE State=UP
"""


def why_not():
    """Why it can't be run here; empty if it can."""
    for program in ("slurmctld", "slurmd", "munged", "sbatch", "unshare", "ip"):
        if shutil.which(program) is None:
            return f"{program} is not installed (packages slurmctld slurmd slurm-client munge)"
    if os.geteuid() != 0:
        return "only root may run Slurm's daemons here"
    if subprocess.run([*SPACES, "true"], capture_output=True, check=False).returncode != 0:
        return "namespaces are not allowed here"
    return ""


def workers(shard=None):
    """Ids of the processes that work on a shard."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"--shard" in words and words[0].endswith(b"napier"):
            if shard is None or f"{shard}/{SHARDS}".encode() in words:
                found.append(int(entry.name))
    return found


def processes_on(node, jobs=()):
    """Ids of the processes that run on a node: those of jobs, and what looks after these jobs."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            own = (entry / "environ").read_bytes().split(b"\0")
            title = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        looks_after = any(title.startswith(f"slurmstepd: [{job}.".encode()) for job in jobs)
        if entry.name.isdigit() and (f"SLURMD_NODENAME={node}".encode() in own or looks_after):
            found.append(int(entry.name))
    return found


class Slurm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.holder.name)
        cls.folder.chmod(0o755)
        cls.daemons = {}
        cls.environment = dict(os.environ, SLURM_CONF=str(cls.folder / "slurm.conf"),
                               PATH=os.path.dirname(NAPIER) + ":" + os.environ["PATH"])
        for words in (["ip", "link", "set", "lo", "up"],
                      ["ip", "address", "add", "192.0.2.1/32", "dev", "lo"]):
            subprocess.run(words, check=True)
        (cls.folder / "state").mkdir()
        key = cls.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        nodes = "\n".join(
            f"NodeName={name} NodeHostname={socket.gethostname()} NodeAddr=127.0.0.1 "
            f"Port={7001 + number} CPUs=1" for number, name in enumerate(NODES))
        (cls.folder / "slurm.conf").write_text(
            CONFIGURATION.format(folder=cls.folder, nodes=nodes), encoding="utf-8")
        cls.start("munged", "--force", "--foreground", f"--socket={cls.folder}/munge.socket",
                  f"--key-file={key}", f"--pid-file={cls.folder}/munged.pid",
                  f"--log-file={cls.folder}/munged.log", f"--seed-file={cls.folder}/munged.seed")
        cls.until(lambda: (cls.folder / "munge.socket").exists())
        cls.start("slurmctld", "-D", "-c", "-f", str(cls.folder / "slurm.conf"))
        for name in NODES:
            cls.start_node(name)
        cls.until(lambda: cls.said("sinfo", "--noheader", "--format=%T").split() == ["idle"])

    @classmethod
    def tearDownClass(cls):
        for daemon in reversed(list(cls.daemons.values())):
            daemon.kill()
            daemon.wait()
        cls.holder.cleanup()

    @classmethod
    def start(cls, *words, name=None):
        cls.daemons[name or words[0]] = subprocess.Popen(
            words, env=cls.environment, cwd=cls.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @classmethod
    def start_node(cls, name):
        cls.start("slurmd", "-D", "-N", name, "-f", str(cls.folder / "slurm.conf"), name=name)

    @classmethod
    def said(cls, *words):
        run = subprocess.run(words, env=cls.environment, cwd=cls.folder, capture_output=True,
                             text=True, check=False)
        return run.stdout

    @classmethod
    def until(cls, condition, seconds=90):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                logs = "".join(path.read_text(errors="replace")[-1500:]
                               for path in cls.folder.glob("slurm*.log"))
                raise TimeoutError(cls.said("squeue") + cls.said("sinfo") + logs)
            time.sleep(0.05)

    def napier(self, *words, cwd=None):
        return subprocess.run([NAPIER, *map(str, words)], cwd=cwd or self.folder, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)

    def idle(self):
        return not self.said("squeue", "--noheader").strip()

    def kill_worker(self, shard, deadly):
        """Ends a worker as soon as there is one; nobody, if its shard is done already. Was one?"""
        finished = self.folder / "shards" / f"shard-{shard}-of-{SHARDS}.napier"
        self.until(lambda: workers(shard) or finished.exists())
        killed = False
        for worker in workers(shard):
            with contextlib.suppress(ProcessLookupError):  # it ended by itself just now
                os.kill(worker, deadly)
                killed = True
        return killed

    def kill_node(self, name):
        """Ends all that runs on a node at once, while it has work to do."""
        def running():
            return set(processes_on(name)) & set(workers())
        self.until(running)
        for process in running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGSTOP)  # so that it is not done before the node dies
        self.daemons[name].kill()
        self.daemons[name].wait()
        jobs = self.said("squeue", "--noheader", f"--nodelist={name}", "--format=%A").split()
        for process in processes_on(name, jobs):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def test_ends_in_the_bytes_of_one_process(self):
        one = self.napier("audit", *AUDIT, "--quiet", "--json", "one.json")
        self.assertEqual(0, one.returncode, one.stderr)
        plan = self.napier("plan", *AUDIT, "--cluster", "slurm", "--shards", SHARDS)
        self.assertEqual(0, plan.returncode, plan.stderr)
        (self.folder / "audit.sbatch").write_text(plan.stdout, encoding="utf-8")
        self.assertIn("Submitted", self.said("sbatch", "audit.sbatch"))

        killed = self.kill_worker(0, signal.SIGKILL)
        stopped = self.kill_worker(1, signal.SIGUSR1)  # what comes before the time limit
        self.kill_worker(2, signal.SIGTERM)
        self.kill_node("n3")
        twice = subprocess.Popen([NAPIER, "audit", *AUDIT, "--shard", f"4/{SHARDS}", "--out",
                                  "shards"], cwd=self.folder, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True)
        self.assertEqual("", twice.communicate()[1])
        self.until(lambda: "down" in self.said("sinfo", "--noheader", "--nodes=n3", "--format=%T"))
        self.start_node("n3")
        self.until(self.idle)

        files = sorted((self.folder / "shards").glob("*.napier"))
        said = self.said("sh", "-c", "cat napier-*.log")
        self.assertEqual(SHARDS, len(files), said)
        self.assertTrue(killed and stopped, "the shards are too short to be killed")
        # … or the signal came before the worker was ready for it.
        self.assertRegex(said, "stopped, run it again|User defined signal 1")
        self.assertIn("Killed", said)
        log = (self.folder / "slurmctld.log").read_text(encoding="utf-8", errors="replace")
        self.assertRegex(log, "(?i)node n3 not responding|nodes? n3 .*down|due to.*failure")
        files[3].unlink()
        lacks = self.napier("merge", *[f for f in files if f.exists()], "--out", "merged.json")
        self.assertEqual(2, lacks.returncode)
        self.assertIn("sbatch --array=3", lacks.stderr)
        self.said("sbatch", "--array=3", "audit.sbatch")
        self.until(lambda: self.idle() and files[3].exists())
        self.assertIn(f"{SHARDS} of {SHARDS} finished", self.napier("status", "shards").stdout)
        self.merge_is_one(files)

    def merge_is_one(self, files):
        merged = self.napier("merge", *files, "--out", "merged.json", "--quiet")
        self.assertEqual((0, ""), (merged.returncode, merged.stderr))
        self.assertEqual((self.folder / "one.json").read_bytes(),
                         (self.folder / "merged.json").read_bytes())

    def test_a_full_disk_is_told_and_loses_nothing(self):
        disk = self.folder / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "napier", disk], check=True)
        words = ["audit", "libm/exp:binary64", "--cases", "3000", "--shard", "0/1", "--out", disk]
        full = self.napier(*words)
        self.assertEqual(2, full.returncode)
        self.assertIn("No space left on device", full.stderr)
        self.assertEqual([], list(disk.iterdir()))
        subprocess.run(["mount", "-o", "remount,size=4m", disk], check=True)
        self.assertEqual(0, self.napier(*words).returncode)
        subprocess.run(["umount", disk], check=True)


def main():
    if os.environ.get(INSIDE):
        unittest.main()
    reason = why_not()
    if reason:
        print("skipped:", reason)
        sys.exit(SKIPPED)
    run = subprocess.run(["timeout", "--kill-after=5", str(LIMIT), *SPACES, sys.executable,
                          os.path.abspath(__file__), *sys.argv[1:]],
                         env=dict(os.environ, **{INSIDE: "1"}), check=False)
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
