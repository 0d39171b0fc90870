package dev.datastudio.agents.planner;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.tenant.Caller;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Tables as the planner sees them, without rows: columns, types, roles and some stored values. */
final class Schemas {
    static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    private static final Map<String, Schema> KNOWN = new ConcurrentHashMap<>();

    private Schemas() {}

    record Schema(Dataset dataset, ValueIndex values) {}

    static Schema of(String name) {
        return KNOWN.computeIfAbsent(name, Schemas::read);
    }

    static PlanRequest request(String schema, String question) {
        Schema known = of(schema);
        return new PlanRequest(question, List.of(known.dataset()), known.values(), TODAY);
    }

    private static Schema read(String name) {
        List<Column> columns = new ArrayList<>();
        List<List<String>> values = new ArrayList<>();
        List<String> lines = lines(name);
        for (String line : lines.subList(1, lines.size())) {
            String[] f = line.split("\t", -1);
            columns.add(new Column(
                    f[0],
                    ColumnType.valueOf(f[1]),
                    ColumnRole.valueOf(f[2]),
                    f[3],
                    Long.parseLong(f[4]),
                    Long.parseLong(f[5])));
            values.add(f[6].isEmpty() ? List.of() : List.of(f[6].split("\\|", -1)));
        }
        Dataset dataset = dataset(name, Long.parseLong(lines.get(0).split("\t", -1)[1]), columns);
        var index = ValueIndex.builder();
        for (int i = 0; i < columns.size(); i++) {
            index.add(dataset, columns.get(i), values.get(i));
        }
        return new Schema(dataset, index.build());
    }

    static Dataset dataset(String name, long rows, List<Column> columns) {
        return new Dataset(
                DatasetId.random(),
                Caller.LOCAL,
                name + ".csv",
                1,
                Origin.UNKNOWN,
                name.replace('-', '_'),
                "hash of " + name,
                rows,
                columns,
                List.of(),
                Instant.EPOCH,
                "local/local/uploads/" + name);
    }

    private static List<String> lines(String name) {
        try (var stream = Objects.requireNonNull(Schemas.class.getResourceAsStream(name + ".schema"), name);
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().filter(l -> !l.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
