package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.upload.Upload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Row A4: pictures come in as an archive, which nobody trusts. */
class PictureArchiveTest {
    private static byte[] picture(int rgb) {
        BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, 9 * 7).forEach(i -> image.setRGB(i % 9, i / 9, rgb));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> colours() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("readme.txt", new byte[] {1});
        files.put("loose.png", picture(0));
        files.put("colours/red/1.png", picture(0xff0000));
        files.put("colours/red/2.PNG", picture(0xee0000));
        files.put("colours/blue/1.png", picture(0x0000ff));
        files.put("colours/blue/notes.txt", new byte[] {1});
        files.put("__MACOSX/colours/blue/._1.png", new byte[] {1});
        return files;
    }

    @Test
    void anArchiveThatWasUploadedBecomesADataSet() {
        try (Studio studio = Studio.inMemory()) {
            Upload upload =
                    studio.uploads().receive(studio.caller(), "colours.zip", new ByteArrayInputStream(zip(colours())));
            TrainingJobs jobs = TrainingJobs.of(studio);

            Job job = studio.jobs()
                    .await(
                            studio.caller(),
                            jobs.submitPictures(studio.caller(), upload.id(), 8, "colours"),
                            Duration.ofMinutes(1));

            assertEquals(JobState.SUCCEEDED, job.state(), job::toString);
            Dataset colours = studio.datasets().find("colours").orElseThrow();
            assertTrue(job.result().orElseThrow().contains(colours.id().toString()));
            assertEquals(
                    List.of(List.of("1.png", "red"), List.of("2.PNG", "red"), List.of("1.png", "blue")),
                    studio.query(List.of(colours), "SELECT file, \"of\" FROM colours")
                            .rows());
            assertTrue(studio.uploads().find(studio.caller(), upload.id()).isEmpty());
            StudioException gone = assertThrows(
                    StudioException.class, () -> jobs.submitPictures(studio.caller(), upload.id(), 8, "again"));
            assertEquals(ErrorCode.ENTRY_NOT_FOUND, gone.code());
        }
    }

    @Test
    void othersDoNotGetIt() {
        try (Studio studio = Studio.inMemory()) {
            Upload upload =
                    studio.uploads().receive(studio.caller(), "colours.zip", new ByteArrayInputStream(zip(colours())));
            Caller eve = new Caller(studio.caller().tenant(), "eve");

            StudioException refused = assertThrows(
                    StudioException.class, () -> TrainingJobs.of(studio).submitPictures(eve, upload.id(), 8, "stolen"));

            assertEquals(ErrorCode.ENTRY_NOT_FOUND, refused.code());
        }
    }

    private static StudioException refused(Studio studio, byte[] archive) {
        StudioException refused = assertThrows(
                StudioException.class,
                () -> PictureFolders.of(studio)
                        .loadArchive(
                                new ByteArrayInputStream(archive),
                                8,
                                "bad",
                                ProgressListener.NONE,
                                Cancellation.none()));
        assertEquals(List.of(), studio.datasets().list());
        return refused;
    }

    @Test
    void archivesThatAreWrongOrMeantToHarmAreRefused() {
        byte[] good = zip(colours());
        try (Studio studio = Studio.inMemory()) {
            assertEquals(
                    ErrorCode.PATH_REFUSED,
                    refused(studio, zip(Map.of("a/../../red/1.png", picture(0))))
                            .code());
            assertEquals(
                    ErrorCode.FILE_MALFORMED,
                    refused(studio, new byte[] {1, 2, 3, 4, 5}).code());
            int directory = new String(good, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
            for (int length : List.of(good.length / 4, directory, good.length - 30)) {
                StudioException cut = refused(studio, Arrays.copyOf(good, length));
                assertEquals(ErrorCode.FILE_MALFORMED, cut.code(), cut::getMessage);
            }
            assertEquals(
                    ErrorCode.FILE_HAS_NO_ROWS,
                    refused(studio, zip(Map.of("loose.png", picture(0)))).code());
            StudioException none = refused(studio, zip(Map.of("red/1.png", new byte[] {1, 2, 3})));
            assertEquals(ErrorCode.FILE_MALFORMED, none.code());
            assertTrue(none.what().contains("'red/1.png'"), none::what);
            // 30 KB that unpack to 31 MB
            StudioException bomb = refused(studio, zip(Map.of("red/1.png", new byte[31_000_000])));
            assertEquals(ErrorCode.LIMIT_EXCEEDED, bomb.code());
            Cancellation cancelled = Cancellation.create();
            cancelled.cancel();
            StudioException stopped = assertThrows(
                    StudioException.class,
                    () -> PictureFolders.of(studio)
                            .loadArchive(
                                    new ByteArrayInputStream(good), 8, "stopped", ProgressListener.NONE, cancelled));
            assertEquals(ErrorCode.CANCELLED, stopped.code());
            assertEquals(List.of(), studio.datasets().list());
        }
    }
}
