package dev.datastudio.agents.thought;

import java.util.List;
import java.util.Locale;

/**
 * What a search found. Immutable.
 *
 * @param problem the root
 * @param best the path found, the first thought first; empty when every first thought was refused
 * @param tree every thought, also those that were dropped, by id: the thought of id n is at n - 1
 * @param stop why the search ended
 */
public record ThoughtTree(String problem, List<Thought> best, List<Thought> tree, StopReason stop) {
    public ThoughtTree {
        best = List.copyOf(best);
        tree = List.copyOf(tree);
    }

    /** The tree as indented text, a line for each thought: {@code +} kept, {@code -} dropped, {@code x} refused. */
    public String outline() {
        StringBuilder text = new StringBuilder(problem).append('\n');
        outline(0, text);
        return text.toString();
    }

    private void outline(int parent, StringBuilder text) {
        for (Thought thought : tree) {
            if (thought.parent() == parent) {
                text.append("  ".repeat(thought.depth()))
                        .append(thought.refused() ? 'x' : thought.kept() ? '+' : '-')
                        .append(String.format(Locale.ROOT, " %.2f ", thought.score()))
                        .append(thought.text())
                        .append('\n');
                outline(thought.id(), text);
            }
        }
    }
}
