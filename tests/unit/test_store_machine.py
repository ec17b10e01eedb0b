"""What belongs to a machine and to no library: device ids and the numbers of files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from fieldnotes.domain.devices import Another, Reached
from fieldnotes.store.machine import Machine

NUMBERS = """
import sys
from pathlib import Path
from fieldnotes.store.machine import Machine
sys.stdin.readline()
machine, folder = Machine(Path(sys.argv[1])), Path(sys.argv[2])
print(machine.device("library", folder))
for _ in range(20):
    print(machine.next_number("library", folder, "marketing")[1])
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
    numbers = [machine.next_number("library", tmp_path, row)[1] for row in ("a", "b", "a", "")]
    assert numbers == [1, 1, 2, 1]
    assert Machine(tmp_path).next_number("library", tmp_path, "a")[1] == 3


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


def test_numbers_kept_under_what_was_typed_are_gone_on_with(tmp_path: Path) -> None:
    Machine(tmp_path).device("library", tmp_path)
    file = tmp_path / "devices.json"
    told = json.loads(file.read_text())
    (device,) = told.values()
    device["sequences"] = {"Marketing": 4, "marketing ": 6, "Wren": 9}
    del device["seen"]
    file.write_text(json.dumps(told))
    machine = Machine(tmp_path)
    assert machine.next_number("library", tmp_path, "marketing")[1] == 7
    assert machine.next_number("library", tmp_path, "marketing")[1] == 8


def test_a_library_that_is_behind_is_another_device_and_says_so_once(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    device = machine.device("library", tmp_path, lambda: Reached(5, 1))
    machine.next_number("library", tmp_path, "")
    machine.reached("library", tmp_path, Reached(7, 1))
    other = machine.device("library", tmp_path, lambda: Reached(6, 1))
    assert other != device
    assert machine.another("library", tmp_path) is Another.RESTORED
    assert machine.another("library", tmp_path) is None
    assert machine.next_number("library", tmp_path, "") == (other, 1)


def test_a_library_that_goes_on_is_the_same_device(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    device = machine.device("library", tmp_path)
    machine.reached("library", tmp_path, Reached(7, 2))
    assert machine.device("library", tmp_path, lambda: Reached(7, 2)) == device
    assert machine.device("library", tmp_path, lambda: Reached(9, 2)) == device
    assert machine.another("library", tmp_path) is None


def test_a_library_that_was_elsewhere_says_that_it_was_copied(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.device("new", tmp_path)
    machine.device("copied", tmp_path, before=True)
    assert machine.another("new", tmp_path) is None
    assert machine.another("copied", tmp_path) is Another.COPIED


def test_a_damaged_file_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "devices.json").write_text("[not a dictionary")
    assert Machine(tmp_path).device("library", tmp_path)
