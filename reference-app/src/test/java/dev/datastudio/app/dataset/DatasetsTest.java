package dev.datastudio.app.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.Person.Reply;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Data sets over HTTP (A15, A2, A7; rows 5, 6, 7, 9, 14 and 15 of the security tests). */
@Timeout(120)
class DatasetsTest {
    private static final String CSV =
            "day,region,sales\n2024-01-05,North,10\n2024-01-20,South,20\n2024-02-03,North,35\n2024-02-17,South,15\n";

    private final Person ann = AppServer.shared().newPerson();

    private Reply upload(Person who, String query, String name, String content) {
        String body = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--BOUNDARY--\r\n";
        return who.send(who.request("/api/v1/datasets" + query)
                .header("Content-Type", "multipart/form-data; boundary=BOUNDARY")
                .POST(BodyPublishers.ofString(body)));
    }

    private String imported(String name, String content) {
        return upload(ann, "", name, content).is(201).json().path("id").asString();
    }

    private JsonNode ended(String job) {
        String events =
                ann.get("/api/v1/jobs/" + job + "/events").is(200).response().body();
        assertTrue(events.contains("event: done") || events.contains("event: failed"), events);
        return ann.get("/api/v1/jobs/" + job).is(200).json();
    }

    @Test
    void aFileIsImportedListedShownAndDeleted() {
        JsonNode dataset =
                upload(ann, "?name=north.csv", "sales.csv", CSV).is(201).json();
        String path = "/api/v1/datasets/" + dataset.path("id").asString();

        assertEquals("north.csv", dataset.path("name").asString());
        assertEquals(4, dataset.path("rows").asInt());
        assertEquals(3, dataset.path("columnCount").asInt());
        assertEquals(CSV.length(), dataset.path("bytes").asInt());
        assertEquals("csv", dataset.path("format").asString());
        assertEquals(
                dataset.path("id"),
                ann.get("/api/v1/datasets").is(200).json().path("items").path(0).path("id"));
        JsonNode details = ann.get(path).is(200).json();
        assertEquals("north.csv", details.path("name").asString(), details::toString);
        assertEquals("MEASURE", details.path("columns").path(2).path("role").asString());
        assertEquals(0, details.path("report").path("rejectedRows").asInt());
        JsonNode rows = ann.get(path + "/rows?offset=1&limit=2").is(200).json();
        assertEquals(
                "[[\"2024-01-20\",\"South\",20],[\"2024-02-03\",\"North\",35]]",
                rows.path("rows").toString());
        assertEquals(4, rows.path("totalRows").asInt());
        assertEquals(1, ann.get(path + "/versions").is(200).json().size());
        assertEquals(
                4,
                ann.get(path + "/profile")
                        .is(200)
                        .json()
                        .path("overview")
                        .path("rows")
                        .asInt());
        ann.delete(path).is(204);
        ann.get(path).is(404);
        assertEquals(0, ann.get("/api/v1/datasets").json().path("items").size());
    }

    @Test
    void whatRestsOnADataSetIsToldAndOneVersionOrAllOfThemAreDeleted() {
        String first = imported("sales.csv", CSV);
        String second = imported("sales.csv", CSV + "2024-03-01,East,5\n");
        ann.post(
                        "/api/v1/graphs",
                        "{'name':'Monthly','graph':{'nodes':[{'id':'q','type':'question','data':{'config':{'datasets':['"
                                + second + "']}}}],'edges':[]}}")
                .is(201);
        ann.post("/api/v1/analysis/ask", "{'datasetIds':['" + second + "'],'question':'distribution of sales'}")
                .is(200);
        String path = "/api/v1/datasets/" + second;

        JsonNode groups = ann.get(path + "/dependants?allVersions=true").is(200).json();

        assertEquals("graph", groups.path(groups.size() - 1).path("kind").asString(), groups::toString);
        assertEquals(
                "Monthly",
                groups.path(groups.size() - 1)
                        .path("first")
                        .path(0)
                        .path("name")
                        .asString());
        assertTrue(groups.path(0).path("deleted").asBoolean(), groups::toString);
        assertEquals(
                "[]",
                ann.get("/api/v1/datasets/" + first + "/dependants")
                        .is(200)
                        .response()
                        .body());
        ann.delete(path).is(204);
        ann.get("/api/v1/datasets/" + first).is(200);
        String third = imported("sales.csv", CSV + "2024-04-01,East,7\n");
        ann.delete("/api/v1/datasets/" + third + "?allVersions=true").is(204);
        ann.get("/api/v1/datasets/" + first).is(404);
    }

    @Test
    void aFileIsImportedAsAJobWhoseEventsEnd() {
        JsonNode job = upload(ann, "?async=true", "sales.csv", CSV).is(202).json();

        JsonNode done = ended(job.path("id").asString());

        assertEquals("done", done.path("state").asString());
        assertEquals("dataset.import", done.path("kind").asString());
        assertEquals("dataset", done.path("result").path("type").asString());
        ann.get("/api/v1/datasets/" + done.path("result").path("id").asString()).is(200);
        assertEquals(
                job.path("id"),
                ann.get("/api/v1/jobs?state=done")
                        .is(200)
                        .json()
                        .path("items")
                        .path(0)
                        .path("id"));
        assertEquals(
                0,
                ann.get("/api/v1/jobs?state=failed")
                        .is(200)
                        .json()
                        .path("items")
                        .size());
    }

    @Test
    void aFileIsLookedAtThenImportedOrTakenBack() {
        byte[] bytes = "code,sales\n007,10\n008,20\n009,many\n".getBytes(StandardCharsets.UTF_8);
        String path = "/api/v1/uploads/"
                + ann.sendFile("/api/v1/uploads", "codes.csv", bytes)
                        .is(201)
                        .json()
                        .path("id")
                        .asString();
        String wish = "{'name':'Codes','types':{'sales':'INTEGER'},'maxRejectedRows':1}";

        JsonNode preview = ann.post(path + "/preview", wish).is(200).json();
        JsonNode strict = ann.post(path + "/preview", "{'types':{'sales':'INTEGER'}}")
                .is(400)
                .json();
        boolean isKept = !ann.get("/api/v1/datasets").json().path("items").isEmpty();
        JsonNode job = ann.post(path + "/import", wish).is(202).json();
        JsonNode done = ended(job.path("id").asString());

        assertEquals("[[\"007\",10],[\"008\",20]]", preview.path("rows").toString());
        assertEquals(2, preview.path("totalRows").asInt());
        assertEquals(1, preview.path("report").path("rejectedRows").asInt());
        assertEquals("FILE_MALFORMED", strict.path("code").asString());
        assertFalse(isKept);
        JsonNode dataset = ann.get(
                        "/api/v1/datasets/" + done.path("result").path("id").asString())
                .is(200)
                .json();
        assertEquals("Codes", dataset.path("name").asString());
        assertEquals(1, dataset.path("report").path("rejectedRows").asInt());
        ann.get(path).is(404);
        String other = "/api/v1/uploads/"
                + ann.sendFile("/api/v1/uploads", "other.csv", bytes)
                        .is(201)
                        .json()
                        .path("id")
                        .asString();
        ann.delete(other).is(204);
        ann.post(other + "/import", "{}").is(404);
    }

    @Test
    void aBrokenFileAndABadNameAreToldOff() {
        JsonNode broken =
                upload(ann, "", "broken.csv", "a,b\n1,2\n3,4,5\n").is(400).json();
        JsonNode empty = upload(ann, "", "empty.csv", "").is(400).json();
        JsonNode named =
                upload(ann, "?name=..%2F..%2Fx.csv", "a.csv", CSV).is(400).json();

        assertEquals("FILE_MALFORMED", broken.path("code").asString());
        assertEquals("FILE_EMPTY", empty.path("code").asString());
        assertEquals("INVALID_NAME", named.path("code").asString());
    }

    @Test
    void onlyAMultipartBodyIsAFile() {
        ann.post("/api/v1/datasets", "{'files':[{'filepath':'/etc/passwd'}],'file':{'filepath':'/etc/passwd'}}")
                .is(415);
        ann.send(ann.request("/api/v1/datasets")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("file=/etc/passwd")))
                .is(415);
    }

    @Test
    void whatBelongsToSomebodyElseIsNotThere() {
        String id = imported("sales.csv", CSV);
        Person ben = AppServer.shared().newPerson();
        String path = "/api/v1/datasets/" + id;
        List<Reply> replies = new ArrayList<>();
        for (String part : List.of(
                "", "/versions", "/rows", "/profile", "/artifacts", "/export", "/rejected", "/charts/suggestions")) {
            replies.add(ben.get(path + part));
        }
        replies.add(ben.delete(path));
        replies.add(ben.post(path + "/charts", "{'kind':'histogram','columns':['sales']}"));
        replies.add(ben.post(path + "/tests", "{'columns':['sales']}"));
        replies.add(ben.post("/api/v1/sql", "{'datasetIds':['" + id + "'],'sql':'SELECT 1'}"));
        replies.add(ben.post("/api/v1/analysis/ask", "{'datasetIds':['" + id + "'],'question':'total sales'}"));
        replies.add(ben.get("/api/v1/studio/sources/" + id + "/preview"));

        for (Reply reply : replies) {
            assertEquals(404, reply.status(), reply.response().toString());
        }
        assertEquals(
                "There is no data set '" + id + "'",
                replies.get(0).json().path("detail").asString());
        ann.get(path).is(200);
    }

    @Test
    void exportsAreSavedNotShownAndRunNoFormula() throws Exception {
        String id = imported("evil \u00e9.csv", "name,amount\n=1+1,-5\n@SUM(A1),7\n");

        Reply csv = ann.get("/api/v1/datasets/" + id + "/export?format=csv").is(200);
        Reply json = ann.get("/api/v1/datasets/" + id + "/export?format=json").is(200);

        assertTrue(csv.response().body().contains("'=1+1"), csv.response()::body);
        assertTrue(csv.response().body().contains("-5"), csv.response()::body);
        assertFalse(csv.response().body().contains("'-5"), csv.response()::body);
        assertTrue(json.response().body().contains("\"=1+1\""), json.response()::body);
        assertEquals("nosniff", csv.header("X-Content-Type-Options"));
        assertTrue(
                csv.header("Content-Disposition").startsWith("attachment; filename=")
                        && csv.header("Content-Disposition").contains("filename*=UTF-8''evil%20%C3%A9.csv"),
                csv.header("Content-Disposition"));
        for (String format : List.of("xlsx", "parquet", "tsv", "jsonl")) {
            ann.get("/api/v1/datasets/" + id + "/export?format=" + format).is(200);
        }
        ann.get("/api/v1/datasets/" + id + "/export?format=exe").is(400);
    }

    @Test
    void rejectedRowsComeWithoutFormulas() {
        String id = upload(ann, "?maxRejectedRows=5", "part.csv", "a,b\n1,2\n=cmd(),4,5\n6,7\n")
                .is(201)
                .json()
                .path("id")
                .asString();

        JsonNode details = ann.get("/api/v1/datasets/" + id).is(200).json();
        String rejected = ann.get("/api/v1/datasets/" + id + "/rejected")
                .is(200)
                .response()
                .body();

        assertEquals(1, details.path("report").path("rejectedRows").asInt());
        assertTrue(
                details.path("report").path("messages").path(0).asString().startsWith("Line 3: "), details::toString);
        assertTrue(rejected.startsWith("line,reason,raw"), rejected);
        assertTrue(rejected.contains("'=cmd()"), rejected);
    }

    @Test
    void chartsAreDrawnWithTheirNumbers() {
        String path = "/api/v1/datasets/" + imported("sales.csv", CSV);

        JsonNode chart = ann.post(path + "/charts", "{'kind':'bar','columns':['region','sales'],'aggregate':'sum'}")
                .is(200)
                .json();

        assertEquals("bar", chart.path("kind").asString());
        assertTrue(chart.path("figure").path("data").isArray(), chart::toString);
        assertEquals(2, chart.path("alternative").path("rows").size());
        assertTrue(ann.get(path + "/charts/suggestions").is(200).json().size() > 3);
        assertEquals(
                "UNKNOWN_COLUMN",
                ann.post(path + "/charts", "{'kind':'bar','columns':['reggion']}")
                        .is(400)
                        .json()
                        .path("code")
                        .asString());
        ann.post(path + "/charts", "{'kind':'cake','columns':['region']}").is(400);
    }

    @Test
    void hypothesesAreTested() {
        String path = "/api/v1/datasets/" + imported("sales.csv", CSV);

        JsonNode test = ann.post(path + "/tests", "{'test':'welch_t','columns':['sales','region']}")
                .is(200)
                .json();

        assertEquals("welch_t", test.path("test").asString());
        assertTrue(test.path("pValue").asDouble() > 0.05, test::toString);
        assertFalse(test.path("conclusion").asString().isBlank());
        ann.post(path + "/tests", "{'columns':[]}").is(400);
        ann.post(path + "/tests", "{'test':'guess','columns':['sales']}").is(400);
    }

    @Test
    void sqlReadsAndDoesNothingElse() {
        String id = imported("sales.csv", CSV);
        String start = "{'datasetIds':['" + id + "'],'sql':\"";

        JsonNode table = ann.post(
                        "/api/v1/sql", start + "SELECT region, sum(sales) AS s FROM sales GROUP BY 1 ORDER BY 1\"}")
                .is(200)
                .json();

        assertEquals("[[\"North\",45],[\"South\",35]]", table.path("rows").toString());
        for (String sql : List.of(
                "DELETE FROM sales",
                "SELECT 1; DROP TABLE sales",
                "SELECT * FROM read_text('/etc/passwd')",
                "ATTACH '/tmp/x.db'",
                "COPY sales TO '/tmp/out.csv'",
                "WITH d AS (DELETE FROM sales RETURNING *) SELECT * FROM d",
                "PRAGMA database_list",
                "SET memory_limit = '1GB'")) {
            Reply refused = ann.send(ann.request("/api/v1/sql")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"datasetIds\":[\"" + id + "\"],\"sql\":\"" + sql + "\"}")));

            assertTrue(refused.status() == 403 || refused.status() == 400, sql + " gave " + refused.status());
        }
        assertEquals(
                4,
                ann.get("/api/v1/datasets/" + id + "/rows").json().path("rows").size());
    }

    @Test
    void sqlIsPagedExplainedExportedAndStopped() throws Exception {
        String start = "{'datasetIds':['" + imported("sales.csv", CSV) + "'],";
        String all = start + "'sql':'SELECT sales FROM sales ORDER BY sales;'";

        JsonNode page =
                ann.post("/api/v1/sql", all + ",'limit':2,'offset':2}").is(200).json();
        JsonNode wrong = ann.post("/api/v1/sql", start + "'sql':'SELECT region\\nFROM sales\\nWHERE regio = 1'}")
                .is(400)
                .json();
        JsonNode cut = ann.post("/api/v1/sql", start + "'sql':'SELECT region\\nFRM sales s'}")
                .is(400)
                .json();
        Reply file = ann.post(
                        "/api/v1/sql/export?format=csv",
                        start + "'sql':'SELECT chr(61) || region AS r FROM sales LIMIT 1'}")
                .is(200);

        assertEquals("[[20],[35]]", page.path("rows").toString());
        assertEquals(4, page.path("totalRows").asInt());
        assertTrue(wrong.path("detail").asString().endsWith("(line 3, column 7)"), wrong::toString);
        assertTrue(cut.path("detail").asString().contains("(line 2, column"), cut::toString);
        assertTrue(ann.post("/api/v1/sql/explain", all + "}")
                .is(200)
                .json()
                .path("plan")
                .asString()
                .contains("Order By"));
        ann.post("/api/v1/sql/explain", start + "'sql':'DELETE FROM sales'}").is(403);
        assertEquals("r\n'=North\n", file.response().body());
        String run = UUID.randomUUID().toString();
        CompletableFuture<Reply> slow = CompletableFuture.supplyAsync(() -> ann.post(
                "/api/v1/sql",
                start + "'run':'" + run + "','sql':'SELECT count(*) FROM range(100000000) a, range(100000) b'}"));
        while (!slow.isDone()) {
            ann.post("/api/v1/sql/cancel", "{'run':'" + run + "'}").is(204);
        }
        assertEquals("CANCELLED", slow.get().json().path("code").asString(), slow.get()::toString);
    }

    @Test
    void addressesOfInnerNetworksAreNotFetched() {
        String port = ":" + AppServer.shared().address().getPort();
        for (String url : List.of(
                "http://127.0.0.1" + port + "/api/docs",
                "http://localhost" + port + "/",
                "http://[::1]" + port + "/",
                "http://[::ffff:127.0.0.1]" + port + "/",
                "http://0x7f000001" + port + "/",
                "http://127.1" + port + "/",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "http://user@127.0.0.1" + port + "/")) {
            JsonNode job = ann.post("/api/v1/datasets/url", "{'url':'" + url + "'}")
                    .is(202)
                    .json();

            JsonNode failed = ended(job.path("id").asString());

            assertEquals("failed", failed.path("state").asString(), url);
            assertEquals("URL_REFUSED", failed.path("error").path("code").asString(), url);
            JsonNode fetch = ended(ann.post("/api/v1/uploads/url", "{'url':'" + url + "'}")
                    .is(202)
                    .json()
                    .path("id")
                    .asString());
            assertEquals("URL_REFUSED", fetch.path("error").path("code").asString(), url);
        }
        ann.post("/api/v1/datasets/url", "{'url':'not an address'}").is(403);
    }

    @Test
    void questionsAreAnsweredWithFiguresAndTheirFilesListed() {
        String id = imported("sales.csv", CSV);

        JsonNode answer = ann.post(
                        "/api/v1/analysis/ask", "{'datasetIds':['" + id + "'],'question':'Distribution of sales'}")
                .is(200)
                .json();
        JsonNode artifacts =
                ann.get("/api/v1/datasets/" + id + "/artifacts").is(200).json().path("items");

        assertEquals("answered", answer.path("status").asString());
        assertTrue(answer.path("steps").path(0).path("figure").path("data").isArray());
        assertEquals(2, artifacts.size(), artifacts::toString);
        assertTrue(artifacts.path(0).path("url").asString().contains("/files/"));
        assertTrue(
                artifacts.path(0).path("key").asString().endsWith("dist_plots/sales.plotly.json"), artifacts::toString);
    }

    @Test
    void stepsOfAnAnswerAreToldAsTheyAreDone() throws Exception {
        String id = imported("sales.csv", CSV);
        HttpRequest request = ann.request("/api/v1/analysis/ask")
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(
                        "{\"datasetIds\":[\"" + id + "\"],\"question\":\"total sales by region\"}"))
                .build();

        String events = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString(UTF_8))
                .body();

        assertTrue(events.contains("event: answer"), events);
        assertTrue(events.indexOf("event: step") < events.indexOf("event: answer"), events);
    }

    @Test
    void samplesAreAddedOnceAndAnswerTheirQuestions() {
        JsonNode samples = ann.post("/api/v1/samples", "{}").is(200).json();

        assertEquals(samples, ann.post("/api/v1/samples", "{}").is(200).json());
        assertEquals(3, samples.path("questions").size());
        for (JsonNode question : samples.path("questions")) {
            JsonNode answer = ann.post(
                            "/api/v1/analysis/ask",
                            "{'datasetIds':['" + samples.path("datasetId").asString() + "'],'question':'"
                                    + question.asString() + "'}")
                    .is(200)
                    .json();

            assertEquals("answered", answer.path("status").asString(), answer::toString);
            for (JsonNode step : answer.path("steps")) {
                assertTrue(step.path("figure").path("data").isArray(), question::toString);
            }
        }
        ann.get("/api/v1/graphs/" + samples.path("graphId").asString()).is(200);
    }
}
