package dev.datastudio.graph.draw.internal;

import dev.datastudio.graph.draw.internal.Picture.Flow;
import dev.datastudio.graph.draw.internal.Picture.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives the items of layers their places. "Along" is the way that layers follow each other, "across" the way within a
 * layer. Each item strives for the mean of its neighbours; where these wishes collide, the place half-way between pushing
 * everything one way and the other is taken, which keeps the order and the distances.
 */
final class Layout {
    private static final double GAP_ACROSS = 28;
    private static final double GAP_JOINT = 14;
    private static final double GAP_ALONG_DOWN = 46;
    private static final double GAP_ALONG_RIGHT = 70;
    private static final int ROUNDS = 12;

    private final Layers layers;
    private final Flow flow;
    private final List<Text.Size> sizes;
    private final double[] across;
    private final double[] layerStart;
    private final double[] layerSize;

    Layout(Picture picture, Layers layers) {
        this.layers = layers;
        this.flow = picture.flow();
        this.sizes = picture.boxes().stream().map(Text::sizeOf).toList();
        int items = layers.layers().stream().mapToInt(List::size).sum();
        this.across = new double[items];
        this.layerStart = new double[layers.layers().size()];
        this.layerSize = new double[layers.layers().size()];
        along();
        across();
    }

    private double sizeAcross(int item) {
        if (layers.isJoint(item)) {
            return 0;
        }
        return flow == Flow.DOWN ? sizes.get(item).width() : sizes.get(item).height();
    }

    private double sizeAlong(int item) {
        if (layers.isJoint(item)) {
            return 0;
        }
        return flow == Flow.DOWN ? sizes.get(item).height() : sizes.get(item).width();
    }

    private void along() {
        double at = 0;
        for (int i = 0; i < layerStart.length; i++) {
            layerStart[i] = at;
            layerSize[i] = layers.layers().get(i).stream()
                    .mapToDouble(this::sizeAlong)
                    .max()
                    .orElse(0);
            at += layerSize[i] + (flow == Flow.DOWN ? GAP_ALONG_DOWN : GAP_ALONG_RIGHT);
        }
    }

    private void across() {
        for (List<Integer> layer : layers.layers()) {
            double at = 0;
            for (int i = 0; i < layer.size(); i++) {
                at += i == 0 ? 0 : distance(layer.get(i - 1), layer.get(i));
                across[layer.get(i)] = at;
            }
            for (int item : layer) {
                across[item] -= at / 2;
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            boolean forward = round % 2 == 0;
            for (int i = 0; i < layers.layers().size(); i++) {
                settle(layers.layers().get(forward ? i : layers.layers().size() - 1 - i), forward, round);
            }
        }
    }

    private double distance(int item, int next) {
        double gap = layers.isJoint(item) || layers.isJoint(next) ? GAP_JOINT : GAP_ACROSS;
        return (sizeAcross(item) + sizeAcross(next)) / 2 + gap;
    }

    private void settle(List<Integer> layer, boolean forward, int round) {
        int n = layer.size();
        double[] wanted = new double[n];
        for (int i = 0; i < n; i++) {
            wanted[i] = wanted(layer.get(i), forward, round == ROUNDS - 1);
        }
        double[] low = wanted.clone();
        for (int i = 1; i < n; i++) {
            low[i] = Math.max(low[i], low[i - 1] + distance(layer.get(i - 1), layer.get(i)));
        }
        double[] high = wanted.clone();
        for (int i = n - 2; i >= 0; i--) {
            high[i] = Math.min(high[i], high[i + 1] - distance(layer.get(i), layer.get(i + 1)));
        }
        for (int i = 0; i < n; i++) {
            across[layer.get(i)] = (low[i] + high[i]) / 2;
        }
    }

    private double wanted(int item, boolean forward, boolean both) {
        List<Integer> neighbours = new ArrayList<>(forward || both ? layers.before(item) : layers.after(item));
        if (both || neighbours.isEmpty()) {
            neighbours.addAll(forward && !both ? layers.after(item) : both ? layers.after(item) : layers.before(item));
        }
        return neighbours.stream().mapToDouble(other -> across[other]).average().orElse(across[item]);
    }

    /** Where a box lies. */
    Place place(int box) {
        Text.Size size = sizes.get(box);
        int layer = layers.layerOf(box);
        double start = layerStart[layer] + (layerSize[layer] - sizeAlong(box)) / 2;
        return flow == Flow.DOWN
                ? new Place(across[box] - size.width() / 2, start, size.width(), size.height())
                : new Place(start, across[box] - size.height() / 2, size.width(), size.height());
    }

    /** Where a joint lies across. */
    double across(int item) {
        return across[item];
    }

    /** Where a layer begins, along. */
    double start(int layer) {
        return layerStart[layer];
    }

    /** Where a layer ends, along. */
    double end(int layer) {
        return layerStart[layer] + layerSize[layer];
    }

    @Override
    public String toString() {
        return Arrays.toString(across);
    }
}
