"""Templates of the library: listed, saved, and broken files refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fieldnotes.domain.templates import Template, TemplateRefused
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.templates import list_templates, own_folder, save_template


def names(notebook: Notebook) -> list[str]:
    return [template.name for template in list_templates(notebook).found]


def put(notebook: Notebook, name: str, content: str) -> Path:
    folder = own_folder(notebook)
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def test_the_shipped_ones_are_there_from_the_start(seller: Notebook) -> None:
    assert names(seller)[0] == "First meeting"
    assert len(names(seller)) == 5
    assert list_templates(seller).refused == ()


def test_a_saved_template_comes_first_and_is_the_same(seller: Notebook) -> None:
    template = Template(name="Renewal", text="## What they use\n", prompts={"place": "Where?"})
    save_template(seller, template)
    assert list_templates(seller).found[0] == template


def test_the_owners_hides_a_shipped_one_of_its_name(seller: Notebook) -> None:
    put(seller, "mine.toml", 'name = "spin"\nabout = "mine"')
    found = [each for each in list_templates(seller).found if each.name.lower() == "spin"]
    assert [each.about for each in found] == ["mine"]


def test_a_broken_file_is_named_and_the_others_are_there(seller: Notebook) -> None:
    put(seller, "broken.toml", "name = ")
    put(seller, "good.toml", 'name = "Good"')
    listed = list_templates(seller)
    assert listed.found[0].name == "Good"
    assert len(listed.refused) == 1
    assert "broken.toml" in listed.refused[0]


def test_what_is_no_file_is_not_opened(seller: Notebook) -> None:
    put(seller, "good.toml", 'name = "Good"')
    os.mkfifo(own_folder(seller) / "pipe.toml")
    (own_folder(seller) / "folder.toml").mkdir()
    listed = list_templates(seller)
    assert listed.found[0].name == "Good"
    assert len(listed.refused) == 2


def test_a_name_in_use_is_refused_and_nothing_is_written(seller: Notebook) -> None:
    save_template(seller, Template(name="Renewal", text="## One\n"))
    with pytest.raises(TemplateRefused):
        save_template(seller, Template(name="RENEWAL", text="## Two\n"))
    assert len(list(own_folder(seller).iterdir())) == 1


def test_two_names_never_share_a_file(seller: Notebook) -> None:
    one = save_template(seller, Template(name="a b")).result
    other = save_template(seller, Template(name="a-b")).result
    assert one != other


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(seller: Notebook) -> None:
    own_folder(seller).write_text("in the way")
    with pytest.raises(TemplateRefused) as refused:
        save_template(seller, Template(name="Renewal"))
    assert "could not be saved" in refused.value.happened
