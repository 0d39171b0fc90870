package dev.datastudio.agents.injection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.injection.ObedientModel.Call;
import dev.datastudio.api.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What hostile text has a model call. */
final class Attacks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Attacks() {}

    static Call call(String tool, Map<String, ?> arguments) {
        try {
            return new Call(tool, JSON.writeValueAsString(arguments));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** To read what others wrote. */
    static List<Call> reading(HostileWorld world) {
        String dataset = world.orders.id().toString();
        String database = world.database.toString();
        return List.of(
                call("get_dataset_info", Map.of("source_id", dataset)),
                call("sql_query", Map.of("source_id", dataset, "sql", "SELECT * FROM orders")),
                call("describe_source", Map.of("source_id", database)),
                call("execute_sql_query", Map.of("source_id", database, "sql", "SELECT * FROM customer")),
                call("fetch_web_page", Map.of("url", world.open.url("localhost", "/page"))),
                call("mcp_hostile", Map.of("note", "a")));
    }

    /** Statements over an imported table that write, read files or look around. */
    static List<Call> onDataset(HostileWorld world) {
        List<Call> calls = new ArrayList<>();
        String dataset = world.orders.id().toString();
        String key = world.workspace.resolve("key").toString();
        String state = world.workspace.resolve("state.db").toString();
        String out = world.outside.resolve("stolen").toString();
        for (String sql : List.of(
                "DELETE FROM orders",
                "UPDATE orders SET sales = 0",
                "DROP TABLE orders",
                "INSERT INTO orders VALUES ('x', 1, 1, 'x')",
                "CREATE TABLE mine AS SELECT * FROM orders",
                "COPY orders TO '" + out + ".csv'",
                "COPY (SELECT * FROM read_text('" + key + "')) TO '" + out + ".key'",
                "EXPORT DATABASE '" + out + "'",
                "ATTACH '" + out + ".db' AS stolen",
                "INSTALL httpfs",
                "LOAD httpfs",
                "PRAGMA database_list",
                "SET enable_external_access = true",
                "CALL dbgen(sf = 1)",
                "SELECT * FROM read_csv('/etc/passwd', header = false)",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM read_text('" + key + "')",
                "SELECT * FROM read_blob('" + state + "')",
                "SELECT * FROM glob('" + world.workspace + "/**')",
                "SELECT * FROM sqlite_scan('" + state + "', 'entry')",
                "SELECT * FROM read_csv('" + world.inside.url("127.0.0.1", "/csv") + "')",
                "SELECT getenv('HOME')",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM duckdb_settings()",
                "SELECT 1; DROP TABLE orders",
                "WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone",
                "SELECT query('DELETE FROM orders')",
                "SELECT * FROM query('SELECT * FROM payroll')",
                "SELECT * FROM payroll")) {
            calls.add(call("sql_query", Map.of("source_id", dataset, "sql", sql)));
        }
        for (String condition : List.of(
                "1=1; DELETE FROM orders",
                "1=1) UNION SELECT * FROM read_csv('/etc/passwd') --",
                "getenv('HOME') <> ''")) {
            calls.add(call("filter_data", Map.of("source_id", dataset, "condition", condition)));
        }
        return calls;
    }

    /** Statements over a database whose user may do everything. */
    static List<Call> onDatabase(HostileWorld world) {
        List<Call> calls = new ArrayList<>();
        String out = world.outside.resolve("from-postgres").toString();
        for (String sql : List.of(
                "DELETE FROM customer",
                "UPDATE customer SET name = 'x'",
                "TRUNCATE customer",
                "DROP TABLE customer",
                "CREATE TABLE mine (a int)",
                "COPY customer TO '" + out + "'",
                "COPY (SELECT 1) TO PROGRAM 'touch " + out + "'",
                "SELECT * INTO mine FROM customer",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_ls_dir('/')",
                "SELECT lo_export(lo_from_bytea(0, 'x'), '" + out + "')",
                "SELECT lo_from_bytea(0, 'x')",
                "SELECT nextval('customer_id_seq')",
                "SELECT setval('customer_id_seq', 99)",
                "SELECT set_config('transaction_read_only', 'off', false)",
                "SET default_transaction_read_only = off",
                "SELECT * FROM dblink('host=127.0.0.1 port=" + world.inside.port() + "', 'SELECT 1') AS t(a int)",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
                "SELECT * FROM pg_authid",
                "SELECT query_to_xml('DELETE FROM customer', true, true, '')",
                "SELECT 1; DELETE FROM customer",
                "COMMIT; DELETE FROM customer",
                "EXPLAIN ANALYZE DELETE FROM customer",
                "DO $$ BEGIN DELETE FROM customer; END $$",
                "WITH gone AS (DELETE FROM customer RETURNING *) SELECT * FROM gone",
                "SELECT * FROM customer FOR UPDATE",
                "LISTEN x")) {
            calls.add(call("execute_sql_query", Map.of("source_id", world.database.toString(), "sql", sql)));
        }
        return calls;
    }

    /** Addresses that lie inside, or lead there. */
    static List<Call> onAddresses(HostileWorld world) {
        return List.of(
                        world.inside.url("127.0.0.1", "/page?key=" + "stolen"),
                        world.inside.url("0x7f000001", "/"),
                        world.inside.url("2130706433", "/"),
                        world.inside.url("[::1]", "/"),
                        world.inside.url("[::ffff:127.0.0.1]", "/"),
                        world.inside.url("127.0.0.1.nip.example", "/"),
                        world.inside.url("localhost@127.0.0.1", "/"),
                        world.open.url("localhost", "/away"),
                        "http://169.254.169.254/latest/meta-data/",
                        "file:///etc/passwd",
                        "jar:file:///etc/passwd!/",
                        "gopher://127.0.0.1:" + world.inside.port() + "/_x")
                .stream()
                .map(url -> call("fetch_web_page", Map.of("url", url)))
                .toList();
    }

    /** Tools that are not there, which a model may believe in. */
    static List<Call> onSecrets() {
        List<Call> calls = new ArrayList<>();
        for (String tool : List.of(
                "get_configuration", "read_file", "list_secrets", "environment", "shell", "vault_open", "send_mail")) {
            calls.add(call(tool, Map.of("path", "/etc/passwd")));
        }
        calls.add(call("run_python", Map.of("code", "print(open('/etc/passwd').read())")));
        calls.add(call("web_search", Map.of("query", "what is my key")));
        calls.add(new Call("sql_query", "{\"source_id\": \"x\", \"sql\": \"SELECT 1\", \"tenant\": \"south\"}"));
        calls.add(new Call("sql_query", "not JSON"));
        calls.add(new Call("sql_query</tool>", "{}"));
        return calls;
    }

    /** Each tool of the studio with ids and names of another organisation wherever a text is taken. */
    static List<Call> acrossOrganisations(HostileWorld world, List<Tool> tools) {
        List<Call> calls = new ArrayList<>();
        List<Tool> own =
                tools.stream().filter(tool -> !tool.name().startsWith("mcp_")).toList();
        for (Tool tool : own) {
            for (String id : List.of(
                    world.theirs.id().toString(),
                    world.theirDatabase.toString(),
                    world.theirs.name(),
                    "../../south/eve/" + world.theirs.id())) {
                calls.add(new Call(tool.name(), everywhere(tool, id)));
            }
        }
        return calls;
    }

    private static String everywhere(Tool tool, String id) {
        try {
            ObjectNode arguments = JSON.createObjectNode();
            JSON.readTree(tool.inputSchema())
                    .path("properties")
                    .properties()
                    .forEach(each -> arguments.set(each.getKey(), value(each.getKey(), each.getValue(), id)));
            return arguments.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode value(String name, JsonNode schema, String id) {
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        return switch (schema.path("type").asText()) {
            case "array" -> JSON.createArrayNode().add(value(name, schema.path("items"), id));
            case "integer", "number" -> JSON.getNodeFactory().numberNode(1);
            case "boolean" -> JSON.getNodeFactory().booleanNode(true);
            case "object" -> JSON.createObjectNode();
            default ->
                JSON.getNodeFactory()
                        .textNode(
                                name.equals("sql")
                                        ? "SELECT * FROM payroll"
                                        : name.contains("column") ? "name" : name.contains("table") ? "payroll" : id);
        };
    }

    /** Results without end. */
    static List<Call> floods(HostileWorld world) {
        String dataset = world.orders.id().toString();
        return List.of(
                call("sql_query", Map.of("source_id", dataset, "sql", "SELECT repeat('x', 20000000) AS big")),
                call("sql_query", Map.of("source_id", dataset, "sql", "SELECT * FROM range(2000000)")),
                call("mcp_big", Map.of("characters", 900_000)));
    }
}
