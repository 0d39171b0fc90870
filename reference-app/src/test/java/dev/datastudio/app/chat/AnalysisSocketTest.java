package dev.datastudio.app.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AnalysisSocketTest {
    private final Person ada = AppServer.shared().newPerson();

    @Test
    void aQuestionIsAnsweredWithItsProgressAndMayBeFollowedUp() throws InterruptedException {
        String data = ChatBench.orders(ada);
        String path = "/ws/analysis/" + UUID.randomUUID();
        JsonNode answer;
        try (ChatBench.Socket socket = ChatBench.Socket.open(ada, path)) {
            assertEquals("connection_established", socket.next().path("type").asString());
            socket.send("{'type':'ask','question':'total sales by region','datasetIds':['" + data + "']}");
            assertEquals("typing", socket.next().path("type").asString());
            answer = socket.until("message");
            assertEquals("answered", answer.path("answer").path("status").asString());

            socket.send("{'type':'ask','question':'only the North','datasetIds':['" + data + "']}");
            JsonNode next = socket.until("message");
            assertTrue(next.path("text").asString().contains("50"), next.toString());
            assertTrue(next.path("final").asBoolean());
            answer = next;
            for (int i = 0; i < 10; i++) { // at once, as scripts do
                socket.send("{'type':'ask','question':'only the North','datasetIds':['" + data + "']}");
                List<JsonNode> turn = socket.turn();
                answer = turn.get(turn.size() - 1);
                assertEquals("message", answer.path("type").asString(), answer.toString());
            }
        }

        long missed = answer.path("sequence").asLong() - 1;
        try (ChatBench.Socket back = ChatBench.Socket.open(ada, path + "?after=" + missed)) {
            back.until("connection_established");
            assertEquals(answer, back.next());
        }
    }

    @Test
    void aQuestionAboutTheDataOfAnotherIsOneAboutNothing() throws InterruptedException {
        Person eve = AppServer.shared().newPerson();
        String data = ChatBench.orders(ada);
        try (ChatBench.Socket socket = ChatBench.Socket.open(eve, "/ws/analysis/" + UUID.randomUUID())) {
            socket.send("{'type':'ask','question':'total sales','datasetIds':['" + data + "']}");
            JsonNode error = socket.until("error");

            assertEquals("DATASET_NOT_FOUND", error.path("code").asString());
            socket.send("{'type':'dance'}");
            assertEquals("INVALID_ARGUMENT", socket.until("error").path("code").asString());
        }
    }
}
