from __future__ import annotations

from hypothesis import settings

# No deadline, since a busy machine is no failure; the same examples everywhere.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")
