package dev.datastudio.ml.device.internal;

import dev.datastudio.ml.device.Card;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Finds cards of NVIDIA by {@code nvidia-smi}, else by what the driver tells under {@code /proc}.
 *
 * @param environment of the process: where programs are, and which cards they may see
 * @param driver the folder of the driver
 * @param limit how long {@code nvidia-smi} may take
 */
public record CardProbe(Map<String, String> environment, Path driver, Duration limit) {
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
    private static final int MOST_BYTES = 100_000;
    private static final int FIELDS = 3;

    public CardProbe {
        environment = Map.copyOf(environment);
    }

    /**
     * What was found.
     *
     * @param note a whole sentence
     */
    public record Found(List<Card> cards, String note) {
        public Found {
            cards = List.copyOf(cards);
        }
    }

    /** Looks. Nothing that goes wrong is thrown: it is the note. */
    public Found look() {
        String visible = environment.get(VISIBLE);
        if (visible != null && (visible.isBlank() || visible.startsWith("-1"))) {
            return new Found(List.of(), "Cards are hidden from this process by " + VISIBLE + ".");
        }
        Optional<Path> program = program();
        return program.isPresent() ? asked(program.get()) : read();
    }

    private Optional<Path> program() {
        String name = File.separatorChar == '\\' ? "nvidia-smi.exe" : "nvidia-smi";
        List<Path> files = new ArrayList<>();
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            path(folder).ifPresent(path -> files.add(path.resolve(name)));
        }
        return files.stream()
                .filter(file -> file.isAbsolute() && Files.isExecutable(file))
                .findFirst();
    }

    /** A text that is no path names no folder with a program. */
    private static Optional<Path> path(String folder) {
        try {
            return Optional.of(Path.of(folder));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Found asked(Path program) {
        Process process;
        try {
            process = new ProcessBuilder(
                            program.toString(),
                            "--query-gpu=name,memory.total,driver_version",
                            "--format=csv,noheader,nounits")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return new Found(List.of(), program + " could not be run: " + e.getMessage() + ".");
        }
        try {
            process.getOutputStream().close();
            CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            String answer = text.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            boolean isDone = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!isDone || process.exitValue() != 0) {
                return new Found(List.of(), "nvidia-smi finds no card: " + firstLine(answer) + ".");
            }
            return cards(answer);
        } catch (TimeoutException e) {
            return new Found(List.of(), "nvidia-smi did not answer within " + limit.toSeconds() + " seconds.");
        } catch (ExecutionException | IOException e) {
            return new Found(List.of(), "What nvidia-smi says could not be read: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Found(List.of(), "The search for cards was interrupted.");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Found cards(String answer) {
        List<Card> cards = answer.lines()
                .map(line -> line.split(",", -1))
                .filter(fields -> fields.length >= FIELDS)
                .map(CardProbe::card)
                .toList();
        return cards.isEmpty()
                ? new Found(cards, "nvidia-smi finds no card: " + firstLine(answer) + ".")
                : new Found(cards, "Found by nvidia-smi.");
    }

    private static Card card(String[] fields) {
        String memory = fields[fields.length - 2].strip();
        long mebibytes = memory.matches("\\d{1,9}") ? Long.parseLong(memory) : 0;
        return new Card(
                String.join(",", List.of(fields).subList(0, fields.length - 2)).strip(),
                mebibytes << 20,
                fields[fields.length - 1].strip());
    }

    private static String firstLine(String answer) {
        String line = answer.lines().findFirst().orElse("it says nothing").strip();
        String whole = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        return whole.length() <= 200 ? whole : whole.substring(0, 200);
    }

    /** Without nvidia-smi, as in many containers. */
    private Found read() {
        Path folder = driver.resolve("gpus");
        if (!Files.isDirectory(folder)) {
            return new Found(List.of(), "There is no nvidia-smi on the path and no driver of NVIDIA.");
        }
        List<Card> cards = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.sorted().toList()) {
                Path about = each.resolve("information");
                if (Files.isReadable(about)) {
                    Files.readString(about, StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.startsWith("Model:"))
                            .map(line -> line.substring("Model:".length()).strip())
                            .forEach(name -> cards.add(new Card(name, 0, "")));
                }
            }
        } catch (IOException e) {
            return new Found(List.of(), "What the driver of NVIDIA tells could not be read: " + e.getMessage() + ".");
        }
        return new Found(
                cards, cards.isEmpty() ? "The driver of NVIDIA has no card." : "Found by the driver of NVIDIA.");
    }
}
