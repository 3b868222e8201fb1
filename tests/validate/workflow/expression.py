"""The expressions of workflow files, as far as ours use them: names, strings, comparisons, and, or, not."""

import re
from collections.abc import Mapping

TOKEN = re.compile(r"\s*('[^']*'|&&|\|\||==|!=|!|\(|\)|[A-Za-z_][\w.-]*)")
PYTHON = {"&&": " and ", "||": " or ", "!": " not ", "==": " == ", "!=": " != ", "(": "(", ")": ")"}
STATUS = re.compile(r"\b(always|failure|cancelled)\(\)")


def value(expression: str, contexts: Mapping) -> object:
    """What an expression means. A name that nobody knows is an error: GitHub would take it as empty.

    `contexts` says what stands behind the names: contexts["steps"]["build"]["outcome"].
    """
    python, position = "", 0
    text = expression.strip()
    while position < len(text):
        token = TOKEN.match(text, position)
        if not token:
            raise ValueError(f"{expression!r}: not understood from {text[position:]!r}")
        position = token.end()
        python += _python(token.group(1), contexts)
    return eval(python, {"__builtins__": {}}, {})  # noqa: S307 (only what _python makes)


def _python(token: str, contexts: Mapping) -> str:
    if token in PYTHON:
        return PYTHON[token]
    if token.startswith("'"):
        return repr(token[1:-1])
    if token in ("always", "success"):
        # Followed by "()", which calls it.
        return "(lambda: True)"
    found: object = contexts
    *path, last = token.split(".")
    for name in path:
        if not isinstance(found, Mapping) or name not in found:
            raise ValueError(f"nothing is called {token}")
        found = found[name]
    # A step that was passed over has no outputs.
    if path[-1:] == ["outputs"] and last not in found:
        return "''"
    if last not in found:
        raise ValueError(f"nothing is called {token}")
    return repr(found[last])


def filled(text: str, contexts: Mapping) -> str:
    """A text with the values of its `${{ … }}`."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: _text(value(match.group(1), contexts)), str(text))


def _text(found: object) -> str:
    return {True: "true", False: "false", None: ""}.get(found, str(found)) if not isinstance(found, str) else found


def runs(condition: str | None, failed: bool, contexts: Mapping) -> bool:
    """Whether a step or a job with this `if` runs: without always(), only if nothing failed before."""
    text = re.sub(r"^\$\{\{(.*)\}\}$", r"\1", str(condition if condition is not None else "success()").strip())
    if failed and not STATUS.search(text):
        return False
    return bool(value(text, contexts))
