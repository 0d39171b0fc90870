package dev.datastudio.agents.graph.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that runs a saved graph at random moments, and lets another one take the run up, until it is done. The
 * number of rounds is {@code studio.graph.kills}, one unless set; a failing round prints its seed ({@code
 * studio.graph.seed}).
 */
class KilledGraphRunTest {
    private static final int MAX_KILLS = 3;
    private static final int NODES = 6;
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void noKillRunsAFinishedNodeAgainOrHasAnEffectTwiceOrChangesTheEnd() throws Exception {
        int rounds = Integer.getInteger("studio.graph.kills", 1);
        long seed = Long.getLong("studio.graph.seed", System.nanoTime());
        Child calm = Child.start(Files.createDirectory(folder.resolve("calm")), 0);
        calm.awaitEnd();
        String expected = calm.end();
        assertTrue(expected.startsWith("DONE  {"), expected);
        int kills = 0;

        for (int round = 0; round < rounds; round++) {
            Path place = Files.createDirectory(folder.resolve("round" + round));
            kills += survive(place, new Random(seed + round), expected, "round " + round + " of seed " + seed);
        }
        assertTrue(kills > 0 || rounds < 5, "no kill hit a run in " + rounds + " rounds");
    }

    /** Gives how many kills hit a process that was still working. */
    private static int survive(Path place, Random chance, String expected, String named) throws Exception {
        boolean isOver = false;
        int kills = 0;
        while (!isOver) {
            Child child = Child.start(place, kills);
            isOver = kills == MAX_KILLS ? child.awaitEnd() : child.killAfter(chance.nextInt(NODES), chance.nextInt(15));
            List<String> again = new ArrayList<>(child.lines(KilledRunChild.EXECUTED));
            again.retainAll(child.lines(KilledRunChild.SHOWN));
            assertEquals(List.of(), again, named + ": shown as done, and done again");
            if (isOver) {
                requireEnd(place, child, expected, named);
            } else {
                kills++;
            }
        }
        return kills;
    }

    private static void requireEnd(Path place, Child child, String expected, String named) throws IOException {
        String end = child.end();
        assertTrue(lines(place, KilledRunChild.PAID) <= 1, named + ": paid twice");
        assertTrue(lines(place, KilledRunChild.CHARGED) <= 1, named + ": charged twice");
        // Whether the tool did its work is known to nobody when it was killed in the middle of it: it is not repeated.
        if (!end.startsWith("FAILED " + ErrorCode.EFFECT_UNCERTAIN)) {
            assertEquals(expected, end, named);
            assertEquals(1, lines(place, KilledRunChild.CHARGED), named);
        }
    }

    private static int lines(Path place, String file) throws IOException {
        Path path = place.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path).size() : 0;
    }

    /** One process. */
    private record Child(Process process, Path errors, List<String> printed, Thread reader) {
        static Child start(Path place, int generation) throws IOException {
            List<String> command = JavaCommand.of(KilledRunChild.class, place.toString(), String.valueOf(generation));
            Path errors = place.resolve("errors.txt");
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            List<String> printed = new ArrayList<>();
            Thread reader = new Thread(() -> read(process, printed));
            reader.start();
            return new Child(process, errors, printed, reader);
        }

        private static void read(Process process, List<String> printed) {
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    synchronized (printed) {
                        printed.add(line);
                        printed.notifyAll();
                    }
                }
            } catch (IOException e) {
                // the process was killed in the middle of a line
            } finally {
                synchronized (printed) {
                    printed.notifyAll();
                }
            }
        }

        /** Kills it some time after it began so many nodes, or after its end; gives whether that was before. */
        boolean killAfter(int nodes, int millis) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            synchronized (printed) {
                while (process.isAlive() && !isFarEnough(nodes) && System.nanoTime() < end) {
                    printed.wait(100);
                }
            }
            process.waitFor(millis, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            reader.join();
            return printed.stream().anyMatch(line -> line.startsWith(KilledRunChild.END));
        }

        /** What was executed before counts too: there is not as much left for this one. */
        private boolean isFarEnough(int nodes) {
            return printed.contains(KilledRunChild.BEGUN)
                    && printed.stream()
                                    .filter(line -> line.startsWith(KilledRunChild.EXECUTED)
                                            || line.startsWith(KilledRunChild.SHOWN))
                                    .count()
                            >= nodes;
        }

        boolean awaitEnd() throws InterruptedException {
            boolean isOver = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertTrue(isOver, () -> "the process did not end in time, after " + printed);
            reader.join();
            return true;
        }

        String end() throws IOException {
            List<String> ends = lines(KilledRunChild.END);
            assertFalse(ends.isEmpty(), "it ended without saying how: " + printed + Files.readString(errors));
            return ends.get(0);
        }

        List<String> lines(String kind) {
            return printed.stream()
                    .filter(line -> line.startsWith(kind))
                    .map(line -> line.substring(kind.length()))
                    .toList();
        }
    }
}
