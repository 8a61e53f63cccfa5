"""Power that fails at any step of a change: what had not been brought to the disk is gone, empty or cut.

After a crash of the machine a file holds only what was fsynced.  Every fsync and every
replacement of a file is a moment to fail at; the old state opens then or the new one,
whole, whatever became of the other files.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from litbase.index.whoosh import merging, storage
from litbase.index.whoosh.engine import WhooshEngine
from tests.index.test_durability import answers, document, mark


def begun_anew(engine: WhooshEngine) -> None:
    engine.clear()
    engine.write([document(n, "third") for n in range(9)], (), mark(3))


CHANGES: dict[str, Callable[[WhooshEngine], object]] = {
    "added": lambda engine: engine.write([document(5, "second")], ["d6"], mark(3)),
    "deleted": lambda engine: engine.write([], ["d7"], mark(3)),
    "begun anew": begun_anew,
    "tidied": WhooshEngine.tidy,
}
HARM: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
}


class Disk:
    """Knows which files are on the disk, and keeps a picture of the *folder* from before every step."""

    def __init__(self, folder: Path, pictures: Path):
        self.folder, self.pictures = folder, pictures
        self.safe = {path.stat().st_ino for path in folder.rglob("*")}
        self.real = {"fsync": os.fsync, "replace": os.replace}

    def fsync(self, handle: int) -> None:
        self.picture()
        self.real["fsync"](handle)
        self.safe.add(os.fstat(handle).st_ino)

    def replace(self, old: Path, new: Path) -> None:
        self.picture()
        self.real["replace"](old, new)
        self.picture()

    def picture(self) -> None:
        """What the crash leaves, once for every harm that may have come to the files not yet safe."""
        step = len(list(self.pictures.iterdir())) // len(HARM)
        for name, harm in HARM.items():
            image = self.pictures / f"{step:03}-{name}"
            shutil.copytree(self.folder, image)
            for path in self.folder.rglob("*"):
                if path.is_file() and path.stat().st_ino not in self.safe:
                    harm(image / path.relative_to(self.folder))

    def images(self) -> Iterator[Path]:
        yield from sorted(self.pictures.iterdir())


@pytest.mark.parametrize("change", CHANGES)
def test_the_old_state_or_the_new_one_opens_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    (pictures := tmp_path / "pictures").mkdir()
    engine = WhooshEngine(tmp_path / "index")
    engine.write([document(n) for n in range(20)], (), mark(1))
    engine.write([document(3, "second")], ["d4"], mark(2))
    monkeypatch.setattr(merging, "FEW", 2)
    states = [answers(engine)]
    disk = Disk(engine.folder, pictures)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", disk.fsync)
        patch.setattr(os, "replace", disk.replace)
        CHANGES[change](engine)
    states.append(answers(engine))
    seen = set()
    for image in disk.images():
        survivor = WhooshEngine(image)
        assert survivor.verify() == (), image
        seen.add(states.index(answers(survivor)))
        survivor.write([document(30)], (), mark(9))
        assert survivor.verify() == ()
        survivor.close()
        manifest = storage.read_manifest(image)
        assert manifest is not None
        left = {path.name for path in image.glob("gen-*/*")}
        assert left == set(manifest.files), "leftovers"
    assert seen == {0, 1}
    assert len(list(disk.images())) >= 6 * len(HARM)
