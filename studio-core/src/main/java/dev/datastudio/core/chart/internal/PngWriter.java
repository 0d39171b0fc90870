package dev.datastudio.core.chart.internal;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes pixels as PNG (W3C Recommendation, "Portable Network Graphics", second edition).
 *
 * <p>The JDK's own writer looks for plug-ins and colour profiles first, which costs a fresh JVM more than the whole
 * chart. Charts are flat, so two filters are enough: {@code up} where a row repeats the one above it, else none.
 */
final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final double METRES_PER_INCH = 0.0254;
    private static final double LAYOUT_DPI = 96;
    private static final int LEVEL = 5;
    private static final byte NONE = 0;
    private static final byte UP = 2;

    private PngWriter() {}

    /**
     * The image as a PNG file.
     *
     * @param image of type {@link BufferedImage#TYPE_INT_RGB}
     * @param scale image pixels to a layout pixel; written as the resolution
     */
    static byte[] write(BufferedImage image, double scale) {
        ByteArrayOutputStream png = new ByteArrayOutputStream(64 * 1024);
        png.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(image.getWidth()).putInt(image.getHeight());
        header.put((byte) 8).put((byte) 2).put((byte) 0).put((byte) 0).put((byte) 0);
        chunk(png, "IHDR", header.array(), 13);
        int perMetre = (int) Math.round(LAYOUT_DPI * scale / METRES_PER_INCH);
        byte[] resolution = ByteBuffer.allocate(9)
                .putInt(perMetre)
                .putInt(perMetre)
                .put((byte) 1)
                .array();
        chunk(png, "pHYs", resolution, 9);
        pixels(png, image);
        chunk(png, "IEND", new byte[0], 0);
        return png.toByteArray();
    }

    private static void pixels(ByteArrayOutputStream png, BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] rgb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        byte[] rows = new byte[(width * 3 + 1) * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int start = y * width;
            boolean repeats = y > 0 && Arrays.equals(rgb, start, start + width, rgb, start - width, start);
            rows[at++] = repeats ? UP : NONE;
            if (repeats) {
                at += width * 3;
                continue;
            }
            for (int x = start; x < start + width; x++) {
                int pixel = rgb[x];
                rows[at++] = (byte) (pixel >> 16);
                rows[at++] = (byte) (pixel >> 8);
                rows[at++] = (byte) pixel;
            }
        }
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(rows);
            deflater.finish();
            byte[] buffer = new byte[64 * 1024];
            while (!deflater.finished()) {
                chunk(png, "IDAT", buffer, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data, 0, length);
        png.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        png.writeBytes(name);
        png.write(data, 0, length);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
