package dev.datastudio.agents.agentic;

import dev.datastudio.agents.agentic.internal.AgentCall;
import dev.datastudio.agents.agentic.internal.TokenStreams;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import dev.datastudio.graph.run.RunOptions;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.service.TokenStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * An agent of LangChain4j as a node: a single agent, or a whole sequence, loop, parallel, conditional, planned or
 * supervised workflow, whatever {@code AgenticServices} builds.
 *
 * <pre>{@code
 * .node("write", AgenticNode.of(novelist, List.of(TOPIC, STYLE), STORY))
 * .node("edit", AgenticNode.calling(editor, (agent, view) -> agent.edit(view.get(STORY)), text -> Update.of(STORY.set(text))))
 * }</pre>
 *
 * <p>The agent is called on the node's thread. One that answers with a {@code TokenStream} is waited for; its pieces go
 * out as the node's tokens and its whole text is the result.
 *
 * <p>When the agent fails, the node fails with the words of what failed inside, not of the wrappings around it: an error
 * of ours keeps its code, words and mend; a failure of the model has code MODEL_FAILED when trying again can help (rate
 * limits, timeouts, broken connections) and MODEL_REFUSED when it can't; everything else has code NODE_FAILED.
 *
 * <p>Cancelling the run interrupts the node's thread, which ends a call of a model that is under way on it, and cancels a
 * stream that the node waits for, from its first piece on. LangChain4j has no way to reach further: parallel and
 * asynchronous sub-agents, and streams inside a workflow, run on its own threads and end their call of a model or tool by
 * themselves, after the run has ended; and a tool that ignores interrupts delays the end.
 */
public final class AgenticNode {
    private AgenticNode() {}

    /**
     * A node that gives an agent the values of channels, under their names, and sets a channel to its result.
     *
     * @param inputs each must have a value when the node begins
     * @param output of the type of the agent's result
     */
    public static <T> NodeFunction of(UntypedAgent agent, List<? extends Channel<?>> inputs, LastChannel<T> output) {
        List<Channel<?>> channels = List.copyOf(inputs);
        return of(agent, view -> read(view, channels), result -> Update.of(setTo(output, result)));
    }

    /**
     * A node that gives an agent arguments made from the state, and changes the state by its result.
     *
     * @param inputs gives the arguments by name, without nulls
     * @param output called with the agent's result, which is not null
     */
    public static NodeFunction of(
            UntypedAgent agent,
            Function<? super View, ? extends Map<String, ?>> inputs,
            Function<Object, Update> output) {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(inputs, "inputs");
        return new AgentCall<Object>(
                (view, context) -> TokenStreams.settled(agent.invoke(new LinkedHashMap<>(inputs.apply(view))), context),
                output);
    }

    /**
     * A node that calls an agent by its own interface.
     *
     * @param call calls one method of the agent
     * @param output called with the method's result, which is not null
     */
    public static <A, R> NodeFunction calling(A agent, Call<A, R> call, Function<? super R, Update> output) {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(call, "call");
        return new AgentCall<>((view, context) -> call.call(agent, view), output);
    }

    /**
     * A node that calls an agent whose interface streams: its pieces go out as the node's tokens.
     *
     * @param call calls one method of the agent, and doesn't start the stream
     * @param output called with the whole text
     */
    public static <A> NodeFunction streaming(
            A agent, Call<A, TokenStream> call, Function<? super String, Update> output) {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(call, "call");
        return new AgentCall<>((view, context) -> TokenStreams.await(call.call(agent, view), context), output);
    }

    /**
     * Options for a graph that an agent of this node runs by a {@link GraphAction}: the caller and the cancellation of the
     * node's own run. It is known on the node's thread only, so not to parallel and asynchronous sub-agents.
     *
     * @throws IllegalStateException if no node is calling its agent on this thread
     */
    public static RunOptions runOptions() {
        return AgentCall.runOptions();
    }

    private static Map<String, Object> read(View view, List<Channel<?>> channels) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        channels.forEach(channel -> arguments.put(channel.name(), view.get(channel)));
        return arguments;
    }

    @SuppressWarnings("unchecked") // the channel checks the value
    private static <T> Write setTo(LastChannel<T> output, Object result) {
        return output.set((T) result);
    }

    /**
     * Calls one method of an agent.
     *
     * @param <A> type of the agent
     * @param <R> type of the result
     */
    @FunctionalInterface
    public interface Call<A, R> {
        /** The agent's result for a state. */
        R call(A agent, View view) throws Exception;
    }
}
