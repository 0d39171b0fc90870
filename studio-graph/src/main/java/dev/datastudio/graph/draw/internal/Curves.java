package dev.datastudio.graph.draw.internal;

import static dev.datastudio.graph.draw.internal.Svg.numbers;

import dev.datastudio.graph.draw.internal.Picture.Link;
import dev.datastudio.graph.draw.internal.Picture.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The curves of the edges: forward ones along the flow, those that close a loop round the side. */
final class Curves {
    private static final double HEAD = 8;
    private static final double HALF_HEAD = 4;
    private static final double LANE = 22;

    private final List<Curve> curves = new ArrayList<>();
    private double left = Double.MAX_VALUE;
    private double top = Double.MAX_VALUE;
    private double right = -Double.MAX_VALUE;
    private double bottom = -Double.MAX_VALUE;

    private Curves() {}

    /**
     * One edge.
     *
     * @param path data of its line
     * @param head data of its arrow head
     */
    record Curve(String path, String head, double labelX, double labelY) {}

    /** Through the joints of a layout. */
    static Curves through(Picture picture, List<Place> places, Layers layers, Layout layout) {
        Curves all = new Curves();
        Map<Integer, Integer> lanes = new HashMap<>();
        for (int i = 0; i < picture.links().size(); i++) {
            Link link = picture.links().get(i);
            boolean down = Svg.isDown(picture);
            if (layers.isBackward(i)) {
                int lane = lanes.merge(link.to(), 1, Integer::sum);
                double label = down ? Text.labelWidth(link.label()) / 2 : 0;
                double side = outermost(picture, places, layers, link, down) + label;
                all.round(link, places, down, side + lane * LANE);
            } else {
                all.along(link, i, places, layers, layout, down);
            }
        }
        return all;
    }

    /** Straight from box to box, of a saved graph with places of its own. */
    static Curves between(Picture picture, List<Place> places) {
        Curves all = new Curves();
        Map<Integer, Integer> lanes = new HashMap<>();
        for (Link link : picture.links()) {
            Place from = places.get(link.from());
            Place to = places.get(link.to());
            if (to.x() >= from.right()) {
                all.across(from, to, link.label());
            } else {
                int lane = lanes.merge(link.to(), 1, Integer::sum);
                all.round(link, places, false, below(places, link) + lane * LANE);
            }
        }
        return all;
    }

    /** Below every box between two. */
    private static double below(List<Place> places, Link link) {
        Place from = places.get(link.from());
        Place to = places.get(link.to());
        double lowest = Math.max(from.bottom(), to.bottom());
        if (link.from() == link.to()) {
            return lowest;
        }
        for (Place place : places) {
            if (place.right() >= Math.min(from.x(), to.x()) && place.x() <= Math.max(from.right(), to.right())) {
                lowest = Math.max(lowest, place.bottom());
            }
        }
        return lowest;
    }

    double left() {
        return curves.isEmpty() ? 0 : left;
    }

    double top() {
        return curves.isEmpty() ? 0 : top;
    }

    double right() {
        return curves.isEmpty() ? 0 : right;
    }

    double bottom() {
        return curves.isEmpty() ? 0 : bottom;
    }

    List<Curve> curves() {
        return curves;
    }

    private void reach(double x, double y, String label) {
        double half = Text.labelWidth(label) / 2;
        left = Math.min(left, x - half);
        right = Math.max(right, x + half);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
    }

    /** The side of all boxes between the two layers of an edge back. */
    private static double outermost(Picture picture, List<Place> places, Layers layers, Link link, boolean down) {
        if (link.from() == link.to()) {
            return down ? places.get(link.to()).right() : places.get(link.to()).bottom();
        }
        int first = Math.min(layers.layerOf(link.to()), layers.layerOf(link.from()));
        int last = Math.max(layers.layerOf(link.to()), layers.layerOf(link.from()));
        double outermost = -Double.MAX_VALUE;
        for (int box = 0; box < picture.boxes().size(); box++) {
            if (layers.layerOf(box) >= first && layers.layerOf(box) <= last) {
                Place place = places.get(box);
                outermost = Math.max(outermost, down ? place.right() : place.bottom());
            }
        }
        return outermost;
    }

    private void along(Link link, int number, List<Place> places, Layers layers, Layout layout, boolean down) {
        Place from = places.get(link.from());
        Place to = places.get(link.to());
        List<double[]> points = new ArrayList<>();
        points.add(down ? new double[] {from.centreX(), from.bottom()} : new double[] {from.centreY(), from.right()});
        List<Integer> chain = layers.chain(number);
        for (int i = 1; i < chain.size() - 1; i++) {
            int layer = layers.layerOf(link.from()) + i;
            points.add(new double[] {layout.across(chain.get(i)), layout.start(layer)});
            points.add(new double[] {layout.across(chain.get(i)), layout.end(layer)});
        }
        points.add(down ? new double[] {to.centreX(), to.y() - HEAD} : new double[] {to.centreY(), to.x() - HEAD});
        StringBuilder path = new StringBuilder("M" + point(points.get(0)[0], points.get(0)[1], down));
        for (int i = 1; i < points.size(); i++) {
            double[] p = points.get(i - 1);
            double[] q = points.get(i);
            double half = (p[1] + q[1]) / 2;
            path.append(" C")
                    .append(point(p[0], half, down))
                    .append(' ')
                    .append(point(q[0], half, down))
                    .append(' ')
                    .append(point(q[0], q[1], down));
            reach(down ? q[0] : q[1], down ? q[1] : q[0], "");
        }
        double[] p = points.get(0);
        double[] q = points.get(1);
        double labelAcross = (p[0] + q[0]) / 2;
        double labelAlong = (p[1] + q[1]) / 2;
        String head = down ? headDown(to.centreX(), to.y()) : headRight(to.x(), to.centreY());
        add(path.toString(), head, down ? labelAcross : labelAlong, down ? labelAlong : labelAcross, link.label());
    }

    private void add(String path, String head, double labelX, double labelY, String label) {
        reach(labelX, labelY, label);
        curves.add(new Curve(path, head, labelX, labelY));
    }

    private static String point(double across, double along, boolean down) {
        return down ? numbers(across, along) : numbers(along, across);
    }

    /** Out of the side, along a lane, and into the side of the target. */
    private void round(Link link, List<Place> places, boolean down, double lane) {
        Place from = places.get(link.from());
        Place to = places.get(link.to());
        double shift = link.from() == link.to() ? 8 : 0;
        if (down) {
            double fromY = from.centreY() + shift;
            double toY = to.centreY() - shift;
            add(
                    "M" + numbers(from.right(), fromY) + " C" + numbers(lane, fromY) + " "
                            + numbers(lane, fromY) + " " + numbers(lane, (fromY + toY) / 2) + " C"
                            + numbers(lane, toY) + " " + numbers(lane, toY) + " " + numbers(to.right() + HEAD, toY),
                    headLeft(to.right(), toY),
                    lane,
                    (fromY + toY) / 2,
                    link.label());
        } else {
            double fromX = from.centreX() + shift;
            double toX = to.centreX() - shift;
            add(
                    "M" + numbers(fromX, from.bottom()) + " C" + numbers(fromX, lane) + " "
                            + numbers(fromX, lane) + " " + numbers((fromX + toX) / 2, lane) + " C"
                            + numbers(toX, lane) + " " + numbers(toX, lane) + " "
                            + numbers(toX, to.bottom() + HEAD),
                    headUp(toX, to.bottom()),
                    (fromX + toX) / 2,
                    lane,
                    link.label());
        }
    }

    /** As React Flow draws it: out at the right, in at the left. */
    private void across(Place from, Place to, String label) {
        double endX = to.x() - HEAD;
        double sweep = Math.max(12, (endX - from.right()) / 2);
        double fromY = from.centreY();
        double toY = to.centreY();
        reach(endX, toY, "");
        // At a third of the curve the edges of one node have parted already.
        double t = 1.0 / 3;
        double labelX = cubic(from.right(), from.right() + sweep, endX - sweep, endX, t);
        double labelY = cubic(fromY, fromY, toY, toY, t);
        add(
                "M" + numbers(from.right(), fromY) + " C" + numbers(from.right() + sweep, fromY) + " "
                        + numbers(endX - sweep, toY) + " " + numbers(endX, toY),
                headRight(to.x(), toY),
                labelX,
                labelY,
                label);
    }

    private static double cubic(double a, double b, double c, double d, double t) {
        double s = 1 - t;
        return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
    }

    private static String headDown(double x, double y) {
        return "M" + numbers(x, y) + " L" + numbers(x - HALF_HEAD, y - HEAD) + " L" + numbers(x + HALF_HEAD, y - HEAD)
                + "Z";
    }

    private static String headUp(double x, double y) {
        return "M" + numbers(x, y) + " L" + numbers(x - HALF_HEAD, y + HEAD) + " L" + numbers(x + HALF_HEAD, y + HEAD)
                + "Z";
    }

    private static String headRight(double x, double y) {
        return "M" + numbers(x, y) + " L" + numbers(x - HEAD, y - HALF_HEAD) + " L" + numbers(x - HEAD, y + HALF_HEAD)
                + "Z";
    }

    private static String headLeft(double x, double y) {
        return "M" + numbers(x, y) + " L" + numbers(x + HEAD, y - HALF_HEAD) + " L" + numbers(x + HEAD, y + HALF_HEAD)
                + "Z";
    }
}
