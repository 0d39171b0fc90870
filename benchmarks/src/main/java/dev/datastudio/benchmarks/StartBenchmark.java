package dev.datastudio.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Whole processes: a question from the command line beside a bare program that opens DuckDB and reads the file. */
final class StartBenchmark implements Benchmark {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public String summary() {
        return "whole process of ./studio ask: cached, and new on an imported file";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int rounds = effort == Effort.QUICK ? 7 : 15;
        Path home = Path.of(System.getProperty("studio.home", ".")).toAbsolutePath();
        Path file = home.resolve("examples/data/shop-orders.csv");
        Map<String, String> workspace =
                Map.of("STUDIO_WORKSPACE", scratch.resolve("workspace").toString());
        String repeated = "average sales by region";
        ask(home, file, repeated, workspace);

        Iterator<String> questions = questions().iterator();
        Interleaved.Medians cached = Interleaved.medianMillis(
                rounds, 1, () -> ask(home, file, repeated, workspace), () -> bare(file, workspace));
        Interleaved.Medians fresh = Interleaved.medianMillis(
                rounds, 1, () -> ask(home, file, questions.next(), workspace), () -> bare(file, workspace));
        String peer = "bare Java program: open DuckDB, read the CSV, aggregate";
        return List.of(
                Measurement.atMostTimes("./studio ask, cached", cached.ours(), "ms", peer, cached.theirs(), 1.5),
                Measurement.atMostTimes(
                        "./studio ask, new question on an imported file",
                        fresh.ours(),
                        "ms",
                        peer,
                        fresh.theirs(),
                        2.5));
    }

    private static double ask(Path home, Path file, String question, Map<String, String> workspace)
            throws IOException, InterruptedException {
        return Child.run(
                        List.of(home.resolve("studio").toString(), "ask", file.toString(), question, "--json"),
                        workspace)
                .millis();
    }

    private static double bare(Path file, Map<String, String> workspace) throws IOException, InterruptedException {
        return Child.run(Child.java(BareQuestion.class, file.toString()), workspace)
                .millis();
    }

    private static List<String> questions() {
        List<String> questions = new ArrayList<>();
        for (String aggregate : List.of("total", "median", "highest", "lowest")) {
            for (String measure : List.of("sales", "profit", "quantity")) {
                for (String dimension : List.of("category", "region")) {
                    questions.add(aggregate + " " + measure + " by " + dimension);
                }
            }
        }
        return questions;
    }
}
