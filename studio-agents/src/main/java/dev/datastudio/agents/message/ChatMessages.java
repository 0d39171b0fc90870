package dev.datastudio.agents.message;

import dev.datastudio.graph.checkpoint.TypeCodec;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;

/** How a thread's log keeps the messages of a conversation. */
public final class ChatMessages {
    private ChatMessages() {}

    /**
     * Keeps messages of all kinds as the JSON that LangChain4j itself makes of them, tool calls and their results
     * included. Give it to the graph's {@code types(...)}; a channel may then hold any {@link ChatMessage}:
     *
     * <pre>{@code
     * static final AppendChannel<ChatMessage> MESSAGES = Channel.append("messages", ChatMessage.class);
     *
     * Graph.define("chat", 1).channels(MESSAGES).types(ChatMessages.codec())
     * }</pre>
     *
     * <p>What LangChain4j's JSON leaves out of a message is not kept either.
     */
    public static TypeCodec<ChatMessage> codec() {
        return Codec.INSTANCE;
    }

    private static final class Codec implements TypeCodec<ChatMessage> {
        private static final Codec INSTANCE = new Codec();

        @Override
        public Class<ChatMessage> type() {
            return ChatMessage.class;
        }

        @Override
        public String name() {
            return "ChatMessage";
        }

        @Override
        public String write(ChatMessage value) {
            return ChatMessageSerializer.messageToJson(value);
        }

        @Override
        public ChatMessage read(String text) {
            return ChatMessageDeserializer.messageFromJson(text);
        }
    }
}
