package dev.datastudio.core.code.internal;

import dev.datastudio.api.code.CodeLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line that puts Python behind walls. Immutable.
 *
 * <p>Namespaces of its own for users, files, processes, network and the rest (bubblewrap); of the host's files only
 * system programs and libraries, none writable; two folders in memory, of limited size; no {@code /proc}; no right that
 * could be gained again; limits of each process (prlimit) and a filter of system calls. A program that runs as root
 * becomes nobody first: the kernel counts no processes of root, and what root may read is more than the jail needs.
 *
 * <p>The number of processes is limited inside, where only those of the jail are counted (Linux 5.14 and later).
 */
final class Jail {
    static final String BWRAP = "/usr/bin/bwrap";
    static final String PRLIMIT = "/usr/bin/prlimit";
    static final String SETPRIV = "/usr/bin/setpriv";
    static final String PYTHON = "/usr/bin/python3";
    static final String SHELL = "/bin/sh";

    /** Descriptors of what the code left, and of the filter; {@code start.py} knows the first. */
    private static final String OPEN_DESCRIPTORS = "exec 3>\"$1\" 9<\"$2\" && shift 2 && exec \"$@\"";

    private static final String NOBODY = "65534";
    /** For names, blocks that are not full, and what libraries keep in their cache folders. */
    private static final long SLACK = 4L << 20;

    private static final String START = start();

    private final boolean root;

    /** @param root whether this program runs as root */
    Jail(boolean root) {
        this.root = root;
    }

    private static String start() {
        try (InputStream in = Jail.class.getResourceAsStream("start.py")) {
            if (in == null) {
                throw new IllegalStateException("start.py is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What to start; the job is its standard input.
     *
     * @param inputBytes of all input files
     * @param left written with what the code left
     * @param filter of system calls
     */
    List<String> command(CodeLimits limits, long inputBytes, int codeBytes, Path left, Path filter) {
        List<String> command = new ArrayList<>(List.of(SHELL, "-c", OPEN_DESCRIPTORS, "sh"));
        command.addAll(List.of(left.toString(), filter.toString()));
        if (root) {
            command.addAll(List.of(SETPRIV, "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.addAll(limits(limits, inputBytes));
        command.addAll(walls());
        command.addAll(List.of("--size", String.valueOf(inputBytes + limits.maxFileBytes() + SLACK)));
        command.addAll(List.of("--tmpfs", "/work"));
        command.addAll(List.of("--size", String.valueOf(codeBytes + SLACK), "--tmpfs", "/tmp"));
        command.addAll(List.of("--chdir", "/work", "--remount-ro", "/dev", "--remount-ro", "/"));
        command.addAll(List.of("--cap-drop", "ALL", "--seccomp", "9", "--"));
        command.addAll(List.of(PRLIMIT, "--nproc=" + limits.maxProcesses(), "--"));
        command.addAll(List.of(PYTHON, "-I", "-S", "-c", START));
        return command;
    }

    private static List<String> limits(CodeLimits limits, long inputBytes) {
        long cpu = seconds(limits.cpuTime());
        return List.of(
                PRLIMIT,
                "--as=" + limits.memoryBytes(),
                "--cpu=" + cpu + ":" + (cpu + 1), // a signal that tells why, then one that can't be caught
                "--fsize=" + (Math.max(inputBytes, limits.maxFileBytes()) + SLACK),
                "--nofile=256",
                "--core=0",
                "--memlock=0",
                "--msgqueue=0",
                "--");
    }

    private static long seconds(Duration time) {
        return time.plusNanos(999_999_999).toSeconds();
    }

    private static List<String> walls() {
        List<String> walls = new ArrayList<>(List.of(BWRAP, "--unshare-all", "--unshare-user", "--die-with-parent"));
        walls.addAll(List.of("--new-session", "--hostname", "studio", "--clearenv"));
        set(walls, "PATH", "/usr/bin");
        set(walls, "HOME", "/tmp");
        set(walls, "TZ", "UTC");
        set(walls, "LC_ALL", "C.UTF-8");
        // numpy's libraries start a thread per core and take address space for each
        set(walls, "OPENBLAS_NUM_THREADS", "1");
        set(walls, "OMP_NUM_THREADS", "1");
        set(walls, "MPLBACKEND", "Agg");
        for (String folder : List.of("/usr/bin", "/usr/lib")) {
            walls.addAll(List.of("--ro-bind", folder, folder));
        }
        for (String folder : List.of(
                "/usr/lib32",
                "/usr/lib64",
                "/usr/local/lib",
                "/usr/share/zoneinfo",
                "/usr/share/matplotlib",
                "/usr/share/fonts",
                "/etc/alternatives",
                "/etc/matplotlibrc")) {
            walls.addAll(List.of("--ro-bind-try", folder, folder));
        }
        for (String folder : List.of("bin", "lib", "lib32", "lib64")) {
            top(walls, Path.of("/", folder));
        }
        walls.addAll(List.of("--dev", "/dev"));
        return walls;
    }

    private static void set(List<String> walls, String name, String value) {
        walls.addAll(List.of("--setenv", name, value));
    }

    /** Folders beside {@code /usr}: links into it in most distributions, folders in some. */
    private static void top(List<String> walls, Path folder) {
        if (Files.isSymbolicLink(folder)) {
            walls.addAll(List.of("--symlink", "usr/" + folder.getFileName(), folder.toString()));
        } else if (Files.isDirectory(folder)) {
            walls.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
        }
    }
}
