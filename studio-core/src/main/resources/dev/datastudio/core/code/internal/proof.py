# Tries what must fail in the jail, and prints a line for each attempt: its name, a tab, "refused" or "done".
import ctypes
import os
import signal
import socket

port, pid, canary, home = open("facts", encoding="utf-8").read().split("\n")[:4]


def attempt(name, action):
    try:
        action()
        print(name + "\tdone")
    except (OSError, MemoryError):
        print(name + "\trefused")


def environment():
    if set(os.environ) - {"PATH", "HOME", "TZ", "LC_ALL", "PWD", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS",
                          "MPLBACKEND"}:
        return
    raise PermissionError


def namespace():
    if ctypes.CDLL(None, use_errno=True).unshare(0x10000000) != 0:
        raise PermissionError


def disk():
    with open("flood", "wb") as file:
        for _ in range(64):
            file.write(bytes(1 << 20))


def forks():
    for _ in range(64):
        if os.fork() == 0:
            signal.pause()


attempt("reading the host's users", lambda: open("/etc/passwd"))
attempt("listing the home folder", lambda: os.listdir(home))
attempt("reading a file of this program", lambda: open(canary))
attempt("changing a file of this program", lambda: open(canary, "w"))
attempt("writing beside its folder", lambda: open("/canary", "w"))
attempt("writing into /usr", lambda: open("/usr/lib/canary", "w"))
attempt("writing into /dev", lambda: open("/dev/canary", "w"))
attempt("reaching a listener on this machine", lambda: socket.create_connection(("127.0.0.1", int(port)), 5))
attempt("opening a socket of the virtual machine", lambda: socket.socket(40, socket.SOCK_STREAM))
attempt("seeing processes of the host", lambda: os.kill(int(pid), 0))
attempt("listing processes", lambda: os.listdir("/proc"))
attempt("reading the environment", environment)
attempt("making a namespace", namespace)
attempt("taking more memory than allowed", lambda: bytearray(4 << 30))
attempt("writing more than allowed", disk)
attempt("starting more processes than allowed", forks)
