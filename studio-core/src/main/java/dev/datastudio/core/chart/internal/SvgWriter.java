package dev.datastudio.core.chart.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a scene as SVG 1.1: plain shapes and text, no scripts, no styles, nothing that is loaded from elsewhere. */
final class SvgWriter {
    private final StringBuilder svg = new StringBuilder(16 * 1024);

    private SvgWriter() {}

    static byte[] write(Scene scene) {
        SvgWriter writer = new SvgWriter();
        writer.document(scene);
        return writer.svg.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void document(Scene scene) {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        number("width", scene.width());
        number("height", scene.height());
        svg.append(" viewBox=\"0 0 ");
        append(scene.width());
        svg.append(' ');
        append(scene.height());
        svg.append("\" role=\"img\" font-family=\"").append(Fonts.CSS_FAMILIES).append("\">\n");
        element("title", scene.title());
        element("desc", scene.description());
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (Mark mark : scene.marks()) {
            mark(mark);
        }
        svg.append("</svg>\n");
    }

    private void mark(Mark mark) {
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
        svg.append("<rect");
        number("x", rect.x());
        number("y", rect.y());
        number("width", rect.width());
        number("height", rect.height());
        fill(rect.fill(), rect.opacity());
        svg.append("/>\n");
    }

    private void path(Mark.Path path) {
        svg.append("<path d=\"M");
        List<Double> corners = path.corners();
        for (int i = 0; i < corners.size(); i += 2) {
            svg.append(i == 0 ? "" : " L");
            append(corners.get(i));
            svg.append(' ');
            append(corners.get(i + 1));
        }
        if (path.fill() == Mark.Paint.FILL) {
            svg.append(" Z\"");
            fill(path.colour(), path.opacity());
        } else {
            svg.append("\" fill=\"none\"");
            stroke(path.colour(), path.strokeWidth(), path.opacity());
            svg.append(" stroke-linejoin=\"round\"");
            if (!path.dash().isEmpty()) {
                svg.append(" stroke-dasharray=\"");
                for (int i = 0; i < path.dash().size(); i++) {
                    svg.append(i == 0 ? "" : " ");
                    append(path.dash().get(i));
                }
                svg.append('"');
            }
        }
        svg.append("/>\n");
    }

    private void disc(Mark.Disc disc) {
        svg.append("<circle");
        number("cx", disc.x());
        number("cy", disc.y());
        number("r", disc.radius());
        fill(disc.fill(), disc.opacity());
        if (disc.rimWidth() > 0) {
            stroke(disc.rim(), disc.rimWidth(), disc.opacity());
        }
        svg.append("/>\n");
    }

    private void sector(Mark.Sector sector) {
        if (sector.sweepDegrees() >= 360) {
            disc(new Mark.Disc(sector.x(), sector.y(), sector.radius(), sector.fill(), 1, 0, 0));
            return;
        }
        svg.append("<path d=\"M");
        append(sector.x());
        svg.append(' ');
        append(sector.y());
        svg.append(" L");
        rim(sector, sector.fromDegrees());
        svg.append(" A");
        append(sector.radius());
        svg.append(' ');
        append(sector.radius());
        svg.append(" 0 ").append(sector.sweepDegrees() > 180 ? 1 : 0).append(" 1 ");
        rim(sector, sector.fromDegrees() + sector.sweepDegrees());
        svg.append(" Z\"");
        fill(sector.fill(), 1);
        svg.append("/>\n");
    }

    private void rim(Mark.Sector sector, double degrees) {
        double angle = Math.toRadians(degrees - 90);
        append(sector.x() + sector.radius() * Math.cos(angle));
        svg.append(' ');
        append(sector.y() + sector.radius() * Math.sin(angle));
    }

    private void text(Mark.Text text) {
        svg.append("<text");
        number("x", text.x());
        number("y", text.y());
        number("font-size", text.size());
        if (text.weight() == Mark.Weight.BOLD) {
            svg.append(" font-weight=\"bold\"");
        }
        if (text.anchor() != Mark.Anchor.START) {
            svg.append(" text-anchor=\"")
                    .append(text.anchor() == Mark.Anchor.MIDDLE ? "middle" : "end")
                    .append('"');
        }
        if (text.rotation() != 0) {
            svg.append(" transform=\"rotate(");
            append(text.rotation());
            svg.append(' ');
            append(text.x());
            svg.append(' ');
            append(text.y());
            svg.append(")\"");
        }
        fill(text.colour(), 1);
        svg.append('>');
        escape(text.text());
        svg.append("</text>\n");
    }

    private void element(String name, String text) {
        svg.append('<').append(name).append('>');
        escape(text);
        svg.append("</").append(name).append(">\n");
    }

    private void fill(int colour, double opacity) {
        svg.append(" fill=\"").append(Palette.hex(colour)).append('"');
        if (opacity < 1) {
            number("fill-opacity", opacity);
        }
    }

    private void stroke(int colour, double width, double opacity) {
        svg.append(" stroke=\"").append(Palette.hex(colour)).append('"');
        number("stroke-width", width);
        if (opacity < 1) {
            number("stroke-opacity", opacity);
        }
    }

    private void number(String attribute, double value) {
        svg.append(' ').append(attribute).append("=\"");
        append(value);
        svg.append('"');
    }

    /** At most two decimals, which is a fiftieth of a pixel on the finest screen. */
    private void append(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths % 100 == 0) {
            svg.append(hundredths / 100);
        } else {
            svg.append(hundredths / 100.0);
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> svg.append("&lt;");
                case '>' -> svg.append("&gt;");
                case '&' -> svg.append("&amp;");
                default -> svg.append(c);
            }
        }
    }
}
