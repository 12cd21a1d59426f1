"""A registry's clock that a test sets."""

import glob


class FakedClock:
    """`environment` makes a program read the days in the file, which are added to the machine's clock."""

    def __init__(self, file):
        libraries = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        assert libraries, "faketime is missing"
        self.file = file
        self.environment = {
            "LD_PRELOAD": libraries[0], "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.set(0)

    def set(self, days):
        self.file.write_text(f"{days:+d}d\n")
