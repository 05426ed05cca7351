"""Real nodes, a screen without a monitor, and clients that are driven by what a screen reader sees.

Every wait has an end. Processes are those that were started here, and are ended by their ids.
"""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402  (needs the version first)

ROOT = pathlib.Path(__file__).resolve().parents[2]
NODE = os.environ.get("GUILDHALL_BIN", str(ROOT / "build/release/bin/guildhall"))
CLIENT = os.environ.get("GUILDHALL_CLIENT_BIN", str(ROOT / "build/release/bin/guildhall-client"))
PATIENCE = float(os.environ.get("GUILDHALL_PATIENCE", "1"))
ARTEFACTS = ROOT / "build/artefacts/client"
WAIT_S = 20 * PATIENCE
BOUNDARY = "guildhall-form-boundary"
# Where the toolkit is at home: what is shown there is not for people.
CONTROLS = {"push button", "toggle button", "check box", "radio button", "text", "entry", "combo box",
            "menu item", "check menu item", "list item", "link", "slider", "spin button", "page tab",
            "password text", "button menu"}


def label(item):
    """What a screen reader calls it. Of a hidden password Qt says nothing; its group has the name."""
    if item.get_role_name() == "password text":
        return item.get_parent().get_name() or ""
    return item.get_name() or ""


def content(item):
    """What is written in a field."""
    return Atspi.Text.get_text(item, 0, -1)


def warnings(log):
    """What Qt complained of in a log: QML that is wrong says so there."""
    return [line for line in log.splitlines()
            if re.search(r"qrc:|QML|Warning|TypeError|ReferenceError|Binding loop|bound comp", line)]


def until(what, check, wait_s=WAIT_S, every_s=0.05):
    """What `check` returns as soon as that is true; after wait_s an error that says what."""
    end = time.monotonic() + wait_s
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"not within {wait_s:.0f} s: {what}")
        time.sleep(every_s)


def form(body, files):
    """A body with files beside it, as a browser sends them."""
    parts = [("payload_json", "", json.dumps(body).encode())]
    parts += [(f"files[{i}]", f'; filename="{name}"', data) for i, (name, data) in enumerate(files.items())]
    lines = b"".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
                     + data + b"\r\n" for name, more, data in parts)
    return lines + f"--{BOUNDARY}--\r\n".encode()


class Process:
    """A child, its output in a file, ended by its id."""

    def __init__(self, name, command, env=None):
        self.name = name
        self.log = ARTEFACTS / f"{name}.log"
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.env = {**os.environ, **(env or {})}
        with open(self.log, "wb") as log:
            self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log,
                                          env=self.env, text=True)

    def end(self, how=signal.SIGTERM):
        if self.child.poll() is None:
            self.child.send_signal(how)
            try:
                self.child.wait(10)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        return self.child.returncode

    def said(self):
        return self.log.read_text(errors="replace")


class Node(Process):
    """A node of its own name on free ports; `restart` keeps its ports and its folder."""

    def __init__(self, name, folder, **settings):
        self.folder, self.title, self.settings = folder, name, settings
        self.http, self.links = "127.0.0.1:0", "127.0.0.1:0"
        self.start()

    def start(self):
        keys = {"listen": self.http, "federation.listen": self.links, "name": self.title,
                "federation.allow_private": "true", **self.settings}
        command = [NODE, "serve", "--data", str(self.folder)]
        for key, value in keys.items():
            command += ["--set", f"{key}={value}"]
        super().__init__(f"node-{self.title}", command)
        ready = json.loads(self.child.stdout.readline())
        self.url, self.links = ready["http"], ready["federation"]
        self.http = self.url.removeprefix("http://")

    def call(self, method, path, body=None, token=None, files=None):
        """The API, as a bot or a friend at another machine would use it. Files are {name: bytes}."""
        request = urllib.request.Request(f"{self.url}/api/v10{path}", method=method)
        if files:
            request.data = form(body, files)
            request.add_header("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        elif body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", token)
        try:
            with urllib.request.urlopen(request, timeout=WAIT_S) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read()[:400]}") from error
        return json.loads(text) if text else None


class Screen:
    """An X server without a monitor."""

    def __init__(self, width=1280, height=800):
        read, write = os.pipe()
        self.child = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten",
             "tcp", "-noreset"], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.display = ":" + number.readline().strip()

    def end(self):
        self.child.terminate()
        self.child.wait()


class Client(Process):
    """The real client. It is found in the accessibility tree by its process."""

    def __init__(self, name, screen, folder, node="", size=(1280, 800), words=(), env=None):
        self.screen, self.folder = screen, folder
        runtime = tempfile.mkdtemp(prefix="guildhall-client-")
        self.command = [CLIENT, "--data", str(folder), "--no-keychain"]
        super().__init__(name, [CLIENT, "-qwindowgeometry", f"{size[0]}x{size[1]}+0+0", "--data",
                                str(folder), "--no-keychain", *(["--node", node] if node else []),
                                *words], {
            "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "XDG_RUNTIME_DIR": runtime,
            "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(env or {})})
        self.app = until(f"{name} shows its window", self._find)

    def start_again(self, *words):
        """A second start on the same folder, as the desktop does it for a link: its exit code."""
        return subprocess.run([*self.command, *words], env=self.env, timeout=WAIT_S).returncode

    def _find(self):
        if self.child.poll() is not None:
            raise AssertionError(f"{self.name} ended: {self.said()[-2000:]}")
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            try:
                app = desktop.get_child_at_index(i)
                if app and app.get_process_id() == self.child.pid and app.get_child_count() > 0:
                    return app
            except gi.repository.GLib.Error:
                continue  # Another one, which ended at this moment.
        return None

    def shown(self, of=None, depth=40):
        """Every accessible that is shown, depth first."""
        item = of or self.app
        if item is None or depth == 0:
            return
        try:
            count = item.get_child_count()
        except gi.repository.GLib.Error:
            return
        for i in range(count):
            try:
                child = item.get_child_at_index(i)
                if child is None:
                    continue
                showing = child.get_state_set().contains(Atspi.StateType.SHOWING)
                if showing or child.get_role_name() in ("frame", "application", "filler"):
                    yield child
                    yield from self.shown(child, depth - 1)
            except gi.repository.GLib.Error:
                continue  # It went away while it was looked at.

    def find(self, name, role=None):
        """The first that is shown under that name (a text, or a pattern), or None."""
        fits = name.search if isinstance(name, re.Pattern) else lambda text: text == name
        for item in self.shown():
            try:
                if fits(label(item)) and role in (None, item.get_role_name()):
                    return item
            except gi.repository.GLib.Error:
                continue
        return None

    def wait(self, name, role=None, wait_s=WAIT_S):
        return until(f"{self.name} shows {name!r} {role or ''}",
                     lambda: self.find(name, role), wait_s)

    def gone(self, name, role=None):
        until(f"{self.name} no longer shows {name!r}", lambda: not self.find(name, role))

    def press(self, name, role=None):
        item = self.wait(name, role)
        for i in range(item.get_n_actions()):
            if item.get_action_name(i).lower() in ("press", "click", "toggle", "showmenu"):
                item.do_action(i)
                return
        self.click(item)

    def click(self, item, button=1):
        box = item.get_extents(Atspi.CoordType.SCREEN)
        self.xdo("mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click",
                 str(button))

    def write(self, name, text, role=None):
        """Into the field of that name, in place of what is there."""
        item = self.wait(name, role)
        item.grab_focus()
        self.click(item)
        self.keys("ctrl+a")
        self.xdo("type", "--delay", "4", text)

    def type(self, text):
        self.xdo("type", "--delay", "4", text)

    def keys(self, *keys):
        for key in keys:
            self.xdo("key", key)

    def xdo(self, *words):
        subprocess.run(["xdotool", *words], check=True, timeout=WAIT_S,
                       env={**os.environ, "DISPLAY": self.screen.display})

    def shot(self, name):
        """A picture of the screen, kept for people to look at."""
        path = ARTEFACTS / f"{name}.png"
        subprocess.run(["import", "-display", self.screen.display, "-window", "root", str(path)],
                       check=True, timeout=WAIT_S)
        return path

    def unnamed(self):
        """Controls that are shown without a name: a screen reader would say nothing of them."""
        found = []
        for item in self.shown():
            try:
                if item.get_role_name() in CONTROLS and not label(item).strip():
                    found.append(f"{item.get_role_name()} in {item.get_parent().get_name()!r}")
            except gi.repository.GLib.Error:
                continue
        return found
