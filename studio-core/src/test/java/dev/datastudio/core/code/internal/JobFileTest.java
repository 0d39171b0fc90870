package dev.datastudio.core.code.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.code.CodeFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was left, when hostile code wrote it instead of the program that should have. */
class JobFileTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream left = new DataOutputStream(bytes);

    @Test
    void givesTheFilesThatWereLeft() throws IOException {
        entry("a.txt", 2, "ab");
        entry("b/c.txt", 1, "c");
        end();

        JobFile.Left read = read(100);

        assertEquals(List.of("a.txt", "b/c.txt"), names(read));
        assertEquals("c", Files.readString(folder.resolve("outputs/b/c.txt")));
        assertFalse(read.isTruncated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "/tmp/x",
                "a/../../x",
                "..",
                ".",
                "a//x",
                "a/",
                " ",
                ".ssh",
                "C:\\x",
                "a\\..\\x",
                "x\u0000",
                "x\n",
                "CON:",
                "a/.x"
            })
    void leavesOutANameThatLeadsElsewhere(String name) throws IOException {
        entry(name, 2, "ab");
        entry("fine", 1, "c");
        end();

        JobFile.Left read = read(100);

        assertEquals(List.of("fine"), names(read));
        assertTrue(read.isTruncated());
        assertEquals(List.of("left", "outputs"), found(folder));
        assertEquals(List.of("fine"), found(folder.resolve("outputs")));
    }

    @Test
    void leavesOutWhatIsThereAlready() throws IOException {
        entry("a", 1, "1");
        entry("a", 1, "2");
        entry("a/b", 1, "3");
        end();

        JobFile.Left read = read(100);

        assertEquals(List.of("a"), names(read));
        assertEquals("1", Files.readString(folder.resolve("outputs/a")));
        assertTrue(read.isTruncated());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4, 101, Long.MAX_VALUE})
    void endsAtASizeThatIsNotThere(long size) throws IOException {
        entry("a", size, "abc");

        JobFile.Left read = read(100);

        assertEquals(List.of(), read.files());
        assertTrue(read.isTruncated());
    }

    @Test
    void endsAtTheLimitOfAllFiles() throws IOException {
        entry("a", 3, "abc");
        entry("b", 3, "abc");
        end();

        assertEquals(List.of("a"), names(read(5)));
    }

    @Test
    void endsAtAnyRubbish() throws IOException {
        Random random = new Random(7);
        for (int length = 0; length < 300; length++) {
            byte[] rubbish = new byte[length];
            random.nextBytes(rubbish);
            if (length > 0) {
                rubbish[0] = 1;
            }
            bytes.reset();
            bytes.write(rubbish);

            assertTrue(read(1000).isTruncated(), "length " + length + " of seed 7");
        }
    }

    private void entry(String name, long size, String content) throws IOException {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        left.writeByte(1);
        left.writeInt(encoded.length);
        left.write(encoded);
        left.writeLong(size);
        left.write(content.getBytes(StandardCharsets.UTF_8));
    }

    private void end() throws IOException {
        left.write(new byte[] {0, 0});
    }

    private JobFile.Left read(long maxBytes) throws IOException {
        Path file = Files.write(folder.resolve("left"), bytes.toByteArray());
        return JobFile.read(file, folder.resolve("outputs"), maxBytes);
    }

    private static List<String> names(JobFile.Left read) {
        return read.files().stream().map(CodeFile::name).toList();
    }

    private static List<String> found(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
