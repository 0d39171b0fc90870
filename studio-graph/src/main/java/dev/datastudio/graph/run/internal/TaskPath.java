package dev.datastudio.graph.run.internal;

/**
 * Names of tasks in a thread's log: {@code node:step:task}, with the name of the task whose sub-graph it belongs to and a
 * slash before it. A loop's path is the name of its task, an interrupt's id the name of its task and its key.
 */
final class TaskPath {
    private TaskPath() {}

    /** Whether a name is that of a task of a loop's step, begins with one, or lies below one. */
    static boolean isWithin(String name, String path, int step) {
        int from = path.isEmpty() ? 0 : path.length() + 1;
        if (name.length() <= from || !(path.isEmpty() || name.startsWith(path + "/"))) {
            return false;
        }
        int colon = name.indexOf(':', from);
        return colon > 0 && name.startsWith(step + ":", colon + 1);
    }

    /** What stands before the names of a loop's nodes in events. */
    static String eventPrefix(String path) {
        StringBuilder prefix = new StringBuilder();
        for (String task : path.isEmpty() ? new String[0] : path.split("/", -1)) {
            String[] parts = task.split(":", -1);
            prefix.append(parts[0]);
            if (!parts[2].equals("0")) {
                prefix.append('[').append(parts[2]).append(']');
            }
            prefix.append('/');
        }
        return prefix.toString();
    }

    /** Whether a task of a loop and step belongs to another loop's step: is one of it, or lies below one. */
    static boolean isWithin(String loop, int taskStep, String path, int step) {
        return loop.equals(path) ? taskStep == step : isWithin(loop, path, step);
    }

    /** Whether a name is that of a task, of something it asked, or of something below it. */
    static boolean isOf(String name, String task) {
        return name.startsWith(task)
                && (name.length() == task.length()
                        || name.charAt(task.length()) == '/'
                        || name.charAt(task.length()) == '?');
    }
}
