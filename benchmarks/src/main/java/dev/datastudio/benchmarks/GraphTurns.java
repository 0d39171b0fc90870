package dev.datastudio.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * What a unit of work costs each of several contenders, who take turns so that what else the machine does falls on all
 * alike. The processor time is that of the whole process: the collector and the compiler count.
 */
final class GraphTurns {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final int rounds;
    private final double warmUpMillis;
    private final double turnMillis;

    private GraphTurns(int rounds, double warmUpMillis, double turnMillis) {
        this.rounds = rounds;
        this.warmUpMillis = warmUpMillis;
        this.turnMillis = turnMillis;
    }

    static GraphTurns of(Benchmark.Effort effort) {
        return effort == Benchmark.Effort.QUICK ? new GraphTurns(3, 500, 200) : new GraphTurns(7, 3_000, 500);
    }

    /** Does some units of work and gives their number. */
    interface Contender {
        long run() throws Exception;
    }

    /** What one unit took. */
    record Cost(double wallNanos, double cpuNanos) {
        double perSecond() {
            return 1e9 / wallNanos;
        }

        double cpuMicros() {
            return cpuNanos / 1e3;
        }
    }

    /** The medians of each contender's turns, in the order given. */
    List<Cost> medians(List<Contender> contenders) throws Exception {
        for (Contender contender : contenders) {
            turn(contender, warmUpMillis);
        }
        List<List<Cost>> turns = new ArrayList<>();
        contenders.forEach(contender -> turns.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                turns.get(i).add(turn(contenders.get(i), turnMillis));
            }
        }
        return turns.stream().map(GraphTurns::median).toList();
    }

    private static Cost turn(Contender contender, double millis) throws Exception {
        long units = 0;
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        long wall;
        do {
            units += contender.run();
            wall = System.nanoTime() - start;
        } while (wall < millis * 1e6);
        return new Cost((double) wall / units, (double) (SYSTEM.getProcessCpuTime() - cpu) / units);
    }

    private static Cost median(List<Cost> costs) {
        return new Cost(
                Interleaved.median(costs.stream().mapToDouble(Cost::wallNanos).toArray()),
                Interleaved.median(costs.stream().mapToDouble(Cost::cpuNanos).toArray()));
    }
}
