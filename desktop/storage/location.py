"""Refuses to keep a store where it would come to harm: on a network share or in a folder copied to a cloud."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from desktop.errors import StoreUnavailable

_NETWORK_TYPES = {"afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs"}
_NETWORK_TYPES |= {"nfs", "nfs4", "smb3", "smbfs"}
_NETWORK_TYPES |= {f"fuse.{kind}" for kind in ("davfs2", "gvfsd-fuse", "rclone", "s3fs", "smbnetfs", "sshfs")}
_CLOUD_FOLDER = re.compile(
    r"(onedrive|dropbox|google ?drive|icloud ?drive|nextcloud|owncloud|pcloud ?drive|box sync|mega ?sync)\b.*"
    r"|mobile documents|com~apple~clouddocs|cloudstorage|my drive"
)


def refuse_unsafe_location(path: Path) -> None:
    if cloud := cloud_folder(path):
        raise StoreUnavailable(
            f"The practice lies in {cloud}, which is copied to a cloud while Reprise writes in it; that damages it. "
            "Move the practice's folder to a place on this computer that is not synchronised."
        )
    if is_network_share(path):
        raise StoreUnavailable(
            "The practice lies on a network share; a store on a share can be damaged by two computers at once. "
            "Move the practice's folder to a disk of this computer."
        )


def cloud_folder(path: Path) -> str | None:
    """The name of the folder on the way to `path` that a cloud service synchronises."""
    return next((part for part in path.parts if _CLOUD_FOLDER.fullmatch(part.casefold())), None)


def is_network_share(path: Path) -> bool:
    if str(path).startswith(("\\\\", "//")):
        return True
    if not sys.platform.startswith("linux"):
        return False
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system(path, mounts) in _NETWORK_TYPES


def file_system(path: Path, mounts: str) -> str:
    """The type of the file system that holds `path`, in a table of mounts where spaces are written `\\040`."""
    found, depth = "", -1
    for line in mounts.splitlines():
        _device, point, kind, *_options = line.split(" ")
        mounted = Path(re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), point))
        if path.is_relative_to(mounted) and len(mounted.parts) >= depth:
            found, depth = kind, len(mounted.parts)
    return found
