package dev.datastudio.ml.prepare.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads pictures that came as Base64 of a file. Thread-safe. */
public final class Pictures {
    /** The points of the largest picture that is decoded: a small file may claim to have billions. */
    public static final long MAX_POINTS = 50_000_000;

    private static final int MAX_CHARACTERS = 40_000_000;

    private Pictures() {}

    /** How many numbers a picture has. */
    static int points(int size, boolean isGrey) {
        return size * size * (isGrey ? 1 : 3);
    }

    /** Whether a text begins as a file of PNG, JPEG, GIF or BMP does in Base64. */
    static boolean isPicture(String text) {
        return text.startsWith("iVBORw0KGgo")
                || text.startsWith("/9j/")
                || text.startsWith("R0lGOD")
                || text.startsWith("Qk");
    }

    /**
     * Writes the points of a picture, from -1 to 1, each colour row by row; of a missing one zeros.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it is no picture
     */
    static void points(String column, String text, int size, boolean isGrey, double[] out, int at) {
        java.util.Arrays.fill(out, at, at + points(size, isGrey), 0);
        if (text.isEmpty()) {
            return;
        }
        BufferedImage picture = scaled(decoded(column, text), size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int rgb = picture.getRGB(x, y);
                double red = (rgb >> 16 & 255) / 127.5 - 1;
                double green = (rgb >> 8 & 255) / 127.5 - 1;
                double blue = (rgb & 255) / 127.5 - 1;
                int place = at + y * size + x;
                if (isGrey) {
                    out[place] = 0.299 * red + 0.587 * green + 0.114 * blue;
                } else {
                    out[place] = red;
                    out[place + size * size] = green;
                    out[place + 2 * size * size] = blue;
                }
            }
        }
    }

    private static BufferedImage decoded(String column, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw wrong(column, "holds a picture of " + text.length() + " characters", null);
        }
        try {
            return read(Base64.getMimeDecoder().decode(text));
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(column, "holds something that is no picture: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the file of a picture.
     *
     * @throws IOException when it is none, or has more than {@link #MAX_POINTS}
     */
    public static BufferedImage read(byte[] file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("it is neither PNG, JPEG, GIF nor BMP");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long points = (long) reader.getWidth(0) * reader.getHeight(0);
                if (points > MAX_POINTS) {
                    throw new IOException("it has " + points + " points, and " + MAX_POINTS + " are the most");
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The whole picture in a square. Halved until it is near, since one large step would leave points out. */
    public static BufferedImage scaled(BufferedImage picture, int size) {
        BufferedImage current = picture;
        while (current.getWidth() >= 2 * size && current.getHeight() >= 2 * size) {
            current = drawn(current, current.getWidth() / 2, current.getHeight() / 2);
        }
        return drawn(current, size, size);
    }

    private static BufferedImage drawn(BufferedImage picture, int width, int height) {
        BufferedImage to = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = to.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(picture, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return to;
    }

    private static StudioException wrong(
            String column, String what, @org.jspecify.annotations.Nullable Exception cause) {
        String whole = "The column " + StudioException.quote(column) + " " + what;
        String mend = "Give files of PNG, JPEG, GIF or BMP as Base64, or null for a picture that is missing";
        return cause == null
                ? new StudioException(ErrorCode.INVALID_ARGUMENT, whole, mend)
                : new StudioException(ErrorCode.INVALID_ARGUMENT, whole, mend, cause);
    }
}
