package dev.datastudio.agents.planner.model;

import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.agents.planner.ValueLookup;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.openai.OpenAiTokenCountEstimator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tables that prompts are written of. */
record PromptTables(List<Dataset> tables, List<Relation> relations, Map<String, List<String>> values) {
    static PromptTables shop() {
        Dataset orders = table(
                "orders",
                List.of(
                        new Column("id", ColumnType.INTEGER, ColumnRole.ID, "", 1_000, 0),
                        column("day", ColumnType.DATE),
                        column("region", ColumnType.TEXT),
                        new Column("sales", ColumnType.DECIMAL, ColumnRole.MEASURE, "$", 900, 0),
                        new Column("customer_id", ColumnType.INTEGER, ColumnRole.ID, "", 30, 0)));
        Dataset customers = table(
                "customers",
                List.of(
                        new Column("id", ColumnType.INTEGER, ColumnRole.ID, "", 30, 0),
                        column("name", ColumnType.TEXT),
                        column("country", ColumnType.TEXT)));
        return new PromptTables(
                List.of(orders, customers),
                List.of(relation("orders", "customer_id", "customers", "id")),
                Map.of(
                        "region",
                        List.of("North", "South"),
                        "name",
                        IntStream.range(0, 30).mapToObj(i -> "Ada " + i).toList(),
                        "country",
                        List.of("Spain", "France")));
    }

    /** Twenty tables of nine columns as an office has them. */
    static PromptTables office() {
        return chain(List.of(
                "customer",
                "invoice",
                "invoice_line",
                "product",
                "supplier",
                "warehouse",
                "shipment",
                "carrier",
                "employee",
                "department",
                "payment",
                "account",
                "contract",
                "project",
                "task",
                "time_entry",
                "expense",
                "budget",
                "ticket",
                "asset"));
    }

    /** So many tables of nine columns. */
    static PromptTables many(int count) {
        return chain(IntStream.range(0, count).mapToObj(i -> "thing" + i).toList());
    }

    /** Tables of which each refers to the one before. */
    private static PromptTables chain(List<String> names) {
        List<Dataset> tables = new ArrayList<>();
        List<Relation> relations = new ArrayList<>();
        for (String name : names) {
            tables.add(table(
                    name,
                    List.of(
                            new Column("id", ColumnType.INTEGER, ColumnRole.ID, "", 1_000, 0),
                            new Column("parent_id", ColumnType.INTEGER, ColumnRole.ID, "", 100, 0),
                            column("kind", ColumnType.TEXT),
                            column("title", ColumnType.TEXT),
                            column("created", ColumnType.TIMESTAMP),
                            column("due_date", ColumnType.DATE),
                            column("quantity", ColumnType.INTEGER),
                            column("net_price", ColumnType.DECIMAL),
                            column("tax_rate", ColumnType.DECIMAL))));
        }
        for (int i = 1; i < names.size(); i++) {
            relations.add(relation(names.get(i), "parent_id", names.get(i - 1), "id"));
        }
        return new PromptTables(tables, relations, Map.of("kind", List.of("alpha", "beta")));
    }

    /** One table whose text columns all have the same values. */
    static PromptTables of(String name, List<Column> columns, List<String> values) {
        Map<String, List<String>> all = new HashMap<>();
        columns.forEach(c -> all.put(c.name(), values));
        return new PromptTables(List.of(table(name, columns)), List.of(), all);
    }

    PlanRequest request(String question) {
        ValueLookup lookup = (dataset, column) -> values.getOrDefault(column.name(), List.of());
        return new PlanRequest(question, tables, lookup, LocalDate.of(2024, 2, 15), relations);
    }

    /** What a prompt takes by the tokenizer of OpenAI, the tools as the JSON that they are sent as. */
    static int tokens(PlanPrompt prompt) {
        OpenAiTokenCountEstimator tokenizer = new OpenAiTokenCountEstimator("gpt-4o-mini");
        int messages = tokenizer.estimateTokenCountInMessages(
                List.of(SystemMessage.from(prompt.system()), UserMessage.from(prompt.user())));
        int tools = 0;
        for (ToolSpecification tool : prompt.tools()) {
            tools += tokenizer.estimateTokenCountInText(tool.name() + tool.description() + tool.parameters());
        }
        return messages + tools;
    }

    static Column column(String name, ColumnType type) {
        ColumnRole role =
                type.isNumeric() ? ColumnRole.MEASURE : type.isTemporal() ? ColumnRole.TIME : ColumnRole.DIMENSION;
        return new Column(name, type, role, "", 10, 0);
    }

    private static Dataset table(String name, List<Column> columns) {
        return new Dataset(
                DatasetId.random(),
                Caller.LOCAL,
                name + ".csv",
                1,
                Origin.UNKNOWN,
                name,
                "0".repeat(64),
                1_000,
                columns,
                List.of(),
                Instant.EPOCH,
                "local/local/uploads/" + name);
    }

    private static Relation relation(String from, String column, String to, String key) {
        return new Relation(
                Key.of(TableRef.dataset(from), column),
                Key.of(TableRef.dataset(to), key),
                1,
                List.of(),
                Relation.Status.PROPOSED);
    }
}
