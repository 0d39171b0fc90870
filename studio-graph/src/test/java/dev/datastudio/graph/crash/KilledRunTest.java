package dev.datastudio.graph.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.run.Checkpoint;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Threads;
import dev.datastudio.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that runs a graph at random moments and goes on in another one, until the graph is done. The number of
 * rounds is {@code studio.crash.rounds}; a failing round prints its seed.
 */
class KilledRunTest {
    private static final int MAX_KILLS = 12;

    @TempDir
    Path folder;

    @Test
    void noKillLosesACheckpointRerunsAFinishedTaskOrPerformsAnEffectTwice() throws Exception {
        int rounds = Integer.getInteger("studio.crash.rounds", 8);
        long seed = Long.getLong("studio.crash.seed", System.nanoTime());
        Path calm = Files.createDirectory(folder.resolve("calm"));
        Child uninterrupted = Child.start(calm, Durability.GROUP);
        String expected = uninterrupted.awaitOutput();
        List<String> expectedEffects = sorted(CrashGraph.effects(calm));
        int kills = 0;

        for (int round = 0; round < rounds; round++) {
            Path place = Files.createDirectory(folder.resolve("round" + round));
            Durability durability = round % 2 == 0 ? Durability.SYNC : Durability.GROUP;
            String named = "round " + round + " of seed " + seed + ", " + durability;
            kills += survive(place, durability, new Random(seed + round), expected, named);
            assertEquals(expectedEffects, sorted(CrashGraph.effects(place)), named);
        }
        // On a busy machine many processes end before this one finds the time to kill them.
        assertTrue(kills >= Math.max(1, rounds / 10), "only " + kills + " kills hit a run in " + rounds + " rounds");
    }

    /** Gives how many kills hit a process that was still working. */
    private static int survive(Path place, Durability durability, Random chance, String expected, String named)
            throws Exception {
        Set<String> finished = new HashSet<>();
        for (int kill = 0; kill < MAX_KILLS; kill++) {
            int known = executions(place).size();
            Child child = Child.start(place, durability);
            boolean ended = child.killAfter(chance.nextInt(10), chance.nextInt(10_000));
            List<String> since =
                    executions(place).subList(known, executions(place).size());
            for (String execution : since) {
                assertFalse(finished.contains(execution), named + ": " + execution + " was finished and ran again");
            }
            if (ended) {
                assertEquals(expected, child.output(), named);
                return kill;
            }
            checkStore(place, child.saved(), executions(place), finished, named);
        }
        Child last = Child.start(place, durability);
        assertEquals(expected, last.awaitOutput(), named);
        return MAX_KILLS;
    }

    /** What was reported as saved is there; adds what is finished by now. */
    private static void checkStore(
            Path place, List<Long> saved, List<String> executed, Set<String> finished, String named) {
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(place.resolve("runs.db"));
                Engine engine = Engine.builder().store(store).build()) {
            Threads threads = engine.threads(Caller.LOCAL);
            boolean isThere = threads.find(CrashChild.THREAD)
                    .filter(state -> state.head() > 0)
                    .isPresent();
            if (!isThere) {
                assertEquals(List.of(), saved, named);
                return;
            }
            Set<Long> known = new TreeSet<>();
            for (Checkpoint checkpoint : threads.history(new CrashGraph(place).graph(), CrashChild.THREAD)) {
                known.add(checkpoint.sequence());
            }
            assertTrue(known.containsAll(saved), named + ": " + saved + " were saved, the log has " + known);
            finished.addAll(FinishedTasks.of(store, new CrashGraph(place).graph(), CrashChild.THREAD, executed));
        }
    }

    private static List<String> executions(Path place) throws IOException {
        Path file = CrashGraph.executions(place);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static List<String> sorted(Path effects) throws IOException {
        return Files.readAllLines(effects).stream().sorted().toList();
    }

    /** One process. */
    private record Child(Process process, Path errors, List<Long> saved, List<String> outputs, Thread reader) {
        static Child start(Path place, Durability durability) throws IOException {
            List<String> command = JavaCommand.of(CrashChild.class, place.toString(), durability.name());
            Path errors = place.resolve("errors.txt");
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            place.resolve("errors.txt").toFile()))
                    .start();
            List<Long> saved = new ArrayList<>();
            List<String> outputs = new ArrayList<>();
            Thread reader = new Thread(() -> read(process, saved, outputs));
            reader.start();
            return new Child(process, errors, saved, outputs, reader);
        }

        private static void read(Process process, List<Long> saved, List<String> outputs) {
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(CrashChild.SAVED)) {
                        synchronized (saved) {
                            saved.add(Long.parseLong(line.substring(CrashChild.SAVED.length())));
                            saved.notifyAll();
                        }
                    } else if (line.startsWith(CrashChild.OUTPUT)) {
                        outputs.add(line);
                    }
                }
            } catch (IOException e) {
                // the process was killed in the middle of a line
            } finally {
                synchronized (saved) {
                    saved.notifyAll();
                }
            }
        }

        /** Kills it some time after it reported so many checkpoints; gives whether it had ended by itself before. */
        boolean killAfter(int checkpoints, int micros) throws InterruptedException {
            synchronized (saved) {
                while (saved.size() < checkpoints && process.isAlive()) {
                    saved.wait(100);
                }
            }
            boolean ended = process.waitFor(micros, TimeUnit.MICROSECONDS);
            process.destroyForcibly().waitFor();
            reader.join();
            return ended && !outputs.isEmpty();
        }

        String awaitOutput() throws InterruptedException, IOException {
            assertTrue(process.waitFor(180, TimeUnit.SECONDS), "the process did not end in three minutes");
            reader.join();
            return output();
        }

        String output() throws IOException {
            assertEquals(1, outputs.size(), "the process ended without an output: " + Files.readString(errors));
            return outputs.get(0);
        }
    }
}
