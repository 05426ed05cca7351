"""Starts servers and load: own session, own autogroup, one core each."""
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

SERVER_CORE, LOAD_CORE = 0, 1
START_TIMEOUT_S = 30
LOAD_TIMEOUT_S = 320
STOP_TIMEOUT_S = 15


class BenchError(Exception):
    """A program ended without a result; the text says which and why."""


def prelude(*cores):
    """What a child does before exec: a session of its own, more than its share of the machine
    where the kernel lets us ask for that, these cores."""
    def run():
        os.setsid()
        try:
            Path("/proc/self/autogroup").write_text("-15")
        except OSError:
            pass
        os.sched_setaffinity(0, set(cores))
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return run


def check_machine():
    if not {SERVER_CORE, LOAD_CORE} <= os.sched_getaffinity(0):
        raise BenchError(f"cores {SERVER_CORE} and {LOAD_CORE} are needed")


class Server:
    """A floor or a node that prints the ready line on stdout. Use with `with`."""

    def __init__(self, command, log=None, core=SERVER_CORE):
        self.command = [str(word) for word in command]
        self.core = core
        self.log = open(log, "ab") if log else subprocess.DEVNULL

    def __enter__(self):
        self.process = subprocess.Popen(self.command, preexec_fn=prelude(self.core),
                                        stdout=subprocess.PIPE, stderr=self.log)
        self.pid = self.process.pid
        # A node that never says so is ended by the alarm of this read.
        signal.signal(signal.SIGALRM, lambda *_: self.process.kill())
        signal.alarm(START_TIMEOUT_S)
        line = self.process.stdout.readline()
        signal.alarm(0)
        try:
            self.ready = json.loads(line)
            self.port = int(self.ready["http"].rsplit(":", 1)[1].rstrip("/"))
        except (ValueError, KeyError):
            self.__exit__()
            raise BenchError(f"{self.command[0]} printed no ready line") from None
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        if self.log != subprocess.DEVNULL:
            self.log.close()

    def metric(self, name):
        """The sum of a counter's rows."""
        url = f"http://127.0.0.1:{self.port}/metrics"
        with urllib.request.urlopen(url, timeout=10) as answer:
            rows = answer.read().decode().split("\n")
        return sum(float(row.rsplit(" ", 1)[1]) for row in rows
                   if row.startswith((name + "{", name + " ")))

    def cpu_s(self):
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def rss_kib(self):
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1024


def run_load(binary, mode, *, command=(), **options):
    """Runs guildhall_load and returns what it reported."""
    words = [str(binary), mode]
    for name, value in options.items():
        if isinstance(value, (list, tuple)):
            value = ",".join(map(str, value))
        words += ["--" + name.replace("_", "-"), str(value)]
    if command:
        words += ["--", *map(str, command)]
    try:
        done = subprocess.run(words, preexec_fn=prelude(LOAD_CORE), capture_output=True, text=True,
                              timeout=LOAD_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        raise BenchError(f"guildhall_load {mode} did not end") from None
    if done.returncode != 0:
        raise BenchError(f"guildhall_load {mode}: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout)


def copy_folder(source, target):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def say(text):
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)
