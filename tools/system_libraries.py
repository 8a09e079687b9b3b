"""Which libraries of the system Qt needs on Linux, and how Debian and Ubuntu install them."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

WITHOUT_A_DISPLAY = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""File name to Debian package: without these the program cannot even draw into memory."""

FOR_A_WINDOW_AND_A_PRINTER = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def missing(libraries: dict[str, str] = WITHOUT_A_DISPLAY | FOR_A_WINDOW_AND_A_PRINTER) -> dict[str, str]:
    """Those of `libraries` that cannot be loaded; elsewhere than on Linux Qt brings all it needs."""
    return {name: package for name, package in libraries.items() if sys.platform == "linux" and not _loads(name)}


def install(packages: list[str]) -> bool:
    """Ask apt for Debian packages, as root or through sudo; False where that is impossible or fails."""
    if not shutil.which("apt-get") or os.environ.get("REPRISE_NO_APT"):
        return False
    # An old list of packages still helps where the update fails.
    script = 'apt-get -qq update; exec apt-get -qq install --yes --no-install-recommends "$@"'
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", script, "apt", *packages]
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return False
        # Without a terminal nobody can type a password: fail at once instead of waiting for one.
        command = ["sudo", *(() if sys.stdin.isatty() else ("-n",)), *command]
    print(f"Installing system packages through apt: {' '.join(packages)}", file=sys.stderr, flush=True)
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
