"""Names as registers write them, with all their quotation marks, made comparable and readable."""

from __future__ import annotations

import re

_QUOTE = re.compile("''|[\"“”„‟«»‘’‚']")


def folded(name: str) -> str:
    """What is left of a name without quotation marks, case and runs of white space."""
    return " ".join(_QUOTE.sub(" ", name).casefold().split())


def spelled(name: str) -> str:
    """The name as it is written, but for runs of white space, which no field keeps."""
    return " ".join(name.split())


def display_name(name: str) -> str:
    """The name with one kind of quotation marks, as many closed as opened: `"Saule""` -> `"Saule"`."""
    shown, depth = "", 0
    for part in re.split('(")', _QUOTE.sub('"', spelled(name))):
        if part != '"':
            shown += part
        elif _opens(shown, depth):
            shown += ' "' if shown[-1:].isalnum() else '"'
            depth += 1
        elif depth:
            shown += '"'
            depth -= 1
    shown += '"' * depth
    return re.sub(r"\s+,", ",", re.sub(r'(^|[\s(])" ', r'\1"', shown))


def _opens(before: str, depth: int) -> bool:
    """A mark opens at the start of a word; outside all marks, right after a letter, a space was forgotten."""
    return before == "" or before.endswith((" ", "(")) or (depth == 0 and before[-1] != '"')
