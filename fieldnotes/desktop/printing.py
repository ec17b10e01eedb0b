"""Sheets on paper: laid out on exactly one page, as a PDF file or on a printer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from fieldnotes.desktop import theme
from fieldnotes.domain.documents import Line, Paper, Section, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice
    from PySide6.QtPrintSupport import QPrinter

_DPI = 300
_MARGIN_MM = 14.0
_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}
_POINTS = (9.5, 9.0, 8.5)  # from roomy to tight, before lines are left out
_MOST = 60  # lines of a section: more never fit on a page
_SHAPES = {
    "competitor": "◆",
    "objection": "●",
    "win": "★",
    "pitch": "▲",
    "problem": "○",
    "note": "■",
    "promise": "◷",
}


class QtLayout:
    """Lays sheets out with Qt's rich text."""

    def pdf(self, sheet: Sheet, paper: Paper) -> bytes:
        """As the port says."""
        held = QByteArray()
        device = QBuffer(held)
        device.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(device)
        writer.setResolution(_DPI)
        writer.setTitle(sheet.title)
        writer.setCreator("Fieldnotes")
        writer.setPageLayout(_layout(QPageSize(_SIZES[paper])))
        fitting(sheet, writer).print_(writer)
        device.close()
        return bytes(held.data())

    def print_on(self, sheet: Sheet, printer: QPrinter) -> None:
        """Print on paper, on the size that the printer has."""
        printer.setDocName(sheet.title)
        printer.setPageLayout(_layout(printer.pageLayout().pageSize()))
        fitting(sheet, printer).print_(printer)


def usual_paper() -> Paper:
    """What lies in the printers where the program runs."""
    inches = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    return Paper.LETTER if inches else Paper.A4


def fitting(sheet: Sheet, device: QPagedPaintDevice) -> QTextDocument:
    """The sheet on one page of `device`: as large as it fits, and then with fewer lines."""
    longest = max((len(section.lines) for section in (*sheet.left, *sheet.right)), default=0)
    for points in _POINTS if longest <= _MOST else ():
        document = _document(sheet, device, points)
        if document.pageCount() == 1:
            return document
    fits, too_many = 0, min(longest, _MOST + 1)
    while too_many - fits > 1:
        tried = (fits + too_many) // 2
        if _is_one_page(_shortened(sheet, tried), device):
            fits = tried
        else:
            too_many = tried
    return _document(_filled(sheet, fits, device), device, _POINTS[-1])


def _filled(sheet: Sheet, fits: int, device: QPagedPaintDevice) -> Sheet:
    """At most `fits` lines a section, and more of the left ones as long as there is room."""
    right = _shortened(sheet, fits)
    low, high = fits, min(max((len(section.lines) for section in sheet.left), default=0), _MOST)
    while high > low:
        tried = (low + high + 1) // 2
        if _is_one_page(replace(right, left=_shortened(sheet, tried).left), device):
            low = tried
        else:
            high = tried - 1
    return replace(right, left=_shortened(sheet, low).left)


def _is_one_page(sheet: Sheet, device: QPagedPaintDevice) -> bool:
    return _document(sheet, device, _POINTS[-1]).pageCount() == 1


def _shortened(sheet: Sheet, most: int) -> Sheet:
    def cut(section: Section) -> Section:
        missing = len(section.lines) - most
        if missing <= 0:
            return section
        more = Line(section.more.format(n=missing)) if section.more else None
        return replace(section, lines=(*section.lines[:most], *([more] if more else [])))

    return replace(sheet, left=tuple(map(cut, sheet.left)), right=tuple(map(cut, sheet.right)))


def _layout(size: QPageSize) -> QPageLayout:
    margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    upright = QPageLayout.Orientation.Portrait
    return QPageLayout(size, upright, margin, QPageLayout.Unit.Millimeter)


def _document(sheet: Sheet, device: QPagedPaintDevice, points: float) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(device)
    font = QFont(theme.font().families())
    font.setPointSizeF(points)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setHtml(_html(sheet, points))
    document.setPageSize(QSizeF(device.width(), device.height()))
    return document


def _html(sheet: Sheet, points: float) -> str:
    tokens = theme.LIGHT
    small = f'style="color:{tokens.muted}; font-size:{points - 1}pt"'
    figures = "&nbsp;&nbsp;&nbsp;&nbsp; ".join(
        f"<b>{escape(number)}</b> <span {small}>{escape(words)}</span>"
        for number, words in sheet.figures
    )
    left = "".join(_section(each, points) for each in sheet.left)
    right = "".join(_section(each, points) for each in sheet.right)
    columns = (
        f'<td width="56%" valign="top">{left}</td><td width="4%"></td>'
        f'<td width="40%" valign="top">{right}</td>'
        if right
        else f'<td width="100%" valign="top">{left}</td>'
    )
    rule = f'<hr style="background-color:{tokens.line}">'
    return (
        f'<p style="font-size:{points + 9}pt; font-weight:600; margin:0">{escape(sheet.title)}</p>'
        f'<p style="color:{tokens.muted}; margin:2px 0 8px 0">{escape(sheet.under)}</p>'
        f'<p style="margin:0 0 6px 0">{figures}</p>{rule}'
        f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{columns}</tr></table>'
        f'<p style="margin:0">&nbsp;</p>{rule}<p {small}>{escape(sheet.foot)}</p>'
    )


def _section(section: Section, points: float) -> str:
    if not section.lines:
        return ""
    lines = "".join(_line(line, points) for line in section.lines)
    size = f"font-size:{points + 1}pt; font-weight:600; margin:12px 0 4px 0"
    heading = f'<p style="{size}">{escape(section.heading)}</p>'
    return f'{heading}<table width="100%" cellspacing="0" cellpadding="0">{lines}</table>'


def _line(line: Line, points: float) -> str:
    tokens = theme.LIGHT
    small = f'style="color:{tokens.muted}; font-size:{points - 1}pt"'
    above = (
        f'<tr><td colspan="3" style="padding-top:6px; padding-bottom:2px">'
        f"<span {small}><b>{escape(line.heading)}</b></span></td></tr>"
        if line.heading
        else ""
    )
    colour = getattr(tokens, line.sign, tokens.muted)
    sign = f'<span style="color:{colour}">{_SHAPES.get(line.sign, "")}</span>'
    words = f"<b>{escape(line.words)}</b>" if line.bold else escape(line.words)
    if line.tail:
        unbroken = escape(line.tail).replace(" ", "&nbsp;")
        words += f" <span {small}>&nbsp;{unbroken}</span>"
    details = "".join(f"<br><span {small}>{escape(x)}</span>" for x in line.detail.splitlines())
    lead = f'<td width="13%" valign="top"><span {small}>{escape(line.lead)}</span></td>'
    shape = f'<td width="{5 if line.lead else 7}%" valign="top">{sign}</td>' if line.sign else ""
    taken = bool(line.lead) + bool(line.sign)
    rest = f'<td colspan="{3 - taken}" style="padding-bottom:4px">{words}{details}</td>'
    return f"{above}<tr>{lead if line.lead else ''}{shape}{rest}</tr>"
