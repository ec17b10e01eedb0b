"""What a template shows in the form: its prompts in the fields, and the title it would give."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop.capture.field_rows import FieldRows
from fieldnotes.domain.notes import Kind, Note
from fieldnotes.domain.templates import Template, finished, title_of

_ROOMY = 200  # pixels: headings want to be seen below each other


class TemplateFields:
    """Puts the prompts of a template where the hints of the fields stand, and takes them away."""

    def __init__(self, text: QWidget, kinds: Mapping[Kind, FieldRows], more: FieldRows) -> None:
        self._text = text
        self._rows = [*kinds.values(), more]
        self._title = more.line("title")
        self._usual = {
            (at, name): rows.line(name).placeholderText()
            for at, rows in enumerate(self._rows)
            for name in rows.written()
        }
        self.template: Template | None = None

    def show(self, template: Template | None) -> None:
        """Ask as this template does, or as usual."""
        self.template = template
        roomy = template is not None and bool(template.text)
        self._text.setMinimumHeight(_ROOMY if roomy else 0)  # 0: as high as it wants to be
        prompts = template.prompts if template else {}
        for (at, name), usual in self._usual.items():
            self._rows[at].line(name).setPlaceholderText(prompts.get(name, usual))

    def shown(self, note: Note) -> Note:
        """`note` as the form shows it: a title that the template gives stays the template's."""
        template = self.template
        if template and template.title and note.title == title_of(template, note):
            return replace(note, title="")
        return note

    def saved(self, note: Note) -> Note:
        """`note` as it is saved. Says in the field of the title what it will be."""
        if self.template is None:
            return note
        if self.template.title and (title := title_of(self.template, note)):
            self._title.setPlaceholderText(title)
        return finished(note, self.template)
