package dev.datastudio.core.chart.internal;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints a scene into pixels. Needs no screen. Not thread-safe; one for each picture. */
final class Raster {
    private final Graphics2D graphics;
    private final Fonts fonts;

    private Raster(Graphics2D graphics, Fonts fonts) {
        this.graphics = graphics;
        this.fonts = fonts;
    }

    /** The picture with so many image pixels to a layout pixel, as 0xRRGGBB. */
    static BufferedImage paint(Scene scene, double scale, Fonts fonts) {
        int width = (int) Math.round(scene.width() * scale);
        int height = (int) Math.round(scene.height() * scale);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.scale(scale, scale);
            Raster raster = new Raster(graphics, fonts);
            for (Mark mark : scene.marks()) {
                raster.paint(mark);
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private void paint(Mark mark) {
        if (mark instanceof Mark.Rect rect) {
            rect(rect);
        } else if (mark instanceof Mark.Path path) {
            path(path);
        } else if (mark instanceof Mark.Disc disc) {
            disc(disc);
        } else if (mark instanceof Mark.Sector sector) {
            sector(sector);
        } else if (mark instanceof Mark.Text text) {
            text(text);
        } else {
            throw new AssertionError(mark);
        }
    }

    private void rect(Mark.Rect rect) {
        graphics.setColor(colour(rect.fill(), rect.opacity()));
        graphics.fill(new Rectangle2D.Double(rect.x(), rect.y(), rect.width(), rect.height()));
    }

    private void path(Mark.Path path) {
        List<Double> corners = path.corners();
        Path2D.Double shape = new Path2D.Double();
        shape.moveTo(corners.get(0), corners.get(1));
        for (int i = 2; i < corners.size(); i += 2) {
            shape.lineTo(corners.get(i), corners.get(i + 1));
        }
        graphics.setColor(colour(path.colour(), path.opacity()));
        if (path.fill() == Mark.Paint.FILL) {
            shape.closePath();
            graphics.fill(shape);
        } else {
            graphics.setStroke(stroke(path));
            graphics.draw(shape);
        }
    }

    private static BasicStroke stroke(Mark.Path path) {
        float width = (float) path.strokeWidth();
        int cap = path.corners().size() == 4 ? BasicStroke.CAP_BUTT : BasicStroke.CAP_ROUND;
        if (path.dash().isEmpty()) {
            return new BasicStroke(width, cap, BasicStroke.JOIN_ROUND);
        }
        float[] dash = new float[path.dash().size()];
        for (int i = 0; i < dash.length; i++) {
            dash[i] = path.dash().get(i).floatValue();
        }
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    private void disc(Mark.Disc disc) {
        double size = 2 * disc.radius();
        Ellipse2D.Double circle = new Ellipse2D.Double(disc.x() - disc.radius(), disc.y() - disc.radius(), size, size);
        graphics.setColor(colour(disc.fill(), disc.opacity()));
        graphics.fill(circle);
        if (disc.rimWidth() > 0) {
            graphics.setColor(colour(disc.rim(), disc.opacity()));
            graphics.setStroke(new BasicStroke((float) disc.rimWidth()));
            graphics.draw(circle);
        }
    }

    private void sector(Mark.Sector sector) {
        double size = 2 * sector.radius();
        double x = sector.x() - sector.radius();
        double y = sector.y() - sector.radius();
        graphics.setColor(colour(sector.fill(), 1));
        graphics.fill(
                sector.sweepDegrees() >= 360
                        ? new Ellipse2D.Double(x, y, size, size)
                        : new Arc2D.Double(
                                x, y, size, size, 90 - sector.fromDegrees(), -sector.sweepDegrees(), Arc2D.PIE));
    }

    private void text(Mark.Text text) {
        graphics.setColor(colour(text.colour(), 1));
        graphics.setFont(fonts.font(text.size(), text.weight()));
        double width = fonts.width(text.text(), text.size(), text.weight());
        double shift = text.anchor() == Mark.Anchor.START ? 0 : text.anchor() == Mark.Anchor.MIDDLE ? width / 2 : width;
        if (text.rotation() == 0) {
            graphics.drawString(text.text(), (float) (text.x() - shift), (float) text.y());
            return;
        }
        AffineTransform before = graphics.getTransform();
        graphics.rotate(Math.toRadians(text.rotation()), text.x(), text.y());
        graphics.drawString(text.text(), (float) (text.x() - shift), (float) text.y());
        graphics.setTransform(before);
    }

    private static Color colour(int rgb, double opacity) {
        return opacity >= 1
                ? new Color(rgb)
                : new Color((rgb & 0xFFFFFF) | ((int) Math.round(opacity * 255) << 24), true);
    }
}
