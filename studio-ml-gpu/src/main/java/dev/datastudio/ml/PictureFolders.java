package dev.datastudio.ml;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.internal.PictureArchive;
import dev.datastudio.ml.prepare.internal.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;

/**
 * Makes data sets of folders of pictures, a folder a class, for deep models that read pictures.
 *
 * <pre>{@code
 * Dataset shapes = PictureFolders.of(studio).load(Path.of("shapes"), 64, "shapes"); // shapes/ring/1.png, shapes/cross/2.jpg
 * Training.of(studio).train(shapes, TrainingSpec.predicting("of").from("picture").with(ConvolutionalNetwork.DEFAULT));
 * }</pre>
 *
 * <p>Works as long as the studio is open. Thread-safe.
 */
public final class PictureFolders {
    private static final long MAX_BYTES = PictureArchive.MAX_BYTES;
    private static final int MAX_FILES = 200_000;
    private static final int MAX_SIZE = 512;
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

    private final Studio studio;
    private final Caller caller;

    private PictureFolders(Studio studio, Caller caller) {
        this.studio = studio;
        this.caller = caller;
    }

    /** On behalf of the studio's own caller. */
    public static PictureFolders of(Studio studio) {
        return new PictureFolders(studio, studio.caller());
    }

    /** On behalf of another caller, such as the user of a request. */
    public PictureFolders as(Caller who) {
        return new PictureFolders(studio, Objects.requireNonNull(who, "who"));
    }

    private record Row(String file, String picture, String of) {}

    /**
     * Reads the pictures of each folder within a folder, links not followed, in the order of their names. The data set has
     * the columns {@code file}, {@code picture} (a PNG in Base64) and {@code of}, the name of the folder. Other files than
     * PNG, JPEG, GIF and BMP by their ending are passed over.
     *
     * @param size points a side that pictures are brought to, from 4 to 512
     * @param name of the data set
     * @throws StudioException with {@link ErrorCode#FILE_NOT_FOUND} when there is no such folder; {@link
     *     ErrorCode#FILE_HAS_NO_ROWS} when no folder in it has a picture; {@link ErrorCode#FILE_MALFORMED} naming a file that
     *     is no picture or has more than 50 million points; {@link ErrorCode#LIMIT_EXCEEDED} for more than 200,000 files or
     *     one of more than 30 MB
     */
    public Dataset load(Path folder, int size, String name) {
        requireSize(size);
        List<Path> files = files(folder);
        return studio.datasets().as(caller).importRecords(name, files.stream().map(file -> row(file, size)));
    }

    /**
     * As {@link #load}, of a ZIP archive whose files lie in folders, the innermost of which tells what they are of. It is
     * read as a stream, and nothing is unpacked to a disk; what is no picture by its ending, or lies in no folder, is
     * passed over.
     *
     * @param archive is read to its end, and stays open
     * @param cancellation ends it between two pictures
     * @throws StudioException as {@link #load}; {@link ErrorCode#FILE_MALFORMED} also when it is no archive or a damaged
     *     one, {@link ErrorCode#PATH_REFUSED} when a name leads out of it, {@link ErrorCode#LIMIT_EXCEEDED} also when it
     *     unpacks to more than 8 GiB; {@link ErrorCode#CANCELLED}. Nothing is kept then
     */
    public Dataset loadArchive(
            InputStream archive, int size, String name, ProgressListener progress, Cancellation cancellation) {
        requireSize(size);
        PictureArchive pictures = new PictureArchive(archive, PictureFolders::isPicture);
        if (!pictures.hasNext()) {
            throw new StudioException(
                    ErrorCode.FILE_HAS_NO_ROWS,
                    "No folder in the archive has a picture",
                    "Put pictures of each class into a folder of its own, as PNG, JPEG, GIF or BMP");
        }
        AtomicLong done = new AtomicLong();
        Iterable<PictureArchive.Picture> all = () -> pictures;
        Stream<Row> rows = StreamSupport.stream(all.spliterator(), false).map(each -> {
            cancellation.throwIfCancelled();
            progress.onProgress(new Progress("reading pictures", done.incrementAndGet(), -1, "pictures"));
            return row(each.of() + "/" + each.file(), each.file(), each.of(), each.content(), size);
        });
        return studio.datasets().as(caller).importRecords(name, rows);
    }

    static void requireSize(int size) {
        if (size < 4 || size > MAX_SIZE) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Pictures can't have " + size + " points a side",
                    "Use 4 to " + MAX_SIZE);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "There is no folder " + StudioException.quote(folder),
                    "Name a folder that has a folder of pictures for each class");
        }
        List<Path> files;
        try (Stream<Path> all = Files.find(folder, 2, (path, about) -> about.isRegularFile() && isPicture(path))) {
            files = all.filter(file -> !folder.equals(file.getParent()))
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The folder " + StudioException.quote(folder) + " can't be read: " + e.getMessage(),
                    "Let this process read it",
                    e);
        }
        if (files.isEmpty()) {
            throw new StudioException(
                    ErrorCode.FILE_HAS_NO_ROWS,
                    "No folder in " + StudioException.quote(folder) + " has a picture",
                    "Put pictures of each class into a folder of its own, as PNG, JPEG, GIF or BMP");
        }
        if (files.size() > MAX_FILES) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "There are more than " + MAX_FILES + " pictures in " + StudioException.quote(folder),
                    "Load a part of them");
        }
        return files;
    }

    private static boolean isPicture(Path path) {
        return isPicture(path.toString());
    }

    private static boolean isPicture(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static Row row(Path file, int size) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new StudioException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "The picture " + StudioException.quote(file) + " has " + Files.size(file) + " bytes",
                        "Make it smaller: " + MAX_BYTES + " are the most");
            }
            return row(
                    file.toString(),
                    String.valueOf(file.getFileName()),
                    String.valueOf(Objects.requireNonNull(file.getParent()).getFileName()),
                    Files.readAllBytes(file),
                    size);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The file " + StudioException.quote(file) + " can't be read: " + e.getMessage(),
                    "Let this process read it",
                    e);
        }
    }

    private static Row row(String file, String name, String of, byte[] content, int size) {
        try {
            BufferedImage picture = Pictures.scaled(Pictures.read(content), size);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", out);
            return new Row(name, Base64.getEncoder().encodeToString(out.toByteArray()), of);
        } catch (IOException | IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "The file " + StudioException.quote(file) + " can't be read as a picture: " + e.getMessage(),
                    "Remove it, or give a file of PNG, JPEG, GIF or BMP",
                    e);
        }
    }
}
