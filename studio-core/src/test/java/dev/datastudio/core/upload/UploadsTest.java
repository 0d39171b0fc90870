package dev.datastudio.core.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.dataset.ImportPreview;
import dev.datastudio.testkit.cache.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that are sent first and imported when they are first asked about (D1, D5, D6). */
class UploadsTest {
    private static final Caller ANN = new Caller("acme", "ann");

    private final SettableClock clock = new SettableClock(Instant.now());
    private Studio studio;
    private Uploads uploads;

    @BeforeEach
    void open() {
        studio = Studio.inMemory();
        uploads = Uploads.in(studio.metadata(), studio.artifacts(), studio.datasets(), clock, studio::temporaryFolder);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Test
    void aFileBecomesADataSetWhenItIsFirstAskedAbout() {
        Upload upload = uploads.begin(ANN, "sales.csv");
        studio.artifacts().put(upload.incoming(), content("region,sales\nNorth,10\nSouth,20\n"));

        Dataset dataset = uploads.dataset(ANN, upload.id());

        assertEquals("sales.csv", dataset.name());
        assertEquals(2, dataset.rowCount());
        assertEquals("acme/ann/uploads/" + upload.folder(), dataset.upload());
        assertTrue(studio.artifacts().find(upload.original()).isPresent());
        assertTrue(studio.artifacts().find(upload.incoming()).isEmpty());
        assertEquals(dataset, uploads.dataset(ANN, upload.id()));
        assertTrue(upload.id().matches("f_[a-z0-9]{20}"), upload::id);
    }

    @Test
    void theSameFileSentAgainIsTheDataSetThatIsThere() {
        Upload first = uploads.receive(ANN, "sales.csv", content("sales\n10\n"));
        Upload second = uploads.receive(ANN, "sales.csv", content("sales\n10\n"));

        Dataset dataset = uploads.dataset(ANN, first.id());

        assertEquals(dataset, uploads.dataset(ANN, second.id()));
        assertEquals("acme/ann/uploads/" + first.folder(), dataset.upload());
    }

    @Test
    void aFileOfSomebodyElseIsAnsweredAsOneThatIsNotThere() {
        Upload upload = uploads.receive(ANN, "sales.csv", content("sales\n10\n"));
        uploads.dataset(ANN, upload.id());

        for (Caller other : new Caller[] {new Caller("acme", "ben"), new Caller("other", "ann")}) {
            StudioException refused = assertThrows(StudioException.class, () -> uploads.dataset(other, upload.id()));
            StudioException unknown = assertThrows(
                    StudioException.class,
                    () -> uploads.dataset(other, upload.id().replace("f_", "f_x")));

            assertEquals(ErrorCode.FILE_NOT_FOUND, refused.code());
            assertEquals(unknown.getMessage().replace("f_x", "f_"), refused.getMessage(), "both read alike");
        }
    }

    @Test
    void aFileThatWasNotSentOrWhoseDataSetWasDeletedIsNotThere() {
        Upload announced = uploads.begin(ANN, "late.csv");
        Upload deleted = uploads.receive(ANN, "sales.csv", content("sales\n10\n"));
        studio.datasets().as(ANN).delete(uploads.dataset(ANN, deleted.id()).id());

        StudioException late = assertThrows(StudioException.class, () -> uploads.dataset(ANN, announced.id()));
        StudioException gone = assertThrows(StudioException.class, () -> uploads.dataset(ANN, deleted.id()));

        assertEquals("The file '" + announced.id() + "' was not sent yet", late.what());
        assertEquals("There is no file '" + deleted.id() + "'", gone.what());
    }

    @Test
    void aBrokenFileSaysWhatIsWrongEachTime() {
        Upload upload = uploads.receive(ANN, "broken.csv", content("a,b\n1,2\n3,4,5\n"));

        for (int i = 0; i < 2; i++) {
            StudioException broken = assertThrows(StudioException.class, () -> uploads.dataset(ANN, upload.id()));

            assertEquals(ErrorCode.FILE_MALFORMED, broken.code());
            assertTrue(broken.what().startsWith("Line 3 of"), broken::what);
        }
    }

    @Test
    void whatWasSentAndNeverAskedAboutGoesAfterADay() {
        Upload forgotten = uploads.receive(ANN, "old.csv", content("sales\n10\n"));
        clock.advance(Uploads.KEPT.plus(Duration.ofMinutes(5)));
        uploads.begin(ANN, "new.csv");

        assertFalse(studio.artifacts().find(forgotten.incoming()).isPresent());
    }

    @Test
    void aNameThatNoDataSetCanHaveIsRefusedAtOnce() {
        for (String name : new String[] {"", "../../etc/passwd", "a\\b.csv", "a\u0000b.csv", "x".repeat(300)}) {
            StudioException refused = assertThrows(StudioException.class, () -> uploads.begin(ANN, name));

            assertEquals(ErrorCode.INVALID_NAME, refused.code());
        }
    }

    @Test
    void aFileIsLookedAtBeforeItIsImportedAndTakenBack() {
        Upload upload = uploads.receive(ANN, "sales.csv", content("code,sales\n007,10\n008,20\n009,many\n"));
        ImportOptions asNumbers = ImportOptions.builder()
                .types(Map.of("sales", ColumnType.INTEGER))
                .maxRejectedRows(1)
                .build();

        ImportPreview plain = uploads.preview(ANN, upload.id(), ImportOptions.DEFAULT, 2);
        ImportPreview typed = uploads.preview(ANN, upload.id(), asNumbers, 10);

        assertEquals(List.of(List.of("007", "10"), List.of("008", "20")), plain.rows());
        assertEquals(3, plain.report().storedRows());
        assertEquals(ColumnType.TEXT, plain.columns().get(1).type());
        assertEquals(ColumnType.INTEGER, typed.columns().get(1).type());
        assertEquals(1, typed.report().rejectedRows());
        assertEquals(4, typed.report().firstRejected().get(0).line());
        assertEquals(List.of(), studio.as(ANN).datasets().list());
        assertFalse(uploads.discard(new Caller("acme", "ben"), upload.id()));
        assertTrue(uploads.discard(ANN, upload.id()));
        assertTrue(studio.artifacts().find(upload.incoming()).isEmpty());
        assertEquals(
                ErrorCode.FILE_NOT_FOUND,
                assertThrows(StudioException.class, () -> uploads.preview(ANN, upload.id(), ImportOptions.DEFAULT, 1))
                        .code());
    }
}
