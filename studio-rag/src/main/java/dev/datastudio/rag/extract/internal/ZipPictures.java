package dev.datastudio.rag.extract.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Looks for pictures in a packed document. */
final class ZipPictures {
    private static final Pattern PICTURE = Pattern.compile(".*\\.(png|jpe?g|gif|tiff?|bmp|emf|wmf|webp|jp2)");

    private ZipPictures() {}

    static boolean in(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream()
                    .map(part -> part.getName().toLowerCase(Locale.ROOT))
                    .anyMatch(name ->
                            !name.contains("thumbnail") && PICTURE.matcher(name).matches());
        } catch (IOException e) {
            return false; // it was read before, so this says only that it changed since
        }
    }
}
