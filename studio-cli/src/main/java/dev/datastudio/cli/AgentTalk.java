package dev.datastudio.cli;

import dev.datastudio.agents.agent.AgentConfig;
import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.chat.Chat;
import dev.datastudio.agents.chat.ChatReply;
import dev.datastudio.agents.chat.ChatRequest;
import dev.datastudio.agents.chat.ChatTurn;
import dev.datastudio.agents.model.Models;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A conversation with agents in a terminal, line by line. */
final class AgentTalk {
    private static final String AGENT = "/agent";
    private static final String RETRY = "/retry";
    private static final String HELP = "/help";

    private final Studio studio;
    private final Terminal terminal;
    private final Chat chat;
    private final String model;
    private String agent;
    private String conversation;
    private long answer;

    /**
     * A conversation.
     *
     * @param model the name of the configuration of a model; empty for that of each agent
     * @param conversation the id of one to go on with; empty to begin one
     */
    AgentTalk(Studio studio, Terminal terminal, String agent, String model, String conversation) {
        this.studio = studio;
        this.terminal = terminal;
        this.chat = Chat.of(studio);
        this.agent = agent;
        this.model = model;
        this.conversation = conversation;
        requireAgent(agent);
        if (!conversation.isEmpty()) {
            answer = chat.conversations().get(conversation).head();
        }
    }

    private void requireAgent(String id) {
        if (!id.equals(ChatRequest.AUTO)) {
            Agents.of(studio).configs().get(id);
        }
    }

    private Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        for (AgentConfig each : Agents.of(studio).configs().list()) {
            titles.put(each.id(), JobText.printable(each.spec().title()));
        }
        return titles;
    }

    /** Answers line by line until the end of the input, or until somebody leaves. */
    void talk(NamedData data, BufferedReader lines) throws IOException {
        if (!model.isEmpty()) {
            Models.of(studio).config(model);
        }
        List<String> sources = data.ids();
        greet(data);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String text = line.strip();
            if (ChatCommand.isLeaving(text)) {
                break;
            }
            if (!text.isEmpty()) {
                answer(text, sources);
            }
        }
        if (!conversation.isEmpty()) {
            terminal.err()
                    .println(faint(
                            "Go on later with: ./studio chat --conversation " + conversation + " --agent " + agent));
        }
    }

    private void greet(NamedData data) {
        String who = agent.equals(ChatRequest.AUTO) ? "the agents" : "the " + titles().get(agent);
        String about = data.names().isEmpty() ? "" : " about " + data.names();
        String with = model.isEmpty()
                ? Models.of(studio)
                        .configs()
                        .active()
                        .map(config -> config.name())
                        .orElse("")
                : model;
        terminal.err().println("Ask " + who + about + ". " + HELP + " shows what else you can type; 'quit' ends.");
        terminal.err()
                .println(faint(
                        with.isEmpty()
                                ? "No language model is configured: the built-in planner answers what it can."
                                : "Answers come from the model '" + JobText.printable(with)
                                        + "', to which your questions and results of tools are sent."));
    }

    private String faint(String text) {
        return terminal.style().faint(text);
    }

    /** What a line asks for; a mistake in it ends nothing. */
    private void answer(String text, List<String> sources) {
        try {
            if (text.equals(HELP)) {
                help();
            } else if (text.equals(RETRY)) {
                retry();
            } else if (text.equals(AGENT) || text.startsWith(AGENT + " ")) {
                change(text.substring(AGENT.length()).strip());
            } else if (text.startsWith("/")) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no " + StudioException.quote(text),
                        "Type " + HELP + " to see what there is");
            } else {
                ChatRequest request =
                        ChatRequest.of(text).in(conversation).to(agent).with(model);
                show(chat.send(request.within(request.context().withSources(sources))));
            }
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            terminal.err().println("error: " + StudioCommand.describe(e));
        }
    }

    private void help() {
        terminal.err().println(RETRY + "         answers the last question again");
        terminal.err()
                .println(AGENT + " ID      has another agent answer: auto, " + String.join(", ", titles().keySet()));
        terminal.err().println("Ctrl-C         stops and leaves");
        terminal.err().println("quit           leaves");
    }

    private void change(String id) {
        requireAgent(id);
        agent = id;
        terminal.err().println(faint("From now on: " + titles().getOrDefault(id, "the agents")));
    }

    private void retry() {
        if (conversation.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "There is no question to be answered again", "Ask one first");
        }
        show(chat.retry(conversation, answer));
    }

    private void show(ChatTurn turn) {
        conversation = turn.conversation();
        TalkPrinter printer = new TalkPrinter(terminal, titles());
        Cancellation.Registration listening = turn.listen(0, printer);
        Cancellation.Registration stopping = terminal.cancellation().onCancel(turn::stop);
        try {
            ChatReply reply = turn.await();
            printer.awaitEnd();
            answer = reply.answer();
            printer.end(reply, studio.artifacts());
        } finally {
            stopping.close();
            listening.close();
        }
    }
}
