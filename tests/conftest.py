"""Settings that hold for every test."""

from __future__ import annotations

import os

from hypothesis import settings

# A busy machine makes an example slow, never wrong. Continuous integration tries the same
# examples each time; runs by hand look for new ones.
settings.register_profile("project", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("project")
