package dev.datastudio.app.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.Person.Reply;
import dev.datastudio.testkit.server.PostgresServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;

/** Databases over HTTP (A15, P5, R1; rows 6, 8 and 17 of the security tests). */
@Timeout(180)
class SourcesTest {
    private final Person ann = AppServer.shared().newPerson();

    private Reply create(String json) {
        return ann.post("/api/v1/sources", json);
    }

    @Test
    void aUrlOrAnOptionOfADriverIsNoPartOfASource() {
        for (String json : List.of(
                "{'name':'a','kind':'postgresql','host':'db;x=1','database':'d'}",
                "{'name':'a','kind':'postgresql','host':'db?socketFactory=x','database':'d'}",
                "{'name':'a','kind':'postgresql','host':'jdbc:postgresql://db/d','database':'d'}",
                "{'name':'a','kind':'postgresql','host':'db','database':'d?sslfactory=x'}",
                "{'name':'a','kind':'postgresql','host':'db','database':'d','properties':{'socketFactory':'x'}}",
                "{'name':'a','kind':'postgresql','host':'db','database':'d','properties':{'loggerFile':'x'}}",
                "{'name':'a','kind':'mysql','host':'db','database':'d&allowLoadLocalInfile=true'}",
                "{'name':'a','kind':'mariadb','host':'db','database':'d','properties':{'autoDeserialize':'true'}}",
                "{'name':'a','kind':'sqlserver','host':'db','database':'d;integratedSecurity=true'}",
                "{'name':'a','kind':'duckdb','database':'x.db;session_init_sql_file=/x.sql'}",
                "{'name':'a','kind':'sqlite','database':'x.db?cache=shared'}")) {
            Reply refused = create(json);

            assertEquals(400, refused.status(), json + refused.response().body());
            assertEquals("SOURCE_INVALID", refused.json().path("code").asString(), json);
        }
        create("{'name':'a','kind':'h2','host':'db','database':'INIT=RUNSCRIPT'}")
                .is(400);
        create("{'name':'a','jdbcUrl':'jdbc:postgresql://db/d'}").is(400);
    }

    @Test
    void aFileOutsideTheAllowedFoldersIsNotOpened() {
        String id = create("{'name':'etc','kind':'sqlite','database':'/etc/passwd'}")
                .is(201)
                .json()
                .path("id")
                .asString();

        JsonNode check =
                ann.post("/api/v1/sources/" + id + "/check", "{}").is(200).json();

        assertFalse(check.path("ok").asBoolean(), check::toString);
        assertFalse(check.toString().contains("root:"), check::toString);
        assertTrue(check.path("mend").asString().contains("studio serve --source-folder"), check::toString);
    }

    @Test
    void aDatabaseIsConnectedLookedAtAskedAndImported() throws Exception {
        PGSimpleDataSource database =
                (PGSimpleDataSource) PostgresServer.require().newDatabase();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id int PRIMARY KEY, region text, amount numeric(9,2))");
            statement.execute("INSERT INTO orders VALUES (1,'North',10),(2,'South',20),(3,'North',30)");
        }
        JsonNode source = create("{'name':'shop','kind':'postgresql','host':'" + database.getServerNames()[0]
                        + "','port':" + database.getPortNumbers()[0]
                        + ",'database':'" + database.getDatabaseName() + "','user':'" + database.getUser()
                        + "','password':'canary-secret'}")
                .is(201)
                .json();
        String path = "/api/v1/sources/" + source.path("id").asString();

        assertFalse(source.toString().contains("canary"), source::toString);
        assertFalse(ann.get(path).is(200).response().body().contains("canary"));
        assertTrue(ann.post(path + "/check", "{}").is(200).json().path("ok").asBoolean());
        JsonNode tables = ann.get(path + "/tables").is(200).json();
        assertEquals("orders", tables.path(0).path("name").asString());
        assertTrue(tables.path(0).path("columns").path(0).path("key").asBoolean());
        JsonNode preview = ann.get("/api/v1/studio/sources/" + source.path("id").asString()
                        + "/preview?limit=2&query=SELECT%20region%20FROM%20orders%20ORDER%20BY%20id")
                .is(200)
                .json();
        assertEquals("table", preview.path("data_type").asString(), preview::toString);
        assertEquals(
                "[{\"values\":[\"North\"]},{\"values\":[\"South\"]}]",
                preview.path("rows").toString());
        assertEquals(3, preview.path("total_rows").asInt());
        JsonNode table = ann.post(
                        "/api/v1/sql",
                        "{'sourceId':'" + source.path("id").asString() + "','sql':'SELECT count(*) AS n FROM orders'}")
                .is(200)
                .json();
        assertEquals("[[3]]", table.path("rows").toString());
        ann.post("/api/v1/sql", "{'sourceId':'" + source.path("id").asString() + "','sql':'DROP TABLE orders'}")
                .is(403);
        JsonNode job =
                ann.post(path + "/import", "{'table':'public.orders'}").is(202).json();
        ann.get("/api/v1/jobs/" + job.path("id").asString() + "/events").is(200);
        JsonNode done = ann.get("/api/v1/jobs/" + job.path("id").asString()).json();
        assertEquals("done", done.path("state").asString(), done::toString);
        JsonNode load = ann.post(path + "/load", "{}").is(202).json();
        ann.get("/api/v1/jobs/" + load.path("id").asString() + "/events").is(200);
        assertFalse(ann.get(path + "/tables")
                .json()
                .path(0)
                .path("documentation")
                .asString()
                .isBlank());

        changes(path, source);
        foreign(source.path("id").asString());
    }

    private void changes(String path, JsonNode source) {
        String body = "{'name':'shop 2','kind':'postgresql','host':'"
                + source.path("host").asString() + "','port':"
                + source.path("port").asInt() + ",'database':'"
                + source.path("database").asString() + "','user':'"
                + source.path("user").asString() + "'}";

        ann.put(path, body).is(428);
        Reply changed = ann.send(ann.request(path)
                        .header("Content-Type", "application/json")
                        .header("If-Match", "\"1\"")
                        .PUT(BodyPublishers.ofString(body.replace('\'', '"'))))
                .is(200);
        assertEquals("\"2\"", changed.header("ETag"));
        ann.send(ann.request(path)
                        .header("Content-Type", "application/json")
                        .header("If-Match", "\"1\"")
                        .PUT(BodyPublishers.ofString(body.replace('\'', '"'))))
                .is(409);
        ann.send(ann.request(path)
                        .header("Content-Type", "application/json")
                        .header("If-Match", "\"2\"")
                        .PUT(BodyPublishers.ofString(body.replace('\'', '"')
                                .replace(source.path("host").asString(), "evil.example"))))
                .is(400); // the password would go elsewhere
    }

    @Test
    void aChangeKeepsTheSettingsThatItDoesNotTell() {
        String body = "{'name':'shop','kind':'postgresql','host':'db.example','database':'d'";
        String id = create(body + ",'password':'canary','properties':{'sslmode':'require'}}")
                .is(201)
                .json()
                .path("id")
                .asString();
        String path = "/api/v1/sources/" + id;

        ann.put(path, body + ",'properties':{}}", "\"1\"").is(400); // the password would go there otherwise
        ann.put(path, body.replace("shop", "store") + "}", "\"1\"").is(200);
    }

    private void foreign(String id) {
        Person ben = AppServer.shared().newPerson();
        String path = "/api/v1/sources/" + id;
        for (Reply reply : List.of(
                ben.get(path),
                ben.delete(path),
                ben.get(path + "/tables"),
                ben.post(path + "/check", "{}"),
                ben.post(path + "/load", "{}"),
                ben.post(path + "/import", "{'table':'orders'}"),
                ben.get("/api/v1/studio/sources/" + id + "/preview"),
                ben.post("/api/v1/sql", "{'sourceId':'" + id + "','sql':'SELECT 1'}"),
                ben.get("/api/v1/sources/" + UUID.randomUUID()))) {
            assertEquals(404, reply.status(), reply.response().toString());
        }
        assertEquals(0, ben.get("/api/v1/sources").is(200).json().path("items").size());
    }
}
