"""What belongs to a machine and to no library: device ids and the numbers of files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fieldnotes.store.machine import Machine

NUMBERS = """
import sys
from pathlib import Path
from fieldnotes.store.machine import Machine
sys.stdin.readline()
machine, folder = Machine(Path(sys.argv[1])), Path(sys.argv[2])
print(machine.device("library", folder))
for _ in range(20):
    print(machine.next_sequence("library", folder, "Marketing"))
"""


def test_a_library_keeps_its_device_on_one_machine(tmp_path: Path) -> None:
    device = Machine(tmp_path / "machine").device("library", tmp_path)
    assert Machine(tmp_path / "machine").device("library", tmp_path) == device


def test_another_machine_library_or_folder_is_another_device(tmp_path: Path) -> None:
    here, there = Machine(tmp_path / "here"), Machine(tmp_path / "there")
    devices = {
        here.device("library", tmp_path),
        there.device("library", tmp_path),
        here.device("another library", tmp_path),
        here.device("library", tmp_path / "elsewhere"),
    }
    assert len(devices) == 4


def test_files_are_numbered_for_each_recipient(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.device("library", tmp_path)
    numbers = [machine.next_sequence("library", tmp_path, name) for name in ("A", "B", "A", "")]
    assert numbers == [1, 1, 2, 1]
    assert Machine(tmp_path).next_sequence("library", tmp_path, "A") == 3


def test_programs_at_once_agree_on_the_device_and_never_share_a_number(tmp_path: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", NUMBERS, str(tmp_path / "machine"), str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[0].split() for process in running]
    assert len({device for device, *_ in told}) == 1
    assert sorted(int(number) for _, *numbers in told for number in numbers) == [*range(1, 121)]


def test_a_damaged_file_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "devices.json").write_text("[not a dictionary")
    assert Machine(tmp_path).device("library", tmp_path)
