package dev.datastudio.app.question;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.Person.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Questions over files, as programs ask them (D1, D2, D3, D6, D10). */
@Timeout(120)
class QuestionsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CSV = """
            day,region,sales
            2024-01-05,North,10
            2024-01-20,South,20
            2024-02-03,North,35
            2024-02-17,South,15
            2024-03-09,North,40
            2024-03-28,South,25
            """;

    private final Person ann = AppServer.shared().newPerson();

    static HttpResponse<String> put(String url, String content, String type) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", type)
                        .PUT(BodyPublishers.ofString(content))
                        .build(),
                BodyHandlers.ofString());
    }

    static HttpResponse<byte[]> fetch(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return HTTP.send(
                (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
    }

    private JsonNode announce(String name) {
        return ann.post("/upload", "{'file_name':'" + name + "','content_type':'text/csv'}")
                .is(200)
                .json();
    }

    private String sent(String content) throws Exception {
        JsonNode ticket = announce("sales.csv");
        HttpResponse<String> sent = put(ticket.path("presigned_url").asString(), content, "text/csv");
        assertEquals(200, sent.statusCode(), sent::body);
        return ticket.path("file_id").asString();
    }

    private Reply ask(Person who, String file, String question) {
        return who.post("/ask", "{'file_id':'" + file + "','question':'" + question + "'}");
    }

    @Test
    void aFileIsAnnouncedSentAndAskedAbout() throws Exception {
        JsonNode ticket = announce("sales.csv");
        put(ticket.path("presigned_url").asString(), CSV, "text/csv");
        String file = ticket.path("file_id").asString();

        JsonNode first = ask(ann, file, "Distribution of sales and the monthly trend of sales")
                .is(200)
                .json();
        JsonNode again = ask(ann, file, "distribution of SALES and the monthly trend of sales?")
                .is(200)
                .json();

        assertTrue(file.matches("f_[a-z0-9]+"), file);
        assertTrue(ticket.path("s3_key").asString().matches("[^/]+/uploads/u_[a-z0-9]+/data\\.csv"), ticket::toString);
        assertEquals("ok", first.path("status").asString());
        assertFalse(first.path("cached").asBoolean());
        assertTrue(again.path("cached").asBoolean());
        assertEquals("answered", first.path("answer").path("status").asString());
        List<String> labels = new ArrayList<>();
        for (JsonNode result : first.path("results")) {
            labels.add(
                    result.path("type").asString() + " " + result.path("label").asString());
            HttpResponse<byte[]> fetched = fetch(result.path("url").asString());
            assertEquals(200, fetched.statusCode());
            assertTrue(fetched.body().length > 100);
        }
        assertEquals(
                List.of("image sales_distribution", "json sales_distribution", "image sales_trend", "json sales_trend"),
                labels);
        String folder = ticket.path("s3_key").asString().replace("data.csv", "");
        assertEquals(
                folder + "dist_plots/sales.png",
                first.path("results").path(0).path("s3_key").asString());
        JsonNode step = first.path("answer").path("steps").path(0);
        assertTrue(step.path("figure").path("data").isArray(), step::toString);
        assertEquals("", step.path("artifacts").path(0).path("path").asString());
        assertTrue(step.path("artifacts").path(0).path("url").asString().startsWith("http"));
        assertTrue(step.path("sql").asString().contains("SELECT"));
    }

    @Test
    void statisticsAreATable() throws Exception {
        JsonNode answer = ask(ann, sent(CSV), "Summary statistics").is(200).json();

        assertEquals(
                "summary_stats", answer.path("results").path(0).path("label").asString());
    }

    @Test
    void aRepeatIsTheSameBytesWhileItsLinksAreYoung() throws Exception {
        String file = sent(CSV);
        ask(ann, file, "total sales by region").is(200);

        String second =
                ask(ann, file, "total sales by region").is(200).response().body();
        String third =
                ask(ann, file, "total sales by region").is(200).response().body();

        assertEquals(second, third);
    }

    @Test
    void whatCannotBeAnsweredIsNoFailure() throws Exception {
        String file = sent(CSV);

        JsonNode unknown =
                ask(ann, file, "How warm is the blargh of zorp").is(200).json();

        assertEquals("not_understood", unknown.path("status").asString());
        assertEquals(0, unknown.path("results").size());
        assertTrue(unknown.path("answer").path("suggestions").size() > 0, unknown::toString);
    }

    @Test
    void filesOfOthersAndOfNobodyAreAnsweredAlike() throws Exception {
        String file = sent(CSV);
        ask(ann, file, "total sales").is(200);
        Person ben = AppServer.shared().newPerson();

        JsonNode foreign = ask(ben, file, "total sales").is(400).json();
        JsonNode unknown = ask(ben, "f_nothing", "total sales").is(400).json();
        JsonNode user = ann.post("/upload", "{'file_name':'a.csv','content_type':'text/csv','user_id':'somebody'}")
                .is(400)
                .json();

        assertEquals("FILE_NOT_FOUND", foreign.path("code").asString());
        assertEquals("There is no file '" + file + "'", foreign.path("detail").asString());
        assertEquals("There is no file 'f_nothing'", unknown.path("detail").asString());
        assertEquals(unknown.path("mend").asString(), foreign.path("mend").asString());
        assertEquals("INVALID_ARGUMENT", user.path("code").asString());
    }

    @Test
    void aConversationOfNobodyIsAWrongInput() throws Exception {
        ann.post(
                        "/ask",
                        "{'file_id':'" + sent(CSV) + "','question':'total sales','conversation_id':"
                                + "'6f1d3b4e-0000-4000-8000-000000000000'}")
                .is(400);
    }

    @Test
    void aBrokenFileIsToldWhatIsWrongAndWhere() throws Exception {
        String file = sent("a,b\n1,2\n3,4,5\n");

        for (int i = 0; i < 2; i++) {
            JsonNode problem = ask(ann, file, "total a").is(400).json();

            assertEquals("FILE_MALFORMED", problem.path("code").asString());
            assertTrue(problem.path("detail").asString().startsWith("Line 3 of 'sales.csv'"), problem::toString);
            assertFalse(problem.toString().contains("Exception"), problem::toString);
        }
        assertEquals(
                400,
                ask(ann, announce("late.csv").path("file_id").asString(), "total a")
                        .status());
    }

    @Test
    void asyncIsTrueOrFalse() throws Exception {
        String question = "{'file_id':'" + sent(CSV) + "','question':'total sales by region'}";

        ann.post("/ask?async=false", question).is(200);
        Reply refused = ann.post("/ask?async=perhaps", question).is(400);

        assertEquals(
                "'async' must be true or false, was 'perhaps'",
                refused.json().path("detail").asString());
    }

    @Test
    void aQuestionIsAnsweredInTheBackground() throws Exception {
        String file = sent(CSV);

        JsonNode ticket = ann.post(
                        "/api/v1/ask?async=true", "{'file_id':'" + file + "','question':'total sales by region'}")
                .is(202)
                .json();
        String events =
                ann.get(path(ticket.path("events_url"))).is(200).response().body();
        JsonNode job = ann.get(path(ticket.path("status_url"))).is(200).json();
        JsonNode answer = ann.get("/api/v1/ask/" + ticket.path("job_id").asString())
                .is(200)
                .json();

        assertTrue(events.contains("event: done"), events);
        assertEquals("done", job.path("state").asString());
        assertEquals("answer", job.path("result").path("type").asString());
        assertEquals("ok", answer.path("status").asString());
        assertEquals(
                200,
                fetch(answer.path("results").path(0).path("url").asString()).statusCode());
        Person ben = AppServer.shared().newPerson();
        ben.get(path(ticket.path("status_url"))).is(404);
        ben.get(path(ticket.path("events_url"))).is(404);
        ben.get("/api/v1/ask/" + ticket.path("job_id").asString()).is(404);
    }

    private static String path(JsonNode url) {
        return URI.create(url.asString()).getPath();
    }

    @Test
    void oneQuestionOfManyAtOnceIsComputedOnce() throws Exception {
        String file = sent(CSV);
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            HttpRequest request = ann.request("/ask")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            "{\"file_id\":\"" + file + "\",\"question\":\"average sales by region\"}"))
                    .build();
            replies.add(HTTP.sendAsync(request, BodyHandlers.ofString()));
        }
        List<String> ids = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> reply : replies) {
            assertEquals(200, reply.get().statusCode(), () -> reply.join().body());
            ids.add(reply.get().body().replaceAll("(?s).*\"schemaVersion\":1,\"id\":\"([^\"]*)\".*", "$1"));
        }

        assertEquals(1, ids.stream().distinct().count(), ids::toString);
    }

    @Test
    void linksAreForOneThingOneWayAndAWhile() throws Exception {
        JsonNode ticket = announce("sales.csv");
        String put = ticket.path("presigned_url").asString();
        String get = ask(ann, sent(CSV), "Distribution of sales")
                .json()
                .path("results")
                .path(0)
                .path("url")
                .asString();
        assertEquals(200, fetch(get).statusCode());

        assertEquals(415, put(put, CSV, "application/json").statusCode());
        assertEquals(200, put(put, CSV, "text/csv").statusCode());
        assertEquals(403, put(put, CSV, "text/csv").statusCode(), "once");
        assertEquals(403, fetch(put).statusCode(), "no reading by a link for writing");
        assertEquals(403, put(get, CSV, "text/csv").statusCode(), "no writing by a link for reading");
        assertEquals(
                403,
                fetch(get.replaceFirst("dist_plots/sales\\.png", "data.csv")).statusCode());
        assertEquals(
                403,
                fetch(get.replaceFirst("expires=[0-9]+", "expires=99999999999")).statusCode());
        assertEquals(403, fetch(get.substring(0, get.indexOf('?'))).statusCode());
        assertEquals(403, fetch(get + "x").statusCode());
        String range = new String(fetch(get, "Range", "bytes=1-3").body(), UTF_8);
        assertEquals("PNG", range);
        HttpResponse<byte[]> whole = fetch(get);
        assertEquals(
                "nosniff", whole.headers().firstValue("X-Content-Type-Options").orElse(""));
        assertEquals(
                "attachment; filename*=UTF-8''sales.png",
                whole.headers().firstValue("Content-Disposition").orElse(""));
    }

    @Test
    void pathsThatLeadElsewhereAreNotServed() throws Exception {
        String base = AppServer.shared().address().toString();
        for (String path : List.of(
                "/files/",
                "/files/../application.yml",
                "/files/..%2f..%2fetc/passwd",
                "/files/a/%2e%2e/%2e%2e/key",
                "/files/C:%5Cwindows",
                "/files/x%00y",
                "/files/CON",
                "/files/" + "a".repeat(300))) {
            int status = fetch(base + path).statusCode();

            assertTrue(status == 400 || status == 403 || status == 404, path + " gave " + status);
        }
    }

    @Test
    void onlyJsonAnnouncesAFileAndNoPathInItIsRead() {
        ann.send(ann.request("/upload")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofString("--x--")))
                .is(415);
        for (String name : List.of("../../etc/passwd", "/etc/passwd", "")) {
            ann.post("/upload", "{'file_name':'" + name + "','content_type':'text/csv'}")
                    .is(400);
        }
        ann.post("/upload", "{'file_name':'a.csv','content_type':'no type'}").is(400);
        JsonNode ticket = ann.post("/upload", "{'file_name':'a.csv','files':[{'filepath':'/etc/passwd'}]}")
                .is(200)
                .json();
        ask(ann, ticket.path("file_id").asString(), "total a").is(400);
    }
}
