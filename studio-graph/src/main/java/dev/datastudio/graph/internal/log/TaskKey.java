package dev.datastudio.graph.internal.log;

/**
 * Names one task of a thread. Immutable.
 *
 * @param path of the loop that it belongs to, empty for the graph's own
 */
public record TaskKey(String path, int step, String node, int task) {
    private static final char QUESTION = '?';

    /** The path of the loop that the task runs, when its node stands for a sub-graph. */
    public String innerPath() {
        String own = node + ":" + step + ":" + task;
        return path.isEmpty() ? own : path + "/" + own;
    }

    /** The id of something that the task waits for; it tells the log when its answer is no longer needed. */
    public String interruptId(String key) {
        return innerPath() + QUESTION + key;
    }

    /** The inner path of the task that an interrupt belongs to, the whole id if it is of another form. */
    static String innerPathOf(String interruptId) {
        int end = interruptId.indexOf(QUESTION);
        return end < 0 ? interruptId : interruptId.substring(0, end);
    }
}
