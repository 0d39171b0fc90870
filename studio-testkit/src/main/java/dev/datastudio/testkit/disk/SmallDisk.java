package dev.datastudio.testkit.disk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of its own for tests of full and read-only disks: a tmpfs of 1 MiB. Making one takes the right to
 * mount; where that is missing, the test is skipped and says so. Not thread-safe.
 */
public final class SmallDisk implements AutoCloseable {
    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /** Makes one, or skips the test. */
    public static SmallDisk mount() throws IOException {
        Path root = Files.createTempDirectory("studio-small-disk");
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", root.toString());
        if (!mounted) {
            Files.delete(root);
        }
        assumeTrue(mounted, "needs the right to mount a tmpfs");
        return new SmallDisk(root);
    }

    /** The folder that it is mounted at. */
    public Path root() {
        return root;
    }

    /** Writes a file until nothing fits any more. */
    public void fill() throws IOException {
        Path filler = root.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[1024];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (Files.getFileStore(root).getUsableSpace() >= 4096) {
                throw e;
            }
        }
    }

    /** Makes room again after {@link #fill()}. */
    public void free() throws IOException {
        Files.delete(root.resolve("filler"));
    }

    /** Lets nothing be written any more. */
    public void makeReadOnly() {
        assumeTrue(run("mount", "-o", "remount,ro", root.toString()), "needs the right to remount");
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", root.toString());
        Files.deleteIfExists(root);
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program: the caller skips
        }
    }
}
