# The first program in the jail: unpacks the job from standard input, runs it, packs what it left into descriptor 3.
import os
import signal
import stat
import struct
import sys

WORK, CODE = "/work", "/tmp/main.py"
JOB, LEFT = 0, 3
MAX_FILES = 1000


def exactly(count):
    parts = []
    while count:
        part = os.read(JOB, min(count, 1 << 16))
        if not part:
            sys.exit("The job is cut")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def number(form):
    return struct.unpack(form, exactly(struct.calcsize(form)))[0]


def unpack():
    limit = number(">q")
    with open(CODE, "wb") as file:
        file.write(exactly(number(">i")))
    for _ in range(number(">i")):
        name = exactly(number(">i")).decode()
        left = number(">q")
        with open(os.path.join(WORK, name), "wb") as file:
            while left:
                part = exactly(min(left, 1 << 16))
                file.write(part)
                left -= len(part)
    return limit


def state(entry):
    return entry.st_ino, entry.st_size, entry.st_mtime_ns


def found():
    """Each regular file in the working folder, links not followed."""
    for folder, folders, names in os.walk(os.fsencode(WORK)):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            entry = os.lstat(path)
            if stat.S_ISREG(entry.st_mode):
                yield path, entry


def write(data):
    view = memoryview(data)
    while view:
        view = view[os.write(LEFT, view):]


def pack(before, limit):
    count, truncated = 0, False
    for path, entry in found():
        if before.get(path) == state(entry):
            continue
        name = path[len(WORK) + 1:]
        if count == MAX_FILES or entry.st_size > limit:
            truncated = True
            continue
        try:
            source = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            truncated = True
            continue
        count += 1
        limit -= entry.st_size
        write(struct.pack(">bi", 1, len(name)) + name + struct.pack(">q", entry.st_size))
        left = entry.st_size
        while left:
            part = os.read(source, min(left, 1 << 16))
            if not part:
                sys.exit("A file was cut while it was packed")
            write(part)
            left -= len(part)
        os.close(source)
    write(struct.pack(">bb", 0, truncated))


def run():
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_RDONLY), JOB)
        os.close(LEFT)
        os.execv(sys.executable, [sys.executable, "-I", "-u", "-X", "utf8", CODE])
    _, status = os.waitpid(child, 0)
    try:
        os.kill(-1, signal.SIGKILL)  # whatever it left running
    except ProcessLookupError:
        pass  # nothing
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


os.chdir(WORK)
allowed = unpack()
inputs = {path: state(entry) for path, entry in found()}
ended = run()
pack(inputs, allowed)
os._exit(ended)
