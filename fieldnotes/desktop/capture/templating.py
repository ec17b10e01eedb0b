"""Ctrl+T: choose a template by its name, or make one of what the window shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from fieldnotes.desktop.capture.beside_row import TEMPLATE_KEYS
from fieldnotes.desktop.capture.capture_frame import CaptureFrame
from fieldnotes.desktop.capture.fields import kind_choices
from fieldnotes.desktop.capture.template_name import TemplateName
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.command_palette import CommandPalette
from fieldnotes.domain.drafts import OpenDraft, nothing_written, plain_text
from fieldnotes.domain.templates import (
    Template,
    TemplateRefused,
    began,
    begin,
    begin_text,
    has_headings,
    template_of,
    without_empty_headings,
)
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.templates import Templates, list_templates, save_template


class Templating(QObject):
    """`chosen` carries the OpenDraft that the window is to show."""

    chosen = Signal(object)

    def __init__(
        self, runner: Runner, window: CaptureFrame, content: Callable[[], OpenDraft]
    ) -> None:
        super().__init__(window)
        self._runner, self._window, self._content = runner, window, content
        self._actions: list[QAction] = []
        self.palette = CommandPalette(
            window,
            lambda: self._actions,
            asks=self.tr("Which template?"),
            name=self.tr("Choose a template"),
            none=self.tr("No template has these letters in its name"),
        )
        self.naming = TemplateName()
        self.naming.named.connect(self._on_named)
        self.naming.left.connect(window.form.text.setFocus)
        window.add_row(self.naming)
        window.form.beside.template_wanted.connect(self.open)
        window.on_keys(TEMPLATE_KEYS, self.open)

    def open(self) -> None:
        """Show what there is to choose."""
        self._runner.ask("templates", list_templates, self._offer, self._tell)

    def choose(self, template: Template) -> None:
        """Begin with this one; what is written already stays above its headings."""
        draft = self._without(self._content())
        text, cursor = begin_text(draft.text, template)
        note = begin(draft.draft.note, template)
        fresh = replace(draft.draft, note=replace(note, text=text))
        told = replace(draft, draft=fresh, text=text, cursor=_units(text[:cursor]))
        self.chosen.emit(replace(told, template=template))

    def take_away(self) -> None:
        """Go on without a template; what was written stays."""
        self.chosen.emit(self._without(self._content()))

    def _without(self, draft: OpenDraft) -> OpenDraft:
        """Without what the template gave and nobody wrote in."""
        if draft.template is None:
            return draft
        text = without_empty_headings(draft.text, draft.template.headings)
        note = began(draft.draft.note, draft.template)
        cursor = min(draft.cursor, _units(text))
        fresh = replace(draft.draft, note=note)
        return replace(draft, draft=fresh, text=text, cursor=cursor, template=None)

    def _offer(self, templates: Templates) -> None:
        kinds = {choice.key: choice.label for choice in kind_choices()}
        self._actions = [
            self._action(f"{each.name}  ·  {kinds[each.kind]}", partial(self.choose, each))
            for each in templates.found
        ]
        if self._content().template is not None:
            self._actions.append(self._action(self.tr("No template"), self.take_away))
        if not nothing_written(self._content()) or self._content().text.strip():
            self._actions.append(self._action(self.tr("Save as a template…"), self._ask_name))
        if templates.refused:
            first, *others = templates.refused
            more = self.tr("  (and %d more)") % len(others) if others else ""
            self._window.notice.show_message("warn", first + more)
        self.palette.open()

    def _action(self, words: str, slot: Callable[[], object]) -> QAction:
        # a single & would become the underline of a mnemonic
        made = QAction(words.replace("&", "&&"), self)
        made.triggered.connect(lambda _on=False: slot())
        return made

    def _ask_name(self) -> None:
        self.naming.ask(has_headings(_written_out(self._content())))

    def _on_named(self, name: str) -> None:
        draft = self._content()
        note = replace(draft.draft.note, text=_written_out(draft))
        try:
            template = template_of(name, note)
        except TemplateRefused as error:
            self._tell(error)
            return
        self._runner.do(
            lambda notebook: save_template(notebook, template),
            lambda _path: self._say_saved(template),
            self._tell,
        )

    def _say_saved(self, template: Template) -> None:
        self.naming.leave()
        lead = self.tr("Saved as a template:")
        self._window.notice.show_message("success", template.name, lead=lead)

    def _tell(self, error: FieldnotesError) -> None:
        self._window.notice.show_message("error", error.next_step, lead=error.happened)


def _written_out(draft: OpenDraft) -> str:
    """The whole text, headings too, names without their signs."""
    return plain_text(draft.text, draft.names)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
