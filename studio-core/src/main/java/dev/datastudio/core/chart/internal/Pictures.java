package dev.datastudio.core.chart.internal;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Scenes as files. Thread-safe. */
public final class Pictures {
    private Pictures() {}

    /** The scene as PNG. */
    public static byte[] png(Scene scene, double scale, Fonts fonts) {
        return PngWriter.write(Raster.paint(scene, scale, fonts), scale);
    }

    /** Scenes of one size beside and below each other as one PNG. */
    public static byte[] png(List<Scene> scenes, int columns, double scale, Fonts fonts) {
        BufferedImage first = Raster.paint(scenes.get(0), scale, fonts);
        int across = Math.min(columns, scenes.size());
        int down = (scenes.size() + across - 1) / across;
        BufferedImage sheet =
                new BufferedImage(first.getWidth() * across, first.getHeight() * down, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            for (int i = 0; i < scenes.size(); i++) {
                BufferedImage one = i == 0 ? first : Raster.paint(scenes.get(i), scale, fonts);
                graphics.drawImage(one, i % across * first.getWidth(), i / across * first.getHeight(), null);
            }
        } finally {
            graphics.dispose();
        }
        return PngWriter.write(sheet, scale);
    }

    /** The scene as SVG. */
    public static byte[] svg(Scene scene) {
        return SvgWriter.write(scene);
    }
}
