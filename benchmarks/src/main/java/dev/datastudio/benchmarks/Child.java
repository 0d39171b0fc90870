package dev.datastudio.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process started to be measured. */
final class Child {
    private static final long LIMIT_SECONDS = 300;

    private Child() {}

    /** What a process printed and how long it took, from its start to its end. */
    record Outcome(String output, double millis) {}

    /** The command of a main class on this program's own class path, with the defaults of the JVM. */
    static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a command to its end. */
    static Outcome run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("Not ended in " + LIMIT_SECONDS + " s: " + command);
        }
        double millis = (System.nanoTime() - start) / 1e6;
        if (process.exitValue() != 0) {
            throw new IOException("Exit code " + process.exitValue() + " of " + command + ": " + output);
        }
        return new Outcome(output, millis);
    }

    /** The figure that a child printed on a line {@code NAME=FIGURE}. */
    static double figure(Outcome outcome, String name) throws IOException {
        return outcome.output()
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("No line " + name + "= in: " + outcome.output()));
    }

    /** The largest resident set of this process so far in megabytes, as the Linux kernel counts it. */
    static double peakResidentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/self/status has no VmHWM line"));
    }

    /** The jar that was started names the others in its manifest, so its path is the whole class path. */
    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
