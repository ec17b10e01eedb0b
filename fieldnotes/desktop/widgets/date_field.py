"""A day to fill in, with a calendar in the program's own colours."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton, QWidget

from fieldnotes.desktop import icons, theme

_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class DateField(QDateEdit):
    """Written as the place writes dates. Qt's red weekends would look like mistakes."""

    def __init__(self, name: str, day: QDate | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat(QLocale().dateFormat(QLocale.FormatType.ShortFormat))
        self.setDate(day or QDate.currentDate())
        theme.notifier().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        calendar = self.calendarWidget()
        calendar.setGridVisible(False)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        muted = QTextCharFormat()
        muted.setForeground(theme.color("muted"))
        for day in _WEEKEND:
            calendar.setWeekdayTextFormat(day, muted)
        calendar.setHeaderTextFormat(muted)
        for name, sign in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
            arrow = calendar.findChild(QToolButton, f"qt_calendar_{name}")
            if isinstance(arrow, QToolButton):
                arrow.setIcon(icons.icon(sign))
