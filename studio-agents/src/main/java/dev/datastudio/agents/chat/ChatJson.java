package dev.datastudio.agents.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.chat.ChatContext.Enriched;
import dev.datastudio.agents.chat.ChatEvent.ApprovalAsked;
import dev.datastudio.agents.chat.ChatEvent.ApprovalDecided;
import dev.datastudio.agents.chat.ChatEvent.Connected;
import dev.datastudio.agents.chat.ChatEvent.Content;
import dev.datastudio.agents.chat.ChatEvent.Failed;
import dev.datastudio.agents.chat.ChatEvent.Routed;
import dev.datastudio.agents.chat.ChatEvent.Said;
import dev.datastudio.agents.chat.ChatEvent.Token;
import dev.datastudio.agents.chat.ChatEvent.ToolCalled;
import dev.datastudio.agents.chat.ChatEvent.ToolReturned;
import dev.datastudio.agents.chat.ChatEvent.Typing;
import dev.datastudio.agents.chat.ChatEvent.Update;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.conversation.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** The JSON of requests, events and replies, which other programs rely on. */
public final class ChatJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChatJson() {}

    /**
     * Reads a request: {@code {"message","conversation_id"?,"agent"?,"model"?,"context"?:{"source_id"?,"documents"?,
     * "issue_id"?,"project_id"?,"enriched"?:{"source"?:{"id","name","type"},"schema"?,"metrics"?,"dataSample"?}}}}. What is unknown is
     * passed over. Texts within {@code enriched} may be any JSON.
     *
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} that names the part that is no JSON, of a wrong type, or
     *     breaks a rule of {@link ChatRequest} or {@link ChatContext}
     */
    public static ChatRequest readRequest(String json) {
        JsonNode root = parse(json);
        String agent = text(root, "agent");
        return new ChatRequest(
                text(root, "message"),
                text(root, "conversation_id"),
                agent.isEmpty() ? ChatRequest.AUTO : agent,
                text(root, "model"),
                context(object(root, "context")));
    }

    private static JsonNode parse(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "The request is no JSON: " + e.getOriginalMessage(), "Send JSON", e);
        }
        throw invalid("The request is no JSON object", "Send an object with a 'message'");
    }

    private static ChatContext context(JsonNode context) {
        String source = text(context, "source_id");
        JsonNode enriched = object(context, "enriched");
        JsonNode about = object(enriched, "source");
        return new ChatContext(
                source.isEmpty() ? List.of() : List.of(source),
                flag(context, "documents"),
                text(context, "issue_id"),
                text(context, "project_id"),
                new Enriched(
                        text(about, "id"),
                        text(about, "name"),
                        text(about, "type"),
                        any(enriched, "schema"),
                        any(enriched, "metrics"),
                        any(enriched, "dataSample")));
    }

    private static JsonNode object(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return JSON.createObjectNode();
        }
        if (!value.isObject()) {
            throw invalid("'" + name + "' is no object", "Send an object, or leave it out");
        }
        return value;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw invalid("'" + name + "' is no text", "Send a text, or leave it out");
        }
        return value.asText();
    }

    private static boolean flag(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw invalid("'" + name + "' is neither true nor false", "Send one of them, or leave it out");
        }
        return value.asBoolean();
    }

    private static String any(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isValueNode() && !value.isNull()
                ? value.asText()
                : value.isContainerNode() ? value.toString() : "";
    }

    private static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }

    /**
     * An event on one line: {@code {"type","conversation_id","turn_id","sequence","at",…}}, where type is its
     * {@link ChatEvent#name()}.
     */
    public static String write(ChatEvent event) {
        return json(out -> {
            out.writeStringField("type", event.name());
            out.writeStringField("conversation_id", event.conversation());
            out.writeStringField("turn_id", event.turn());
            out.writeNumberField("sequence", event.sequence());
            out.writeStringField("at", event.at().toString());
            writeContent(out, event.content());
        });
    }

    private static void writeContent(JsonGenerator out, Content content) throws IOException {
        if (content instanceof Said said) {
            out.writeNumberField("number", said.number());
            out.writeNumberField("parent", said.parent());
            out.writeStringField("role", said.role().name().toLowerCase(Locale.ROOT));
            out.writeStringField("text", said.text());
            out.writeFieldName("detail");
            out.writeRawValue(said.detail().isBlank() ? "{}" : said.detail());
            out.writeBooleanField("final", said.role() == Message.Role.ASSISTANT);
        } else if (content instanceof Typing typing) {
            out.writeStringField("agent", typing.agent());
            out.writeBooleanField("typing", typing.phase() == Typing.Phase.STARTED);
        } else if (content instanceof Routed routed) {
            writeRouting(out, routed.routing());
        } else if (content instanceof Update update) {
            out.writeStringField("stage", update.stage().name().toLowerCase(Locale.ROOT));
            out.writeStringField("text", update.text());
        } else if (content instanceof Token token) {
            out.writeStringField("agent", token.agent());
            out.writeNumberField("step", token.step());
            out.writeStringField("text", token.text());
        } else if (content instanceof ToolCalled call) {
            writeCall(out, call.agent(), call.call(), call.tool());
            out.writeStringField("arguments", call.arguments());
        } else if (content instanceof ToolReturned returned) {
            writeReturned(out, returned);
        } else if (content instanceof ApprovalAsked asked) {
            out.writeStringField("agent", asked.agent());
            out.writeStringField("approval", asked.approval());
            out.writeStringField("tool", asked.tool());
            out.writeStringField("arguments", asked.arguments());
            out.writeStringField("effect", asked.effect().name().toLowerCase(Locale.ROOT));
        } else if (content instanceof ApprovalDecided decided) {
            out.writeStringField("approval", decided.approval());
            out.writeBooleanField("approved", decided.outcome() == ApprovalDecided.Outcome.APPROVED);
        } else if (content instanceof Failed failed) {
            out.writeStringField("code", failed.code().name());
            out.writeStringField("what", failed.what());
            out.writeStringField("mend", failed.mend());
            out.writeBooleanField("final", failed.isLast());
        } else if (!(content instanceof Connected)) {
            throw new AssertionError(content);
        }
    }

    private static void writeRouting(JsonGenerator out, Routing routing) throws IOException {
        out.writeStringField("stage", "routing");
        out.writeStringField("text", routing.why());
        out.writeStringField("by", routing.by().jsonName());
        out.writeStringField("order", routing.order().jsonName());
        writeTexts(out, "agents", routing.agents());
    }

    private static void writeCall(JsonGenerator out, String agent, String call, String tool) throws IOException {
        out.writeStringField("agent", agent);
        out.writeStringField("call", call);
        out.writeStringField("tool", tool);
    }

    private static void writeReturned(JsonGenerator out, ToolReturned returned) throws IOException {
        writeCall(out, returned.agent(), returned.call(), returned.tool());
        out.writeBooleanField("error", returned.outcome() == ToolReturned.Outcome.ERROR);
        out.writeStringField("text", returned.text());
        out.writeArrayFieldStart("artifacts");
        for (String artifact : returned.artifacts()) {
            out.writeString(artifact);
        }
        out.writeEndArray();
        out.writeNumberField("millis", returned.millis());
    }

    /**
     * A reply on one line: {@code {"response","conversation_id","status","question","answer","agents":[…],"why",
     * "artifacts":[…],"unsupported":[…],"problem"}}, without the trace, which is in the detail of the message.
     */
    public static String write(ChatReply reply) {
        return json(out -> {
            out.writeStringField("response", reply.text());
            out.writeStringField("conversation_id", reply.conversation());
            out.writeStringField("status", reply.status().jsonName());
            out.writeNumberField("question", reply.question());
            out.writeNumberField("answer", reply.answer());
            writeTexts(out, "agents", reply.routing().agents());
            out.writeStringField("why", reply.routing().why());
            writeTexts(out, "artifacts", reply.artifacts());
            writeTexts(
                    out,
                    "unsupported",
                    reply.figures().unsupported().stream()
                            .map(figure -> figure.text())
                            .toList());
            out.writeFieldName("problem");
            if (reply.problem().isEmpty()) {
                out.writeNull();
            } else {
                out.writeStartObject();
                out.writeStringField("code", reply.problem().get().code().name());
                out.writeStringField("what", reply.problem().get().what());
                out.writeStringField("mend", reply.problem().get().mend());
                out.writeEndObject();
            }
        });
    }

    private static void writeTexts(JsonGenerator out, String name, List<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    private static String json(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.writeStartObject();
            body.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("what is written to memory can't fail", e);
        }
        return text.toString();
    }
}
