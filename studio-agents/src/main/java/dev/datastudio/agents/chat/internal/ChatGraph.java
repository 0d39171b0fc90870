package dev.datastudio.agents.chat.internal;

import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.chat.ChatEvent.Content;
import dev.datastudio.agents.chat.ChatReply;
import dev.datastudio.agents.chat.Routing;
import dev.datastudio.agents.chat.Routing.Choice;
import dev.datastudio.agents.chat.Routing.Order;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The orchestrator: it remembers, chooses who answers, has them answer, and puts the answers together.
 *
 * <pre>
 * start → recall → route → dispatch ⇉ agent → gather ─ more in turn → dispatch
 *                                                    └ all → answer → end
 * </pre>
 *
 * <p>There are at most as many rounds as agents. Who stops a turn gets what there is: agents end early, and the answer is
 * kept as a part of one.
 */
final class ChatGraph {
    private static final LastChannel<TurnTask> TASK = Channel.last("task", TurnTask.class);
    private static final LastChannel<Recollection> MEMORY = Channel.last("memory", Recollection.class);
    private static final LastChannel<Routing> ROUTING = Channel.last("routing", Routing.class);
    private static final AppendChannel<Numbered> REPLIES = Channel.append("replies", Numbered.class);
    private static final LastChannel<ChatReply> REPLY = Channel.last("reply", ChatReply.class);

    /** What goes in. */
    record Input(TurnTask task) {}

    /** What comes out. */
    record Output(ChatReply reply) {}

    /** The reply of the agent of a choice. */
    record Numbered(int choice, AgentReply reply) {}

    /**
     * What the node of an agent is given.
     *
     * @param choice which of the choices it is, from 0
     * @param isAlone whether it is the only one
     */
    record Work(int choice, Choice chosen, boolean isAlone) {}

    private ChatGraph() {}

    /** What the nodes do. */
    interface Orchestrator {
        Recollection recall(TurnTask task, Consumer<Content> teller);

        Routing route(TurnTask task, Recollection memory, Consumer<Content> teller);

        AgentReply run(
                TurnTask task, Work work, Recollection memory, List<AgentReply> before, Consumer<Content> teller);

        ChatReply answer(
                TurnTask task,
                Recollection memory,
                Routing routing,
                List<AgentReply> replies,
                Consumer<Content> teller);
    }

    static Graph<Input, Output> of(Orchestrator work) {
        return Graph.define("chat", 1)
                .input(Input.class)
                .output(Output.class)
                .channels(TASK, MEMORY, ROUTING, REPLIES, REPLY)
                .node("recall", (view, context) -> Update.of(MEMORY.set(work.recall(view.get(TASK), context::emit))))
                .node(
                        "route",
                        (view, context) ->
                                Update.of(ROUTING.set(work.route(view.get(TASK), view.get(MEMORY), context::emit))))
                .node("dispatch", (view, context) -> Update.none())
                .node("agent", (view, context) -> {
                    Work next = context.input(Work.class);
                    AgentReply reply = work.run(view.get(TASK), next, view.get(MEMORY), before(view), context::emit);
                    return Update.of(REPLIES.add(new Numbered(next.choice(), reply)));
                })
                .node("gather", (view, context) -> Update.none())
                .node(
                        "answer",
                        (view, context) -> Update.of(REPLY.set(work.answer(
                                view.get(TASK), view.get(MEMORY), view.get(ROUTING), replies(view), context::emit))))
                .edge(Graph.START, "recall")
                .edge("recall", "route")
                .edge("route", "dispatch")
                .fanOut("dispatch", ChatGraph::next, "agent")
                .edge("agent", "gather")
                .when("gather", Route.on(ChatGraph::isMore).then("dispatch").otherwise("answer"))
                .edge("answer", Graph.END)
                .build();
    }

    private static List<Work> next(View view) {
        if (view.get(TASK).asked().isCancelled()) {
            return List.of();
        }
        List<Choice> choices = view.get(ROUTING).choices();
        int done = view.get(REPLIES).size();
        int until = view.get(ROUTING).order() == Order.IN_TURN ? done + 1 : choices.size();
        return java.util.stream.IntStream.range(done, until)
                .mapToObj(i -> new Work(i, choices.get(i), choices.size() == 1))
                .toList();
    }

    private static boolean isMore(View view) {
        return !view.get(TASK).asked().isCancelled()
                && view.get(REPLIES).size() < view.get(ROUTING).choices().size();
    }

    /** The replies of agents that worked before, which those that work at the same time don't have. */
    private static List<AgentReply> before(View view) {
        return view.get(ROUTING).order() == Order.IN_TURN ? replies(view) : List.of();
    }

    private static List<AgentReply> replies(View view) {
        return view.get(REPLIES).stream()
                .sorted(Comparator.comparingInt(Numbered::choice))
                .map(Numbered::reply)
                .toList();
    }
}
