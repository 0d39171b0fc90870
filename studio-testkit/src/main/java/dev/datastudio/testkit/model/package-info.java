/**
 * A chat model under the control of a test: {@link dev.datastudio.testkit.model.ScriptedModelServer} speaks the
 * protocols of OpenAI, Azure OpenAI, Anthropic, Ollama and Mistral on a free port of this machine and answers by rules.
 *
 * <pre>{@code
 * try (ScriptedModelServer server = ScriptedModelServer.start()) {
 *     server.when("capital of France").reply(ModelReply.text("Paris"));
 *     ChatModel model = OpenAiChatModel.builder().baseUrl(server.baseUrl()).apiKey("none").modelName("any").build();
 * }
 * }</pre>
 *
 * <p>{@link dev.datastudio.testkit.model.ChatModelContract} is what models of every provider keep.
 */
@NullMarked
package dev.datastudio.testkit.model;

import org.jspecify.annotations.NullMarked;
