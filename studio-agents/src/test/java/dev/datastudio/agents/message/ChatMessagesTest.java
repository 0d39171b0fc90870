package dev.datastudio.agents.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.RunOptions;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatMessagesTest {
    record In(String question) {}

    record Out(List<ChatMessage> messages, AiMessage answer) {}

    static final LastChannel<String> QUESTION = Channel.last("question", String.class);
    static final AppendChannel<ChatMessage> MESSAGES = Channel.append("messages", ChatMessage.class);
    static final LastChannel<AiMessage> ANSWER = Channel.last("answer", AiMessage.class);

    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("call-1")
            .name("weather")
            .arguments("{\"city\": \"Zürich\"}")
            .build();

    private static final List<ChatMessage> ASKED = List.of(
            SystemMessage.from("You are \"terse\"."),
            UserMessage.from(
                    "ann",
                    List.of(TextContent.from("How is the weather?\n😀"), ImageContent.from("https://x.org/a.png"))),
            AiMessage.from("I look it up.", List.of(CALL)));

    private static final AiMessage ANSWERED = AiMessage.builder()
            .text("Fine.")
            .thinking("easy")
            .attributes(Map.of("model", "scripted"))
            .build();

    private final AtomicBoolean isToolDown = new AtomicBoolean(true);

    private final Graph<In, Out> graph = Graph.define("chat", 1)
            .input(In.class)
            .output(Out.class)
            .channels(QUESTION, MESSAGES, ANSWER)
            .types(ChatMessages.codec())
            .node("ask", (view, context) -> Update.of(MESSAGES.addAll(ASKED)))
            .node("tool", (view, context) -> {
                AiMessage last = (AiMessage) view.get(MESSAGES).get(2);
                if (isToolDown.get()) {
                    throw new IllegalStateException("the tool is down");
                }
                ToolExecutionRequest call = last.toolExecutionRequests().get(0);
                return Update.of(MESSAGES.add(ToolExecutionResultMessage.from(call, "sunny")));
            })
            .node("answer", (view, context) -> Update.of(MESSAGES.add(ANSWERED), ANSWER.set(ANSWERED)))
            .edge(Graph.START, "ask")
            .edge("ask", "tool")
            .edge("tool", "answer")
            .edge("answer", Graph.END)
            .build();

    @Test
    void aConversationGoesOnInAnotherProcessAsItWas(@TempDir Path folder) {
        Path file = folder.resolve("threads.db");
        RunOptions options = RunOptions.builder().thread("t").build();
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(file);
                Engine engine = Engine.builder().store(store).build()) {
            assertThrows(NodeException.class, () -> engine.run(graph, new In("why"), options));
        }
        isToolDown.set(false);

        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(file);
                Engine engine = Engine.builder().store(store).build()) {
            assertEquals(
                    ASKED,
                    engine.threads(Caller.LOCAL).state(graph, "t").state().get(MESSAGES));
            Out out = engine.resume(graph, "t", Resume.goOn(), options).await();

            assertEquals(5, out.messages().size());
            assertEquals(ASKED, out.messages().subList(0, 3));
            assertEquals(
                    out.messages(),
                    engine.threads(Caller.LOCAL).state(graph, "t").state().get(MESSAGES));
            assertEquals(
                    ANSWERED,
                    engine.threads(Caller.LOCAL).state(graph, "t").state().get(ANSWER));
        }
    }
}
