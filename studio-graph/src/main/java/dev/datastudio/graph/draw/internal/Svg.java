package dev.datastudio.graph.draw.internal;

import dev.datastudio.graph.draw.internal.Picture.Box;
import dev.datastudio.graph.draw.internal.Picture.Flow;
import dev.datastudio.graph.draw.internal.Picture.Form;
import dev.datastudio.graph.draw.internal.Picture.Line;
import dev.datastudio.graph.draw.internal.Picture.Link;
import dev.datastudio.graph.draw.internal.Picture.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes SVG. Everything is made of rectangles, paths and texts with classes; the one style sheet knows light and dark. */
public final class Svg {
    private static final double MARGIN = 24;
    private static final String STYLE = """
            .bg{fill:#ffffff}.box{fill:#f8fafc;stroke:#475569;stroke-width:1.2}\
            .pill{fill:#334155;stroke:none}.missing{fill:#fff1f2;stroke:#be123c;stroke-dasharray:4 3}\
            .edge{fill:none;stroke:#64748b;stroke-width:1.5}.branch{stroke-dasharray:5 4}.each{stroke-width:3}\
            .head{fill:#64748b}text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;\
            text-anchor:middle}.title{font-size:13px;font-weight:600;fill:#0f172a}.kind{font-size:11px;fill:#475569}\
            .pilltext{font-size:11px;font-weight:600;letter-spacing:.06em;fill:#ffffff}\
            .label{font-size:11px;fill:#334155}\
            @media (prefers-color-scheme:dark){.bg{fill:#0f172a}.box{fill:#1e293b;stroke:#94a3b8}\
            .pill{fill:#cbd5e1}.missing{fill:#4c0519;stroke:#fda4af}.edge{stroke:#94a3b8}.head{fill:#94a3b8}\
            .title{fill:#f1f5f9}.kind{fill:#cbd5e1}.pilltext{fill:#0f172a}.label{fill:#e2e8f0}}""";

    private final Picture picture;
    private final List<Place> places;
    private final Curves curves;

    private Svg(Picture picture) {
        this.picture = picture;
        Layers layers = new Layers(picture);
        Layout layout = new Layout(picture, layers);
        List<Place> laid = new ArrayList<>();
        for (int i = 0; i < picture.boxes().size(); i++) {
            laid.add(layout.place(i));
        }
        this.places = picture.places().orElse(laid);
        this.curves = picture.places().isPresent()
                ? Curves.between(picture, places)
                : Curves.through(picture, places, layers, layout);
    }

    public static String write(Picture picture) {
        return new Svg(picture).document();
    }

    private String document() {
        double left = min(places.stream().mapToDouble(Place::x).toArray(), curves.left());
        double top = min(places.stream().mapToDouble(Place::y).toArray(), curves.top());
        double right = -min(places.stream().mapToDouble(place -> -place.right()).toArray(), -curves.right());
        double bottom =
                -min(places.stream().mapToDouble(place -> -place.bottom()).toArray(), -curves.bottom());
        double width = right - left + 2 * MARGIN;
        double height = bottom - top + 2 * MARGIN;
        StringBuilder out = new StringBuilder();
        String box = numbers(left - MARGIN, top - MARGIN, width, height);
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"")
                .append(box)
                .append("\" width=\"")
                .append(numbers(width))
                .append("\" height=\"")
                .append(numbers(height))
                .append("\">\n<title>")
                .append(escaped(picture.title()))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n");
        rectangle(out, "bg", new Place(left - MARGIN, top - MARGIN, width, height), 0);
        links(out);
        for (int i = 0; i < places.size(); i++) {
            box(out, picture.boxes().get(i), places.get(i));
        }
        labels(out);
        return out.append("</svg>\n").toString();
    }

    private static double min(double[] values, double other) {
        double min = values.length == 0 ? 0 : other;
        for (double value : values) {
            min = Math.min(min, value);
        }
        return min;
    }

    private void links(StringBuilder out) {
        for (int i = 0; i < picture.links().size(); i++) {
            Link link = picture.links().get(i);
            String style = link.line() == Line.PLAIN ? "" : link.line() == Line.BRANCH ? " branch" : " each";
            Curves.Curve curve = curves.curves().get(i);
            out.append("<path class=\"edge")
                    .append(style)
                    .append("\" d=\"")
                    .append(curve.path())
                    .append("\"/>\n<path class=\"head\" d=\"")
                    .append(curve.head())
                    .append("\"/>\n");
        }
    }

    private void labels(StringBuilder out) {
        for (int i = 0; i < picture.links().size(); i++) {
            String label = picture.links().get(i).label();
            if (!label.isEmpty()) {
                Curves.Curve curve = curves.curves().get(i);
                double width = Text.labelWidth(label) + 4;
                rectangle(out, "bg", new Place(curve.labelX() - width / 2, curve.labelY() - 7, width, 14), 3);
                text(out, "label", curve.labelX(), curve.labelY() + 4, Text.cut(label));
            }
        }
    }

    private static void box(StringBuilder out, Box box, Place place) {
        out.append("<g><title>").append(escaped(box.title())).append("</title>\n");
        boolean pill = box.form() == Form.START || box.form() == Form.END;
        rectangle(
                out,
                pill ? "pill" : box.form() == Form.MISSING ? "box missing" : "box",
                place,
                pill ? place.height() / 2 : 7);
        double x = place.centreX();
        double y = place.centreY();
        if (pill) {
            text(out, "pilltext", x, y + 4, box.title());
        } else if (box.kind().isEmpty()) {
            text(out, "title", x, y + 4.5, Text.cut(box.title()));
        } else {
            text(out, "title", x, y - 3.5, Text.cut(box.title()));
            text(out, "kind", x, y + 13, Text.cut(box.kind()));
        }
        out.append("</g>\n");
    }

    private static void rectangle(StringBuilder out, String style, Place place, double radius) {
        out.append("<rect class=\"")
                .append(style)
                .append("\" x=\"")
                .append(numbers(place.x()))
                .append("\" y=\"")
                .append(numbers(place.y()))
                .append("\" width=\"")
                .append(numbers(place.width()))
                .append("\" height=\"")
                .append(numbers(place.height()))
                .append("\" rx=\"")
                .append(numbers(radius))
                .append("\"/>\n");
    }

    private static void text(StringBuilder out, String style, double x, double y, String text) {
        out.append("<text class=\"")
                .append(style)
                .append("\" x=\"")
                .append(numbers(x))
                .append("\" y=\"")
                .append(numbers(y))
                .append("\">")
                .append(escaped(text))
                .append("</text>\n");
    }

    /** Numbers with at most one digit behind the point, parted by blanks. */
    static String numbers(double... values) {
        StringBuilder out = new StringBuilder();
        for (double value : values) {
            String text = String.format(Locale.ROOT, "%.1f", value);
            String plain = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
            out.append(out.isEmpty() ? "" : " ").append(plain.equals("-0") ? "0" : plain);
        }
        return out.toString();
    }

    private static String escaped(String text) {
        return Text.oneLine(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static boolean isDown(Picture picture) {
        return picture.flow() == Flow.DOWN;
    }
}
