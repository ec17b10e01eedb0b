"""Where each row of a list stands: rows of one height, and headings between them.

Everything is reckoned from the numbers, so it costs the same for ten rows and for ten million.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import NamedTuple


class RowPlaces(NamedTuple):
    """`starts`: the rows above which a heading stands, in order. Heights are logical pixels."""

    rows: int
    row: int
    heading: int
    starts: array[int] = array("q")

    @property
    def height(self) -> int:
        """Of the whole list."""
        return self.rows * self.row + len(self.starts) * self.heading

    def top(self, row: int) -> int:
        """Where a row begins, below its heading."""
        return row * self.row + bisect_right(self.starts, row) * self.heading

    def head(self, row: int) -> int:
        """Where a row begins, with the heading that stands above it."""
        return row * self.row + bisect_left(self.starts, row) * self.heading

    def row_at(self, y: int) -> int:
        """The row at a height, or the one below the heading there; kept within the list."""
        if not self.rows:
            return -1
        group = self.group_at(y)
        above = (group + 1) * self.heading
        first = self.starts[group] if group >= 0 else 0
        return min(max((y - above) // self.row, first, 0), self.rows - 1)

    def on_heading(self, y: int) -> bool:
        """Whether a heading is there."""
        return 0 <= y < self.height and self.top(self.row_at(y)) > y

    def starts_group(self, row: int) -> bool:
        """Whether a heading stands above a row."""
        at = bisect_left(self.starts, row)
        return at < len(self.starts) and self.starts[at] == row

    def group_of(self, row: int) -> int:
        """The number of the group that a row belongs to; -1 without headings."""
        return bisect_right(self.starts, row) - 1

    def group_at(self, y: int) -> int:
        """The number of the last group whose heading begins at or above this height, or -1."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] * self.row + middle * self.heading <= y:
                low = middle + 1
            else:
                high = middle
        return low - 1
