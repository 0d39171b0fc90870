package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.fetch.Fetch;
import dev.datastudio.core.fetch.FetchOptions;
import dev.datastudio.core.fetch.Kaggle;
import dev.datastudio.core.fetch.KaggleRef;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.fetch.WebServer;
import dev.datastudio.testkit.OutsideData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteImportTest {
    private static final byte[] CSV = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    private static final String DOWNLOAD = "/api/v1/datasets/download/";

    @TempDir
    Path folder;

    private final WebServer server = new WebServer();
    private final Fetch fetch = Fetch.with(UrlGuard.DEFAULT.allowing("localhost"));
    private DatasetsFixture studio;

    @BeforeEach
    void open() {
        studio = new DatasetsFixture(folder);
    }

    @AfterEach
    void close() {
        studio.close();
        server.close();
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(("file\n" + name.replaceAll("[^a-z]", "") + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void importsWhatAServerCallsAFile() {
        server.serve("/x", CSV, Map.of("Content-Disposition", "attachment; filename=\"../sales.csv\""));
        List<Progress> reports = new ArrayList<>();
        ImportOptions options = ImportOptions.builder().progress(reports::add).build();

        Dataset dataset = studio.datasets().importUrl(server.uri("/x?token=secret"), fetch, options);
        Dataset again = studio.datasets().importUrl(server.uri("/x?token=other"), fetch, options);

        assertEquals("sales.csv", dataset.name());
        assertEquals(Origin.of(Origin.URL, "http://localhost:" + server.port() + "/x"), dataset.origin());
        assertEquals(dataset, again);
        assertEquals("fetching", reports.get(0).stage());
        studio.assertClean(1);
    }

    @Test
    void makesAChangedFileTheNextVersion() {
        server.serve("/1/sales.csv", CSV, Map.of());
        server.serve("/2/sales.csv", "a,b\n3,4\n".getBytes(StandardCharsets.UTF_8), Map.of());

        studio.datasets().importUrl(server.uri("/1/sales.csv"), fetch, ImportOptions.DEFAULT);
        Dataset second = studio.datasets().importUrl(server.uri("/2/sales.csv"), fetch, ImportOptions.DEFAULT);

        assertEquals(2, second.version());
    }

    @Test
    void refusesAddressesOfThisMachineUnlessTheProgramAllowsThem() {
        server.serve("/sales.csv", CSV, Map.of());

        StudioException error =
                assertThrows(StudioException.class, () -> studio.datasets().importUrl(server.uri("/sales.csv")));

        assertEquals(ErrorCode.URL_REFUSED, error.code());
        assertEquals(List.of(), server.requests());
        studio.assertClean(0);
    }

    @Test
    void refusesAPageThatIsNoData() {
        server.serve("/x.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0}, Map.of("Content-Type", "image/png"));

        StudioException error = assertThrows(
                StudioException.class,
                () -> studio.datasets().importUrl(server.uri("/x.png"), fetch, ImportOptions.DEFAULT));

        assertEquals(ErrorCode.FILE_IS_BINARY, error.code());
        studio.assertClean(0);
    }

    private Kaggle kaggle(Kaggle login) {
        return login.at(fetch, server.uri("/api/v1/"));
    }

    @Test
    void importsEachFileOfAKaggleDataset() throws IOException {
        server.redirect(
                DOWNLOAD + "owner/name",
                server.uri("/storage/archive.zip?signature=1").toString());
        server.serve("/storage/archive.zip", zip("one.csv", "deep/two.csv", "readme.md", "nested.zip"), Map.of());

        List<Dataset> datasets = studio.datasets()
                .importKaggle(
                        kaggle(Kaggle.as("me", Secret.of("canary-key"))),
                        KaggleRef.parse("https://www.kaggle.com/datasets/owner/name"),
                        ImportOptions.DEFAULT);

        assertEquals(
                List.of("one.csv", "two.csv"),
                datasets.stream().map(Dataset::name).toList());
        assertEquals(
                Origin.of(Origin.KAGGLE, "owner/name/two.csv"), datasets.get(1).origin());
        assertTrue(
                server.requests().get(0).startsWith(DOWNLOAD + "owner/name Basic "),
                server.requests().toString());
        assertEquals("/storage/archive.zip?signature=1", server.requests().get(1));
        studio.assertClean(2);
    }

    @Test
    void importsOneFileThatComesPlainOrZipped() throws IOException {
        server.serve(DOWNLOAD + "owner/name/my file.csv", CSV, Map.of());
        server.serve(DOWNLOAD + "owner/big/big.csv", zip("big.csv"), Map.of("Content-Type", "application/zip"));

        Dataset plain = studio.datasets()
                .importKaggle(
                        kaggle(Kaggle.anonymous()), KaggleRef.parse("owner/name/my file.csv"), ImportOptions.DEFAULT)
                .get(0);
        Dataset zipped = studio.datasets()
                .importKaggle(kaggle(Kaggle.anonymous()), KaggleRef.parse("owner/big/big.csv"), ImportOptions.DEFAULT)
                .get(0);

        assertEquals("my file.csv", plain.name());
        assertEquals("big.csv", zipped.name());
        assertFalse(server.requests().get(0).contains("Basic"));
    }

    @Test
    void listsTheFilesOfAKaggleDataset() {
        server.on("/api/v1/datasets/list/owner/name", exchange -> {
            boolean first = exchange.getRequestURI().getQuery() == null;
            String json = first
                    ? "{\"datasetFiles\":[{\"name\":\"a.csv\",\"totalBytes\":5}],\"nextPageToken\":\"n/2\"}"
                    : "{\"datasetFiles\":[{\"name\":\"b.csv\"}],\"nextPageToken\":\"\"}";
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        assertEquals(
                List.of(new Kaggle.KaggleFile("a.csv", 5), new Kaggle.KaggleFile("b.csv", -1)),
                kaggle(Kaggle.anonymous()).files(KaggleRef.of("owner", "name"), folder, FetchOptions.DEFAULT));
    }

    @Test
    void saysWhatKaggleRefusesWithoutTheKey() {
        server.status(DOWNLOAD + "owner/private", 403).status(DOWNLOAD + "owner/nothing", 404);
        Kaggle login = kaggle(Kaggle.as("me", Secret.of("canary-key")));

        StudioException refused = assertThrows(
                StudioException.class,
                () -> studio.datasets().importKaggle(login, KaggleRef.of("owner", "private"), ImportOptions.DEFAULT));
        StudioException anonymous = assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importKaggle(
                                kaggle(Kaggle.fromEnvironment(Map.of("KAGGLE_USERNAME", "me"))),
                                KaggleRef.of("owner", "private"),
                                ImportOptions.DEFAULT));
        StudioException missing = assertThrows(
                StudioException.class,
                () -> studio.datasets().importKaggle(login, KaggleRef.of("owner", "nothing"), ImportOptions.DEFAULT));

        assertEquals(ErrorCode.SOURCE_INVALID, refused.code());
        assertTrue(anonymous.mend().contains("KAGGLE_KEY"), anonymous.mend());
        assertEquals(ErrorCode.SOURCE_NOT_FOUND, missing.code());
        for (StudioException error : List.of(refused, anonymous, missing)) {
            assertFalse(error.getMessage().contains("canary"), error.getMessage());
            assertFalse(String.valueOf(error.getCause()).contains("canary"));
        }
        studio.assertClean(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil.csv", "a/../../evil.csv", "/etc/evil.csv", "..\\evil.csv", "C:\\evil.csv", "C:evil.csv"
            })
    void refusesAnArchiveThatLeadsOutOfItself(String name) throws IOException {
        server.serve(DOWNLOAD + "owner/slip", zip("good.csv", name), Map.of());

        StudioException error = assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importKaggle(
                                kaggle(Kaggle.anonymous()), KaggleRef.of("owner", "slip"), ImportOptions.DEFAULT));

        assertEquals(ErrorCode.PATH_REFUSED, error.code());
        studio.assertClean(0);
    }

    @Test
    void refusesABombAndAnArchiveWithoutData() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bomb)) {
            out.putNextEntry(new ZipEntry("zeros.csv"));
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(block);
            }
        }
        server.serve(DOWNLOAD + "owner/bomb", bomb.toByteArray(), Map.of());
        server.serve(DOWNLOAD + "owner/pictures", zip("a.png", "b.zip"), Map.of());

        for (Map.Entry<String, ErrorCode> bad : Map.of(
                        "bomb", ErrorCode.LIMIT_EXCEEDED, "pictures", ErrorCode.FILE_FORMAT_UNKNOWN)
                .entrySet()) {
            StudioException error = assertThrows(
                    StudioException.class,
                    () -> studio.datasets()
                            .importKaggle(
                                    kaggle(Kaggle.anonymous()),
                                    KaggleRef.of("owner", bad.getKey()),
                                    ImportOptions.DEFAULT));
            assertEquals(bad.getValue(), error.code());
        }
        studio.assertClean(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hostile/droste.zip",
                "made/zip-slip.zip",
                "hostile/testZIP_corrupted_oom.zip",
                "hostile/quine.gz"
            })
    void refusesHostileArchives(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(OutsideData.require("data/docs/" + file));
        server.serve(DOWNLOAD + "owner/hostile", bytes, Map.of());

        assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importKaggle(
                                kaggle(Kaggle.anonymous()), KaggleRef.of("owner", "hostile"), ImportOptions.DEFAULT));
        studio.assertClean(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "owner", "../x/y", "a/b?c=..", "a b/c", "owner/na me"})
    void refusesWhatNamesNoKaggleDataset(String text) {
        if (text.equals("a/b?c=..")) {
            assertEquals(KaggleRef.of("a", "b"), KaggleRef.parse(text));
        } else {
            assertThrows(IllegalArgumentException.class, () -> KaggleRef.parse(text));
        }
        assertEquals(URI.create("https://www.kaggle.com/api/v1/"), Kaggle.API);
    }
}
