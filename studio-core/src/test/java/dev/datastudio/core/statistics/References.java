package dev.datastudio.core.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.core.statistics.TestSpec.Alternative;
import dev.datastudio.core.statistics.TestSpec.Continuity;
import dev.datastudio.core.statistics.TestSpec.Distribution;
import dev.datastudio.core.statistics.TestSpec.Method;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The reference numbers that {@code src/test/scipy/reference.py} wrote. */
final class References {
    private References() {}

    /** One test with what must come out. */
    record Case(String name, TestSpec spec, Samples samples, JsonNode expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> all() {
        try (InputStream file = Objects.requireNonNull(References.class.getResourceAsStream("reference.json"))) {
            List<Case> cases = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(file).get("cases")) {
                cases.add(new Case(node.get("name").asText(), spec(node), samples(node.get("samples")), node));
            }
            return cases;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static TestSpec spec(JsonNode node) {
        TestSpec.Builder spec = TestSpec.builder(
                        TestKind.valueOf(node.get("kind").asText()))
                .alternative(Alternative.valueOf(node.get("alternative").asText()));
        JsonNode options = node.get("options");
        if (options.has("reference")) {
            spec.reference(options.get("reference").asDouble());
        }
        if (options.has("method")) {
            spec.method(Method.valueOf(options.get("method").asText()));
        }
        if (options.has("continuity")) {
            spec.continuity(Continuity.valueOf(options.get("continuity").asText()));
        }
        if (options.has("expected")) {
            List<Double> shares = new ArrayList<>();
            options.get("expected").forEach(s -> shares.add(s.asDouble()));
            spec.expected(shares);
        }
        if (options.has("distribution")) {
            JsonNode d = options.get("distribution");
            double a = d.get(1).asDouble();
            double b = d.get(2).asDouble();
            spec.distribution(
                    switch (d.get(0).asText()) {
                        case "norm" -> new Distribution.Normal(a, b);
                        case "uniform" -> new Distribution.Uniform(a, a + b);
                        default -> new Distribution.Exponential(b);
                    });
        }
        return spec.build();
    }

    private static Samples samples(JsonNode node) {
        if (node.has("one")) {
            return Samples.one("x", numbers(node.get("one")));
        } else if (node.has("groups")) {
            return groups(IntStream.range(0, node.get("groups").size())
                    .mapToObj(i -> numbers(node.get("groups").get(i)))
                    .toList());
        } else if (node.has("spread")) {
            return groups(List.of(
                    spread(node.get("spread").get(0)), spread(node.get("spread").get(1))));
        } else if (node.has("pairs")) {
            return Samples.pairs(
                    "x",
                    numbers(node.get("pairs").get(0)),
                    "y",
                    numbers(node.get("pairs").get(1)));
        } else if (node.has("spreadPairs")) {
            JsonNode both = node.get("spreadPairs");
            return Samples.pairs("x", spread(both.get(0)), "y", spread(both.get(1)));
        } else if (node.has("table")) {
            long[][] counts = new long[node.get("table").size()][];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = counts(node.get("table").get(i));
            }
            return Samples.table("r", names(counts.length), "c", names(counts[0].length), counts);
        }
        long[] counts = counts(node.get("counts"));
        return Samples.counts("c", names(counts.length), counts);
    }

    private static Samples groups(List<double[]> values) {
        Map<String, double[]> groups = new LinkedHashMap<>();
        values.forEach(v -> groups.put("g" + groups.size(), v));
        return Samples.groups("x", groups);
    }

    /** The same numbers as spread() of the script. */
    private static double[] spread(JsonNode parts) {
        long step = parts.get(1).asLong();
        long start = parts.get(2).asLong();
        long modulus = parts.get(3).asLong();
        return IntStream.range(0, parts.get(0).asInt())
                .mapToDouble(i -> (i * step + start) % modulus / 64.0)
                .toArray();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
    }

    private static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }

    private static long[] counts(JsonNode array) {
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asLong();
        }
        return values;
    }
}
