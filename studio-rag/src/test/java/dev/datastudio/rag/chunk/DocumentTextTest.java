package dev.datastudio.rag.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTextTest {
    @TempDir
    private Path folder;

    private Path write(String... pages) {
        Path file = folder.resolve("text");
        try (DocumentTextWriter writer = DocumentTextWriter.create(file)) {
            for (int i = 0; i < pages.length; i++) {
                writer.startPage(i + 1);
                writer.append(pages[i]);
            }
            writer.finish();
        }
        return file;
    }

    @Test
    void readsAnySpanAndItsPage() {
        Random random = new Random(7);
        StringBuilder all = new StringBuilder();
        String[] pages = new String[9];
        for (int page = 0; page < pages.length; page++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30_000); i >= 0; i--) {
                text.append(new String[] {"a", "é", "漢", "𐌲", "\n"}[random.nextInt(5)]);
            }
            pages[page] = text.toString();
            all.append(text);
        }

        try (DocumentText text = DocumentText.open(write(pages))) {
            assertEquals(all.length(), text.length());
            for (int i = 0; i < 300; i++) {
                int from = random.nextInt(all.length());
                int to = from + random.nextInt(Math.min(20_000, all.length() - from + 1));
                assertEquals(all.substring(from, to), text.text(from, to));
            }
            long start = 0;
            for (int page = 0; page < pages.length; page++) {
                assertEquals(page + 1, text.page(start));
                assertEquals(page + 1, text.page(start + pages[page].length() - 1));
                start += pages[page].length();
            }
        }
    }

    @Test
    void readsAnEmptyText() {
        try (DocumentText text = DocumentText.open(write())) {
            assertEquals(0, text.length());
            assertEquals("", text.text(0, 0));
            assertEquals(0, text.page(0));
        }
    }

    @Test
    void refusesSpansOutsideTheText() {
        try (DocumentText text = DocumentText.open(write("abc"))) {
            assertEquals("c", text.text(2, 3));
            assertThrows(IllegalArgumentException.class, () -> text.text(2, 4));
            assertThrows(IllegalArgumentException.class, () -> text.text(-1, 1));
            assertThrows(IllegalArgumentException.class, () -> text.text(2, 1));
        }
    }

    @Test
    void refusesAFileThatIsNotWhole() throws IOException {
        Path file = write("some text");
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 5, bytes.length - 1, bytes.length - 8}) {
            Path part = Files.write(folder.resolve("part"), Arrays.copyOf(bytes, length));

            StudioException error = assertThrows(StudioException.class, () -> DocumentText.open(part));

            assertEquals(ErrorCode.STORAGE_FAILED, error.code());
        }
    }
}
