"""`python -m bot` is `onrecord`."""

import sys

from bot.cli import main

sys.exit(main())
