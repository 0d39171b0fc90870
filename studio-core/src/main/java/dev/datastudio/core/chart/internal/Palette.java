package dev.datastudio.core.chart.internal;

import java.util.Locale;

/**
 * The colours of all charts, in pictures and in the browser.
 *
 * <p>The series colours are those of M. Okabe and K. Ito, "Color Universal Design" (2008), told apart by people with
 * any of the usual colour-vision deficiencies; the yellow, too pale for lines on white, is darkened, and two more
 * shades follow.
 */
public final class Palette {
    public static final int WHITE = 0xFFFFFF;
    public static final int INK = 0x22262B;
    public static final int TEXT = 0x444B54;
    public static final int QUIET = 0x6B7480;
    public static final int GRID = 0xE7E9EC;
    public static final int AXIS = 0xA9AFB7;
    public static final int ZERO = 0x8B929B;

    private static final int[] SERIES = {
        0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0xB8A200, 0x7F7F7F, 0x5B3A8E, 0x8C5A2B
    };

    private Palette() {}

    /** The colour of a series; starts again after ten. */
    public static int series(int index) {
        return SERIES[index % SERIES.length];
    }

    /** How many different colours series have. */
    public static int size() {
        return SERIES.length;
    }

    /** A colour mixed with white; 0 leaves it, 1 is white. */
    public static int tint(int colour, double white) {
        return (mix(colour >> 16 & 255, white) << 16) | (mix(colour >> 8 & 255, white) << 8) | mix(colour & 255, white);
    }

    /** White or ink, whichever is read better on a colour. */
    public static int inkOn(int colour) {
        double luminance = 0.299 * (colour >> 16 & 255) + 0.587 * (colour >> 8 & 255) + 0.114 * (colour & 255);
        return luminance > 150 ? INK : WHITE;
    }

    /** As CSS writes it: {@code #0072b2}. */
    public static String hex(int colour) {
        String digits = Integer.toHexString(colour & 0xFFFFFF).toLowerCase(Locale.ROOT);
        return "#" + "000000".substring(digits.length()) + digits;
    }

    private static int mix(int channel, double white) {
        return (int) Math.round(channel + (255 - channel) * white);
    }
}
