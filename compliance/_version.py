"""The version of this program, as reports and issued opinions state it. Imports nothing."""

from typing import Final

__version__: Final = "0.1.0"
