"""The phone page: one HTML file that works without a network, and reading what it exports.

`write` makes the page, `program` the rules as data for it, `read` takes its export back in.
May import everything up to `engines`, and `questions` and `draft` of `intake`.
"""

from __future__ import annotations

from typing import Final

FORM: Final = "compliance-page"
"""What an export calls itself under `form`."""

VERSION: Final = 1
"""The version of the export's format."""

LIMIT: Final = 64 * 2**20
"""The largest export in bytes: the page refuses to write, and `read` to read, a larger one."""
