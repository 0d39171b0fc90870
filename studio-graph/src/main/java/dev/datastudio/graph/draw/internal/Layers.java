package dev.datastudio.graph.draw.internal;

import dev.datastudio.graph.draw.internal.Picture.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Boxes in layers, in the way of Sugiyama, Tagawa and Toda (Methods for Visual Understanding of Hierarchical System
 * Structures, IEEE Trans. SMC 11(2), 1981): edges that close a loop are turned round for the layout; a box lies one layer
 * behind the last of those before it (longest path); an edge over several layers passes a joint in each of them; the order
 * within a layer follows the barycentres of the neighbours, forwards and backwards by turns.
 *
 * <p>Items are the boxes, by number, and then the joints.
 */
final class Layers {
    private static final int SWEEPS = 8;
    private static final int MAX_JOINTS = 20_000;

    private final int boxes;
    private final int[] layerOfBox;
    private final BitSet backward = new BitSet();
    private final List<List<Integer>> layers = new ArrayList<>();
    private final List<List<Integer>> chains = new ArrayList<>();
    private final List<List<Integer>> before = new ArrayList<>();
    private final List<List<Integer>> after = new ArrayList<>();

    Layers(Picture picture) {
        boxes = picture.boxes().size();
        layerOfBox = new int[boxes];
        List<List<Integer>> out = new ArrayList<>();
        for (int i = 0; i < boxes; i++) {
            out.add(new ArrayList<>());
        }
        for (int i = 0; i < picture.links().size(); i++) {
            out.get(picture.links().get(i).from()).add(i);
        }
        List<Integer> order = topological(picture, out);
        longestPaths(picture, out, order);
        fill(picture);
        connect(picture);
        sort();
    }

    /** The items of each layer, in order. */
    List<List<Integer>> layers() {
        return layers;
    }

    boolean isJoint(int item) {
        return item >= boxes;
    }

    int layerOf(int box) {
        return layerOfBox[box];
    }

    /** Whether an edge was turned round. */
    boolean isBackward(int link) {
        return backward.get(link);
    }

    /** The items that an edge passes, from its source to its target; none when it is drawn on its own. */
    List<Integer> chain(int link) {
        return chains.get(link);
    }

    List<Integer> before(int item) {
        return before.get(item);
    }

    List<Integer> after(int item) {
        return after.get(item);
    }

    /** Depth first without recursion, so that long chains need no stack; an edge to an open box closes a loop. */
    private List<Integer> topological(Picture picture, List<List<Integer>> out) {
        int[] next = new int[boxes];
        BitSet seen = new BitSet();
        BitSet open = new BitSet();
        List<Integer> finished = new ArrayList<>();
        for (int root : roots(picture)) {
            List<Integer> stack = new ArrayList<>();
            if (!seen.get(root)) {
                stack.add(root);
                seen.set(root);
                open.set(root);
            }
            while (!stack.isEmpty()) {
                int box = stack.get(stack.size() - 1);
                if (next[box] == out.get(box).size()) {
                    stack.remove(stack.size() - 1);
                    open.clear(box);
                    finished.add(box);
                    continue;
                }
                int link = out.get(box).get(next[box]++);
                int to = picture.links().get(link).to();
                if (open.get(to)) {
                    backward.set(link);
                } else if (!seen.get(to)) {
                    seen.set(to);
                    open.set(to);
                    stack.add(to);
                }
            }
        }
        Collections.reverse(finished);
        return finished;
    }

    /** Boxes that nothing leads to come first, so that loops are entered where the graph enters them. */
    private List<Integer> roots(Picture picture) {
        BitSet led = new BitSet();
        picture.links().forEach(link -> led.set(link.to()));
        List<Integer> roots = new ArrayList<>();
        for (int i = 0; i < boxes; i++) {
            if (!led.get(i)) {
                roots.add(i);
            }
        }
        for (int i = 0; i < boxes; i++) {
            if (led.get(i)) {
                roots.add(i);
            }
        }
        return roots;
    }

    private void longestPaths(Picture picture, List<List<Integer>> out, List<Integer> order) {
        for (int box : order) {
            for (int link : out.get(box)) {
                if (!backward.get(link)) {
                    int to = picture.links().get(link).to();
                    layerOfBox[to] = Math.max(layerOfBox[to], layerOfBox[box] + 1);
                }
            }
        }
    }

    private void fill(Picture picture) {
        int count = Arrays.stream(layerOfBox).max().orElse(0) + 1;
        for (int i = 0; i < count; i++) {
            layers.add(new ArrayList<>());
        }
        for (int i = 0; i < boxes; i++) {
            layers.get(layerOfBox[i]).add(i);
            before.add(new ArrayList<>());
            after.add(new ArrayList<>());
        }
        picture.links().forEach(link -> chains.add(new ArrayList<>()));
    }

    private void connect(Picture picture) {
        long joints = 0;
        for (int i = 0; i < picture.links().size(); i++) {
            joints += backward.get(i) ? 0 : span(picture.links().get(i)) - 1;
        }
        for (int i = 0; i < picture.links().size(); i++) {
            Link link = picture.links().get(i);
            if (!backward.get(i)) {
                chain(i, link, joints <= MAX_JOINTS);
            }
        }
    }

    private int span(Link link) {
        return layerOfBox[link.to()] - layerOfBox[link.from()];
    }

    private void chain(int number, Link link, boolean joints) {
        List<Integer> chain = chains.get(number);
        chain.add(link.from());
        for (int i = 1; joints && i < span(link); i++) {
            int joint = before.size();
            before.add(new ArrayList<>());
            after.add(new ArrayList<>());
            layers.get(layerOfBox[link.from()] + i).add(joint);
            chain.add(joint);
        }
        chain.add(link.to());
        for (int i = 1; i < chain.size(); i++) {
            after.get(chain.get(i - 1)).add(chain.get(i));
            before.get(chain.get(i)).add(chain.get(i - 1));
        }
    }

    private void sort() {
        double[] position = new double[before.size()];
        layers.forEach(layer -> number(layer, position));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                List<Integer> layer = layers.get(down ? i : layers.size() - 1 - i);
                double[] wanted = new double[position.length];
                for (int item : layer) {
                    List<Integer> neighbours = down ? before.get(item) : after.get(item);
                    wanted[item] = neighbours.stream()
                            .mapToDouble(neighbour -> position[neighbour])
                            .average()
                            .orElse(position[item]);
                }
                layer.sort(Comparator.comparingDouble(item -> wanted[item]));
                number(layer, position);
            }
        }
    }

    /** Positions from 0 to 1, so that layers of different sizes compare. */
    private static void number(List<Integer> layer, double[] position) {
        for (int i = 0; i < layer.size(); i++) {
            position[layer.get(i)] = (i + 0.5) / layer.size();
        }
    }
}
