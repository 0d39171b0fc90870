package dev.datastudio.testkit.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link ArtifactStore} must do. A store's test extends this class and opens an empty store. */
public abstract class ArtifactStoreContract {
    /** An empty store, made for one test; whoever extends this class removes it afterwards. */
    protected abstract ArtifactStore store() throws IOException;

    @Test
    void givesBackWhatWasPut() throws IOException {
        ArtifactStore store = store();
        byte[] large = bytes(new Random(1), 300_000);

        StoredArtifact stored = put(store, "t/u/uploads/x/data.csv", large);

        assertEquals(large.length, stored.sizeBytes());
        assertEquals(Optional.of(stored), store.find(stored.key()));
        assertArrayEquals(large, read(store, "t/u/uploads/x/data.csv"));
    }

    @Test
    void keepsEmptyContent() throws IOException {
        ArtifactStore store = store();

        put(store, "t/empty", new byte[0]);

        assertEquals(0, read(store, "t/empty").length);
    }

    @Test
    void replacesTheContentUnderAName() throws IOException {
        ArtifactStore store = store();
        put(store, "t/a.txt", "a longer first version".getBytes(UTF_8));

        put(store, "t/a.txt", "second".getBytes(UTF_8));

        assertEquals("second", new String(read(store, "t/a.txt"), UTF_8));
        assertEquals(List.of("t/a.txt"), names(store, "t"));
    }

    @Test
    void readsTheOldContentToItsEndWhileItIsReplacedAndDeleted() throws IOException {
        ArtifactStore store = store();
        byte[] old = bytes(new Random(2), 500_000);
        put(store, "t/a", old);

        try (InputStream reader = store.open(key("t/a"))) {
            byte[] beginning = reader.readNBytes(10);
            put(store, "t/a", bytes(new Random(3), 500_000));
            store.delete(key("t/a"));

            assertArrayEquals(Arrays.copyOf(old, 10), beginning);
            assertArrayEquals(Arrays.copyOfRange(old, 10, old.length), reader.readAllBytes());
        }
    }

    @Test
    void storesNothingWhenTheContentFails() throws IOException {
        ArtifactStore store = store();
        put(store, "t/a", "old".getBytes(UTF_8));

        for (String name : List.of("t/a", "t/b")) {
            InputStream failing =
                    new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), new FailingInputStream());
            assertThrows(StudioException.class, () -> store.put(key(name), failing));
        }

        assertEquals("old", new String(read(store, "t/a"), UTF_8));
        assertEquals(List.of("t/a"), names(store, "t"));
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        ArtifactStore store = store();
        put(store, "t/folder/a", new byte[1]);

        for (String name : List.of("t/folder/b", "t/folder", "t/folder/a/b", "other")) {
            StudioException missing = assertThrows(StudioException.class, () -> store.open(key(name)), name);

            assertEquals(ErrorCode.ARTIFACT_NOT_FOUND, missing.code());
            assertEquals("There is no artifact '" + name + "'", missing.what());
            assertEquals(Optional.empty(), store.find(key(name)), name);
            assertFalse(store.delete(key(name)), name);
        }
        assertEquals(List.of("t/folder/a"), names(store, "t"));
    }

    @Test
    void listsByWholeSegmentsInOrder() throws IOException {
        ArtifactStore store = store();
        for (String name : List.of("t/u/b", "t/u/a/z", "t/u/a-b", "t/u2/a", "t2/u/a")) {
            put(store, name, new byte[1]);
        }

        assertEquals(List.of("t/u/a-b", "t/u/a/z", "t/u/b"), names(store, "t/u"));
        assertEquals(List.of("t/u/a/z"), names(store, "t/u/a"));
        assertEquals(List.of("t/u/b"), names(store, "t/u/b"));
        assertEquals(List.of(), names(store, "t/none"));
    }

    @Test
    void deletesAFolderAndNothingBesideIt() throws IOException {
        ArtifactStore store = store();
        for (String name : List.of("t/u/a", "t/u/b/c", "t/u2/a")) {
            put(store, name, new byte[1]);
        }

        assertEquals(2, store.deleteAll(key("t/u")));

        assertEquals(List.of("t/u2/a"), names(store, "t"));
        assertEquals(List.of(), names(store, "t/u"));
        assertEquals(0, store.deleteAll(key("t/u")));
    }

    @Test
    void neverMixesNamesThatDifferInLetterCase() throws IOException {
        ArtifactStore store = store();
        put(store, "acme/u/a", "lower".getBytes(UTF_8));

        try {
            put(store, "Acme/u/a", "upper".getBytes(UTF_8));
            assertEquals("upper", new String(read(store, "Acme/u/a"), UTF_8));
        } catch (StudioException refusal) {
            assertEquals(ErrorCode.ARTIFACT_KEY_INVALID, refusal.code());
        }

        assertEquals("lower", new String(read(store, "acme/u/a"), UTF_8));
        assertEquals(List.of("acme/u/a"), names(store, "acme"));
    }

    @Test
    void showsWholeContentOnlyWhileManyThreadsWrite() throws Exception {
        ArtifactStore store = store();
        int writers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        try {
            put(store, "t/shared/a", filled(0));
            List<Future<?>> work = new ArrayList<>();
            for (int w = 1; w <= writers; w++) {
                byte[] content = filled(w);
                work.add(threads.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        put(store, "t/shared/a", content);
                    }
                }));
            }
            CompletableFuture<Void> written = CompletableFuture.allOf(work.stream()
                    .map(f -> CompletableFuture.runAsync(() -> join(f)))
                    .toArray(CompletableFuture[]::new));
            do {
                byte[] seen = read(store, "t/shared/a");
                assertArrayEquals(filled(seen[0]), seen);
            } while (!written.isDone());
            written.join();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void doesTheSameAsAMapInRandomOrder() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ArtifactStore store = store();
        NavigableMap<String, byte[]> model = new TreeMap<>();

        for (int i = 0; i < 400; i++) {
            step(store, model, random, "seed " + seed + ", step " + i);
        }
    }

    private static void step(ArtifactStore store, NavigableMap<String, byte[]> model, Random random, String where)
            throws IOException {
        String folder = "t" + random.nextInt(2) + "/u" + random.nextInt(2);
        String name = folder + "/" + "abc".charAt(random.nextInt(3)) + "/f" + random.nextInt(3);
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                byte[] content = bytes(random, random.nextInt(2_000));
                put(store, name, content);
                model.put(name, content);
            }
            case 2 -> assertEquals(model.remove(name) != null, store.delete(key(name)), where);
            case 3 -> {
                if (random.nextInt(10) == 0) {
                    List<String> within = model.keySet().stream()
                            .filter(n -> n.startsWith(folder + "/"))
                            .toList();
                    assertEquals(within.size(), store.deleteAll(key(folder)), where);
                    within.forEach(model::remove);
                }
            }
            default -> {
                byte[] expected = model.get(name);
                assertEquals(expected != null, store.find(key(name)).isPresent(), where);
                if (expected != null) {
                    assertArrayEquals(expected, read(store, name), where);
                }
            }
        }
        List<String> expected =
                model.keySet().stream().filter(n -> n.startsWith(folder + "/")).toList();
        assertEquals(expected, names(store, folder), where);
    }

    private static StoredArtifact put(ArtifactStore store, String name, byte[] content) {
        return store.put(key(name), content);
    }

    private static byte[] read(ArtifactStore store, String name) throws IOException {
        try (InputStream content = store.open(key(name))) {
            return content.readAllBytes();
        }
    }

    private static List<String> names(ArtifactStore store, String folder) {
        return store.list(key(folder)).stream().map(a -> a.key().value()).toList();
    }

    private static ArtifactKey key(String name) {
        return new ArtifactKey(name);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    private static byte[] filled(int value) {
        byte[] content = new byte[20_000];
        Arrays.fill(content, (byte) value);
        return content;
    }

    private static void join(Future<?> work) {
        try {
            work.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static final class FailingInputStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the source is gone");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("the source is gone");
        }
    }
}
