package dev.datastudio.agents.agentic;

import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/** Real clients of a scripted model, and agents that speak to it. */
final class ScriptedModels {
    private ScriptedModels() {}

    static ChatModel model(ScriptedModelServer server) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .modelName("scripted")
                .maxRetries(0)
                .build();
    }

    static StreamingChatModel streamingModel(ScriptedModelServer server) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .modelName("scripted")
                .build();
    }

    /** An agent that asks the model one question, in which names in double braces stand for values of the scope. */
    static UntypedAgent asking(ScriptedModelServer server, String question, String outputKey) {
        return AgenticServices.agentBuilder()
                .name(outputKey)
                .chatModel(model(server))
                .userMessage(question)
                .outputKey(outputKey)
                .build();
    }
}
