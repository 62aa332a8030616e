"""Places in a text: from UTF-16 indices, as requests have them, to lines and UTF-8 columns, as syntax trees have them.

PYTEST_DONT_REWRITE
"""

import bisect
import re

_LINE = re.compile(r"\r\n|\r|\n")


class Text:
    """A source text; all indices are into `text`."""

    def __init__(self, text):
        self._shift = 1 if text.startswith("\ufeff") else 0
        self.text = text[self._shift :]
        self._starts = [0] + [match.end() for match in _LINE.finditer(self.text)]
        self._astral = [index for index, char in enumerate(text) if char > "\uffff"] if _has_astral(text) else []

    def index_of(self, utf16):
        """A UTF-16 index of the text with its byte order mark."""
        index = utf16
        if self._astral:
            # Each character before it that takes two units counts once here.
            low, high = 0, utf16
            while low < high:
                middle = (low + high) // 2
                if middle + bisect.bisect_left(self._astral, middle) < utf16:
                    low = middle + 1
                else:
                    high = middle
            index = low
        return index - self._shift

    def position(self, index):
        """Line from 1 and column in bytes."""
        line = bisect.bisect_right(self._starts, index)
        return line, len(self.text[self._starts[line - 1] : index].encode("utf-8", "surrogatepass"))

    def index_at(self, line, column):
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        text = self.text[start:end]
        if text.isascii():
            return start + column
        return start + len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "surrogatepass"))

    def before(self, index):
        """What stands before an index in its line."""
        return self.text[self._starts[bisect.bisect_right(self._starts, index) - 1] : index]


def _has_astral(text):
    return not text.isascii() and max(text) > "\uffff"
