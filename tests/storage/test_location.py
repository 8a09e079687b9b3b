from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import StoreUnavailable
from desktop.storage.database import Database
from desktop.storage.location import cloud_folder, file_system, is_network_share, refuse_unsafe_location
from tests.storage.shelf import KEY

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /mnt/office nfs4 rw,vers=4.2 0 0
//server/share /mnt/two\040words cifs rw 0 0
/dev/sdb1 /mnt/office/disk ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/practice/reprise.db", "ext4"),
        ("/mnt/office/practice/reprise.db", "nfs4"),
        ("/mnt/office2/practice", "ext4"),
        ("/mnt/two words/practice", "cifs"),
        ("/mnt/office/disk/practice", "ext4"),
        ("/tmp", "tmpfs"),
    ],
)
def test_that_the_file_system_of_a_path_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind


@pytest.mark.parametrize("path", [r"\\server\share\practice", "//server/share/practice"])
def test_that_the_name_of_a_share_is_a_network_share(path: str) -> None:
    assert is_network_share(Path(path))


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive",
        "OneDrive - Lakeside Surgery",
        "Dropbox",
        "Dropbox (Personal)",
        "Google Drive",
        "GoogleDrive-a@example.org",
        "iCloudDrive",
        "Mobile Documents",
        "CloudStorage",
        "Nextcloud",
    ],
)
def test_that_a_folder_synchronised_to_a_cloud_is_recognised(folder: str) -> None:
    assert cloud_folder(Path("/home/a") / folder / "practice") == folder


@pytest.mark.parametrize("folder", ["Practice", "Dropboxes", "onedriver", "drive", "Documents", "Boxes"])
def test_that_an_ordinary_folder_is_not_taken_for_a_cloud(folder: str) -> None:
    assert cloud_folder(Path("/home/a") / folder / "practice") is None


def test_that_a_practice_in_a_cloud_folder_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Lakeside"
    folder.mkdir()
    with pytest.raises(StoreUnavailable, match="OneDrive - Lakeside, which is copied to a cloud"):
        Database(folder / "reprise.db", KEY, create=True)
    assert list(folder.iterdir()) == []


def test_that_a_link_into_a_cloud_folder_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    link = tmp_path / "practice"
    try:
        link.symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links")
    with pytest.raises(StoreUnavailable, match="Dropbox"):
        Database(link / "reprise.db", KEY, create=True)


def test_that_a_network_share_is_refused() -> None:
    with pytest.raises(StoreUnavailable, match="network share"):
        refuse_unsafe_location(Path("//server/share/practice/reprise.db"))
