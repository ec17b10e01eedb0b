"""As much of xlsxwriter as fieldnotes uses."""

from .workbook import Workbook as Workbook
