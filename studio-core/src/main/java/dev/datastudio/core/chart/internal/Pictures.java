package dev.datastudio.core.chart.internal;

/** Scenes as files. Thread-safe. */
public final class Pictures {
    private Pictures() {}

    /** The scene as PNG. */
    public static byte[] png(Scene scene, double scale, Fonts fonts) {
        return PngWriter.write(Raster.paint(scene, scale, fonts), scale);
    }

    /** The scene as SVG. */
    public static byte[] svg(Scene scene) {
        return SvgWriter.write(scene);
    }
}
