package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import dev.datastudio.graph.internal.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds the tasks of a super-step that no longer matter, because a join that cancels its rest is certain to go on after
 * the step. Only plain edges make it certain; where a route leads is known after the step. Not thread-safe.
 */
final class RestWatch {
    private final List<Meeting> meetings;

    private RestWatch(List<Meeting> meetings) {
        this.meetings = meetings;
    }

    static Optional<RestWatch> of(Plan<?, ?> plan, JoinCounts joins, List<Task> tasks) {
        List<Meeting> meetings = new ArrayList<>();
        plan.counting().stream().mapToObj(plan::node).forEach(join -> {
            BitSet rest = indexes(tasks, join.rest());
            Meeting meeting = new Meeting(join.number(), joins.missing(join), rest);
            if (!rest.isEmpty() && meeting.missing <= arriving(tasks, join.number())) {
                meetings.add(meeting);
            }
        });
        return meetings.isEmpty() ? Optional.empty() : Optional.of(new RestWatch(meetings));
    }

    private static BitSet indexes(List<Task> tasks, BitSet nodes) {
        BitSet indexes = new BitSet();
        for (int i = 0; i < tasks.size(); i++) {
            indexes.set(i, nodes.get(tasks.get(i).node().number()));
        }
        return indexes;
    }

    private static long arriving(List<Task> tasks, int join) {
        return tasks.stream().filter(task -> leads(task.node(), join)).count();
    }

    private static boolean leads(PlanNode node, int join) {
        for (int target : node.targets()) {
            if (target == join) {
                return true;
            }
        }
        return false;
    }

    /** A task has its result; gives the indexes of the tasks that no longer matter, finished ones among them. */
    BitSet finished(Task task) {
        BitSet needless = new BitSet();
        for (Meeting meeting : meetings) {
            if (leads(task.node(), meeting.join)) {
                meeting.missing--;
            }
            if (meeting.missing <= 0) {
                needless.or(meeting.rest);
            }
        }
        return needless;
    }

    private static final class Meeting {
        private final int join;
        private final BitSet rest;
        private int missing;

        Meeting(int join, int missing, BitSet rest) {
            this.join = join;
            this.missing = missing;
            this.rest = rest;
        }
    }
}
