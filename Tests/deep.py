"""Whether the slow variants run too: more cases of the same kind, and what needs minutes."""

import os

DEEP = os.environ.get("TESTS_DEEP") == "1"
