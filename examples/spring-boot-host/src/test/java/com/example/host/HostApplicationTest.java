package com.example.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.ToolRunner;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.core.Studio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"studio.in-memory=true", "OPENAI_API_KEY="})
class HostApplicationTest {
    private static final String BOUNDARY = "part-of-the-form";

    @Autowired
    Environment environment;

    @Autowired
    Studio studio;

    @Test
    void answersAQuestionAboutAFileOverHttp() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + "/ask"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(form("total Sales by Region")))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"status\":\"answered\"", "North", "Central")
                .contains("GROUP BY");
    }

    private static byte[] form(String question) throws IOException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(part("name=\"question\""));
        form.writeBytes(question.getBytes(StandardCharsets.UTF_8));
        form.writeBytes(part("name=\"file\"; filename=\"orders.csv\""));
        form.writeBytes(Files.readAllBytes(Path.of("../data/shop-orders.csv")));
        form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    private static byte[] part(String disposition) {
        return ("\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void givesAgentsTheToolOfTheApplication() {
        String closed = ToolRunner.builder(ToolRegistry.of(studio))
                .build()
                .run(new ToolCall("closedOn", "{\"shop\":\"Kelby\"}"), ToolContext.of(studio.caller()))
                .text();

        assertThat(closed).isEqualTo("Monday");
    }

    @Test
    void addsTheNodeTypeOfTheApplication() {
        assertThat(GraphNodeTypes.of(studio).types().find("example.shout")).isPresent();
    }
}
