package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.StateDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports onto a real disk that is too small; skipped by name where nothing can be mounted. */
class FullDiskTest {
    @TempDir
    Path folder;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/mounts")), "Only Linux mounts a tmpfs");
        mounted = run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString());
        Assumptions.assumeTrue(mounted, "A tmpfs can't be mounted here, so there is no full disk to import onto");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            run("umount", disk.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Few rows fail while the table is written, many while the original is copied. */
    @ParameterizedTest
    @ValueSource(ints = {220_000, 900_000})
    void failsInOneLineAndLeavesWhatWasThere(int rows) throws IOException {
        Path small = Files.writeString(folder.resolve("small.csv"), "a,b\n1,2\n");
        StringBuilder csv = new StringBuilder("n,text\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i)
                    .append(",row ")
                    .append(Integer.toHexString(i * 0x9E3779B9))
                    .append('\n');
        }
        Path big = Files.writeString(folder.resolve("big.csv"), csv);
        try (StateDatabase state = StateDatabase.open(folder.resolve("state.db"))) {
            Datasets datasets = Datasets.of(state, disk.resolve("tenants"), InstantSource.system(), Caller.LOCAL);
            Dataset before = datasets.importFile(small);

            StudioException error = assertThrows(StudioException.class, () -> datasets.importFile(big));

            assertEquals(ErrorCode.STORAGE_FULL, error.code(), error.toString());
            assertEquals(List.of(before), datasets.list());
            try (Stream<Path> uploads = Files.list(disk.resolve("tenants/local/local/uploads"))) {
                assertEquals(1, uploads.count());
            }
            try (Stream<Map<String, Object>> left = datasets.rows(before)) {
                assertEquals(1, left.toList().size());
            }
        }
    }
}
