package dev.datastudio.core.code.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The filter of system calls in the jail, as a program of the kernel's classic BPF (seccomp(2), bpf(4) of NetBSD): what
 * makes namespaces, reaches other processes, loads code into the kernel, keeps memory that belongs to no process, or
 * opens a socket other than a local one, is refused with {@code EPERM}.
 *
 * <p>It is the second wall. The first is that the jail's namespaces have nothing to reach; but sockets of a virtual
 * machine's host ({@code AF_VSOCK}) are in no namespace, memory in {@code memfd} and System V segments counts for no
 * process's limit, and most holes in the kernel that let a process out of a namespace began with making another one.
 */
final class Seccomp {
    private static final int LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final int EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final int AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    private static final int ANY_BIT = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;

    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int REFUSE = 0x00050001; // EPERM
    private static final int UNKNOWN_CALL = 0x00050026; // ENOSYS: the C library then uses clone instead of clone3

    private static final int NEW_NAMESPACES = 0x7e020000; // CLONE_NEWUSER, NEWNS, NEWNET, NEWPID and so on
    private static final int LOCAL_SOCKET = 1; // AF_UNIX
    private static final int X32 = 0x40000000;

    /** The calls that are refused, and the three that are looked into, by the numbers of one kind of processor. */
    private record Processor(int audit, int cloning, int socket, int socketpair, List<Integer> refused) {}

    /** Numbers that all processors share: io_uring, the new mount calls, pidfd_getfd, memfd_secret and the like. */
    private static final List<Integer> SHARED = numbers(
            // io_uring
            "425 426 427",
            // mounts
            "428 429 430 431 432 433 442",
            // pidfd_open, pidfd_getfd, process_madvise, process_mrelease
            "434 438 440 448",
            // memfd_secret
            "447");

    private static final int CLONE3 = 435;

    private static final Processor X86_64 = new Processor(
            0xc000003e,
            56,
            41,
            53,
            numbers(
                    // unshare, setns, mount, umount2, pivot_root, chroot
                    "272 308 165 166 155 161",
                    // ptrace, process_vm_readv, process_vm_writev, kcmp
                    "101 310 311 312",
                    // keyctl, add_key, request_key
                    "250 248 249",
                    // bpf, perf_event_open, userfaultfd, memfd_create
                    "321 298 323 319",
                    // System V memory, semaphores and messages, mq_open
                    "29 30 31 64 65 66 68 69 70 71 240",
                    // name_to_handle_at, open_by_handle_at, fanotify_init
                    "303 304 300",
                    // kexec, modules, reboot, swap, acct, quotactl, syslog
                    "246 320 175 313 176 169 167 168 163 179 103",
                    // personality, memory policies
                    "135 237 238 239 256 279"));

    private static final Processor AARCH64 = new Processor(
            0xc00000b7,
            220,
            198,
            199,
            numbers(
                    "97 268 40 39 41 51 117 270 271 272 219 217",
                    "218 280 241 282 279 194 195 196 190 191 193 186",
                    "187 188 189 180 264 265 262 104 294 105 273 106",
                    "142 224 225 89 60 116 92 235 236 237 238 239"));

    private Seccomp() {}

    private static List<Integer> numbers(String... lines) {
        return Pattern.compile(" ")
                .splitAsStream(String.join(" ", lines))
                .map(Integer::valueOf)
                .toList();
    }

    /** The filter for a processor as {@code os.arch} names it; empty for one whose calls are not known here. */
    static Optional<byte[]> forProcessor(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> Optional.of(assemble(X86_64));
            case "aarch64" -> Optional.of(assemble(AARCH64));
            default -> Optional.empty();
        };
    }

    private static byte[] assemble(Processor processor) {
        List<long[]> program = new ArrayList<>();
        add(program, LOAD, ARCHITECTURE);
        jump(program, EQUAL, processor.audit(), 1, 0);
        add(program, RETURN, KILL);
        add(program, LOAD, NUMBER);
        unless(program, AT_LEAST, X32, REFUSE);
        unless(program, EQUAL, CLONE3, UNKNOWN_CALL);
        for (int call : SHARED) {
            unless(program, EQUAL, call, REFUSE);
        }
        for (int call : processor.refused()) {
            unless(program, EQUAL, call, REFUSE);
        }
        jump(program, EQUAL, processor.cloning(), 0, 4);
        add(program, LOAD, FIRST_ARGUMENT);
        unless(program, ANY_BIT, NEW_NAMESPACES, REFUSE);
        add(program, RETURN, ALLOW);
        jump(program, EQUAL, processor.socket(), 1, 0);
        jump(program, EQUAL, processor.socketpair(), 0, 3);
        add(program, LOAD, FIRST_ARGUMENT);
        jump(program, EQUAL, LOCAL_SOCKET, 1, 0);
        add(program, RETURN, REFUSE);
        add(program, RETURN, ALLOW);
        return bytes(program);
    }

    /** Goes on with the next instruction unless the value compares so; then the call ends with an answer. */
    private static void unless(List<long[]> program, int comparison, int value, int answer) {
        jump(program, comparison, value, 0, 1);
        add(program, RETURN, answer);
    }

    private static void add(List<long[]> program, int code, int value) {
        jump(program, code, value, 0, 0);
    }

    private static void jump(List<long[]> program, int code, int value, int whenTrue, int whenFalse) {
        program.add(new long[] {code, whenTrue, whenFalse, value});
    }

    private static byte[] bytes(List<long[]> program) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * program.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (long[] one : program) {
            bytes.putShort((short) one[0]).put((byte) one[1]).put((byte) one[2]).putInt((int) one[3]);
        }
        return bytes.array();
    }
}
