"""Packages of an extra, asked for by name. May import `errors` and `source`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from compliance.errors import InputError, Place
from compliance.source import fault


def package(name: str, extra: str) -> Any:
    """The module called `name`. Raises InputError, with what to install, where it is missing."""
    try:
        return import_module(name)
    except ImportError as error:
        raise InputError(
            [fault(Place(name), "needs_package", package=name, extra=extra)]
        ) from error
