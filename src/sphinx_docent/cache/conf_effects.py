"""What ``conf.py`` does to the process beside giving settings: it is done to all tutorials.

Tutorials run in copies of the build's process. They find the variables that ``conf.py`` has set,
and a library as it has left it: ``rcParams``, warning filters, a seed. So the statements that do
such things count, with all that they reach, for those that can find it so: what is done to a
library for tutorials that use it, variables for those that use any, and the rest for all. A
statement that only gives a name a value does not, nor one that changes a list or mapping of
``conf.py``, imports something installed, or does what shows only in files and pages.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TypeGuard

from .ambient import VARIABLES
from .conf_names import (
    FUNCTIONS,
    Function,
    Scope,
    full_name,
    is_harmless,
    last_name,
    own_names,
    value_of,
)
from .fingerprint import Fingerprints

_CHANGING = re.compile(
    r"set|use|seed|register|unregister|enable|disable|filter|simplefilter|update|pop|put|unset"
    r"|init|config|rc|activate|manual_seed|clear|basic|reset|switch|patch|tzset"
)
"""How the names of functions begin that change something, whether or not they return it."""

EVERYBODY = ""
_ENVIRON = ("os.environ.", "os.environb.")  # not what nobody can see: os.putenv

Effects = dict[str, dict[str, str]]
"""The fingerprint of each statement by its own text, by whom it concerns: :data:`EVERYBODY`,
tutorials that find :data:`VARIABLES`, or those that use a top-level package."""


def effects(conf: Path, names: Mapping[str, Any], fingerprints: Fingerprints) -> Effects:
    """The statements that do something to the process. Their order counts as well.

    :param conf: the file ``conf.py``.
    :param names: the names that it has given values, after it has run.
    """
    search = _Search(fingerprints)
    search.module(conf, dict(names))
    search.setup(dict(names))
    for name in names.get("extensions") or ():
        search.loaded(str(name))
        search.setup(dict(vars(sys.modules.get(str(name), object))))
    grouped: Effects = {}
    for text, fingerprint in search.found.items():
        grouped.setdefault(search.concerned[text], {})[text] = fingerprint
    return grouped


class _Search:
    def __init__(self, fingerprints: Fingerprints) -> None:
        self.found: dict[str, str] = {}
        self.concerned: dict[str, str] = {}
        self._fingerprints = fingerprints
        self._visited: set[Path] = set()
        self._acting: dict[CodeType, bool] = {}
        self._trees: dict[Path, ast.Module | None] = {}

    def module(self, file: Path, names: dict[str, Any]) -> None:
        """Look through a module of the project, and what it imports of the project."""
        tree = None if file in self._visited else self._parsed(file)
        self._visited.add(file)
        if tree is None:
            return
        for statement in tree.body:
            self._statement(statement, Scope(names))

    def setup(self, names: dict[str, Any]) -> None:
        """Look through what Sphinx calls of ``conf.py`` or of an extension."""
        setup = names.get("setup")
        if self._is_our_function(setup) and self._function_acts(setup):
            self._keep(ast.parse("setup(None)").body[0], names)

    def loaded(self, name: str) -> None:
        """Look through a module if it is loaded and the project's."""
        module = sys.modules.get(name)
        file = getattr(module, "__file__", None)
        if file and file.endswith(".py") and self._fingerprints.installed(file) is None:
            self.module(Path(file), vars(module))

    def _statement(self, node: ast.stmt, scope: Scope) -> None:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for name in _imported(node, str(scope.names.get("__package__") or "")):
                self.loaded(name)
        elif isinstance(node, (ast.If, ast.For, ast.While, ast.With, ast.Try)):
            before = dict(self.found)
            for part in ast.iter_child_nodes(node):
                for inner in part.body if isinstance(part, ast.ExceptHandler) else [part]:
                    if isinstance(inner, ast.stmt):
                        self._statement(inner, scope)
                    elif self._acts(inner, scope):
                        self._keep(node, scope.names)
            if self.found != before:  # when it is done belongs to what is done
                self.found = before
                self._keep(node, scope.names)
        elif self._acts(node, scope):
            self._keep(node, scope.names, self._whom_it_concerns(node, scope))

    def _whom_it_concerns(self, node: ast.stmt, scope: Scope) -> str:
        target, others = _parts(node)
        if target is None or any(self._acts(other, scope) for other in others):
            return EVERYBODY
        name = full_name(target, scope)
        if name.startswith(_ENVIRON):
            return VARIABLES
        top = name.partition(".")[0]
        file = str(getattr(sys.modules.get(top), "__file__", None) or "")
        is_library = bool(file) and top not in sys.stdlib_module_names
        return top if is_library and self._fingerprints.installed(file) else EVERYBODY

    def _keep(self, node: ast.stmt, names: dict[str, Any], concerned: str = EVERYBODY) -> None:
        code = compile(ast.Module([node], []), "<conf.py>", "exec")
        text = ast.unparse(node)
        self.found[text] = self.found.get(text, "") + self._fingerprints.of_code(code, names)
        self.concerned[text] = concerned

    def _acts(self, node: ast.AST, scope: Scope) -> bool:
        """Whether code does something to what is not its module's own."""
        if isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
            return False
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            return not is_harmless(node, scope)
        alone = isinstance(node, ast.Expr)
        call = node.value if isinstance(node, ast.Expr) else node
        if isinstance(call, ast.Call) and self._call_acts(call, scope, alone=alone):
            return True
        return any(self._acts(part, scope) for part in ast.iter_child_nodes(node))

    def _call_acts(self, node: ast.Call, scope: Scope, *, alone: bool) -> bool:
        """Whether a call does.

        :param alone: its result is not used, so it is made for what it does.
        """
        function = value_of(node.func, scope)
        if self._is_our_function(function):
            return self._function_acts(function)
        changing = alone or bool(_CHANGING.match(last_name(node.func)))
        return changing and not is_harmless(node.func, scope)

    def _is_our_function(self, value: Any) -> TypeGuard[FunctionType]:
        return (
            isinstance(value, FunctionType)
            and self._fingerprints.installed(value.__code__.co_filename) is None
        )

    def _function_acts(self, function: FunctionType) -> bool:
        """Whether a function of the project does, or one that it calls or hands on."""
        code = function.__code__
        if code not in self._acting:
            self._acting[code] = False  # unless something else than a call of itself says so
            node = self._definition(code)
            scope = Scope(function.__globals__, own_names(node) if node else frozenset())
            named = (load.name for load in self._fingerprints.code_text(code).loads)
            others = [scope.names.get(name) for name in named]
            self._acting[code] = (
                node is not None and any(self._acts(part, scope) for part in node.body)
            ) or any(self._function_acts(other) for other in others if self._is_our_function(other))
        return self._acting[code]

    def _parsed(self, file: Path) -> ast.Module | None:
        if file not in self._trees:
            try:
                self._trees[file] = ast.parse(file.read_bytes())
            except (OSError, RecursionError, SyntaxError, ValueError):
                self._trees[file] = None
        return self._trees[file]

    def _definition(self, code: CodeType) -> Function | None:
        tree = self._parsed(Path(code.co_filename))
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, FUNCTIONS) and node.name == code.co_name:
                first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
                if first == code.co_firstlineno:
                    return node
        return None


def _parts(node: ast.stmt) -> tuple[ast.expr | None, list[ast.expr]]:
    """The one thing that a statement changes or calls, if it is one, and what it does that with."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        return node.targets[0], [node.value]
    if isinstance(node, ast.AugAssign):
        return node.target, [node.value]
    if isinstance(node, ast.Delete) and len(node.targets) == 1:
        return node.targets[0], []
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        return call.func, [*call.args, *(word.value for word in call.keywords)]
    return None, []


def _imported(node: ast.Import | ast.ImportFrom, package: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    parts = package.split(".") if node.level else []
    above = parts[: len(parts) - node.level + 1]
    module = ".".join(filter(None, (*above, node.module)))
    return [module, *(f"{module}.{alias.name}" for alias in node.names)]
