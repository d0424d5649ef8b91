"""Settings that hold for every test."""

from __future__ import annotations

from hypothesis import settings

# A busy machine makes an example slow, never wrong.
settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")
