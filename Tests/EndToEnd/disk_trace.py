"""The file operations of a process, and the possible content of a disk after a power cut at any moment."""

import pathlib
import re
import struct
import subprocess

HEAD = struct.Struct("<ciqII")
SECTOR = 512
LOCATION = re.compile(rb"Location: /v1/iccs/(icc_\w+)")


def preload(folder):
    """Builds the layer over the C library; returns the environment that traces a process, and the trace's path."""
    library, trace = folder / "disk_trace.so", folder / "disk-trace"
    source = pathlib.Path(__file__).with_name("disk_trace.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-pthread", "-o", library, source], check=True, timeout=60)
    return {"LD_PRELOAD": str(library), "DISK_TRACE": str(trace)}, trace


class DiskTrace:
    """The records of a trace: kind, thread, file name, offset, data. `base` has the files before the trace."""

    def __init__(self, path, base):
        self.records, content, place = [], path.read_bytes(), 0
        self.base = {file.name: file.read_bytes() for file in base.iterdir()}
        while place + HEAD.size <= len(content):
            kind, thread, offset, path_length, length = HEAD.unpack_from(content, place)
            place += HEAD.size
            name = pathlib.Path(content[place : place + path_length].decode()).name
            place += path_length
            self.records.append((kind.decode(), thread, name, offset, content[place : place + length]))
            place += length

    def answered(self, cut):
        """The ICCs that were acknowledged before this record."""
        return {LOCATION.search(data).group(1).decode() for kind, *_, data in self.records[:cut] if kind == "A"}

    def syncs(self):
        return [number for number, record in enumerate(self.records) if record[0] == "S"]

    def safe(self, name, cut):
        """The number of the record before which everything written to this file is on the disk. A sync does not cover
        what other threads write while it runs."""
        safe, begun = 0, {}
        for number, (kind, thread, of, _, _) in enumerate(self.records[:cut]):
            if of == name and kind == "B":
                begun[thread] = number
            elif of == name and kind == "S":
                safe = max(safe, begun[thread])
        return safe

    def file(self, name, cut, survives, is_synced=True):
        """The file as the disk may hold it: everything synced, and of the rest the sectors that survive."""
        content, safe = bytearray(self.base.get(name, b"")), self.safe(name, cut) if is_synced else 0
        for number, (kind, _, of, offset, data) in enumerate(self.records[:cut]):
            if of != name or kind not in "WT":
                continue
            if kind == "T":
                if number < safe or survives():
                    del content[offset:]
                    content.extend(bytes(offset - len(content)))
                continue
            for start in range(0, len(data), SECTOR) if number >= safe else [0]:
                if number < safe or survives():
                    part = data if number < safe else data[start : start + SECTOR]
                    place = offset + (0 if number < safe else start)
                    content.extend(bytes(max(0, place - len(content))))
                    content[place : place + len(part)] = part
        return bytes(content)
