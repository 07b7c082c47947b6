"""A JupyterLab of its own: started on a free port, its notebooks opened and run as by hand."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
ROOT = Path(__file__).parents[2]
# All cells stand in the page, and nothing is asked of other servers.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
PROMPTS = """cells => cells.map(cell => [
    cell.querySelector('.jp-InputPrompt').textContent.trim(),
    cell.querySelectorAll('[data-mime-type="application/vnd.jupyter.error"],'
        + '[data-mime-type="application/vnd.jupyter.stderr"]').length])"""


@dataclass(frozen=True)
class Lab:
    """A running server: its address, its token and the folder that it shows."""

    address: str
    token: str
    folder: Path

    def link(self, notebook):
        return f"{self.address}/lab/tree/notebooks/{notebook}?token={self.token}&reset"


def environment(folder):
    """The environment of Jupyter: what it reads and writes of its own lies in the folder."""
    kinds = ("CONFIG", "DATA", "RUNTIME")
    own = {f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in kinds}
    own |= {f"JUPYTERLAB_{kind}_DIR": str(folder / kind.lower()) for kind in ("SETTINGS",)}
    own |= {"JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"), "IPYTHONDIR": str(folder)}
    own |= {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "", "JUPYTER_PLATFORM_DIRS": "1"}
    return os.environ | own


@contextmanager
def started(folder, own):
    """JupyterLab on the folder, until the block ends; its own files lie in `own`."""
    token, port = secrets.token_hex(16), _free_port()
    for name, settings in SETTINGS.items():
        path = own / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    options = {
        "ServerApp.ip": HOST,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": folder,
        "ServerApp.allow_root": True,
    }
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser"]
    command += [f"--{name}={value}" for name, value in options.items()]
    with (own / "log.txt").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command,
            cwd=own,
            env=environment(own) | {"JUPYTER_TOKEN": token},
            stdout=log,
            stderr=log,
        )
    try:
        lab = Lab(f"http://{HOST}:{port}", token, folder)
        _wait_for(lab, server, own / "log.txt")
        yield lab
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


def _free_port():
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return asked.getsockname()[1]


def _wait_for(lab, server, log, *, seconds=120):
    for _ in range(seconds * 4):
        try:
            with urllib.request.urlopen(f"{lab.address}/api?token={lab.token}", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            if server.poll() is not None:
                break
            time.sleep(0.25)
    raise RuntimeError(f"JupyterLab did not start: {log.read_text(encoding='utf-8')[-2000:]}")


def without_outputs(source, target):
    """Write a notebook as if it had never been run."""
    notebook = json.loads(source.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    target.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def run_all(page, *, seconds=300):
    """Run all cells by the menu, and wait until the kernel is idle: (prompt, errors) by cell."""
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    _wait_idle(page, seconds=120)
    assert not page.locator(".jp-Dialog").count()
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        page.wait_for_timeout(500)
        prompts = [prompt for prompt, _ in cells.evaluate_all(PROMPTS)]
        # Cells that stand behind a failed one stay unrun.
        if page.locator(".jp-Dialog").count() or (prompts[0] != "[ ]:" and "[*]:" not in prompts):
            break
    _wait_idle(page, seconds=60)
    return cells.evaluate_all(PROMPTS)


def _wait_idle(page, *, seconds):
    """Wait until the status bar says that the kernel is there and idle."""
    page.locator(".jp-StatusBar-TextItem", has_text=re.compile(r"\| Idle$")).first.wait_for(
        timeout=seconds * 1000
    )


def save(page, path, *, seconds=60):
    """Save the open notebook by the menu and return it as it is on the disk."""
    before = path.stat().st_mtime_ns
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^File$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Save Notebook$")).click()
    for _ in range(seconds * 4):
        if path.stat().st_mtime_ns != before:
            page.wait_for_timeout(500)
            return json.loads(path.read_text(encoding="utf-8"))
        page.wait_for_timeout(250)
    raise TimeoutError(f"{path.name} was not saved")
