package dev.datastudio.cli;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.chat.ChatEvent;
import dev.datastudio.agents.chat.ChatEvent.Content;
import dev.datastudio.agents.chat.ChatListener;
import dev.datastudio.agents.chat.ChatReply;
import dev.datastudio.agents.chat.Routing;
import dev.datastudio.agents.figure.Figure;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.artifact.SupportsLocalPath;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Prints an answer as it comes: what is said on the output, what is done as one faint line each on the errors. Of several
 * agents that answer, only what is made of their answers is printed as it comes.
 */
final class TalkPrinter implements ChatListener {
    private static final int MAX_LINE = 120;
    private static final int MAX_ARGUMENTS = 90;

    private final Terminal terminal;
    private final Map<String, String> titles;
    private final StringBuilder said = new StringBuilder();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean isOneAgent = true;
    private boolean isInLine;
    private int step;

    /** @param titles of agents, by id */
    TalkPrinter(Terminal terminal, Map<String, String> titles) {
        this.terminal = terminal;
        this.titles = titles;
    }

    @Override
    public synchronized void onEvent(ChatEvent event) {
        Content content = event.content();
        if (content instanceof ChatEvent.Routed routed) {
            routed(routed.routing());
        } else if (content instanceof ChatEvent.Token token) {
            if (isOneAgent || !titles.containsKey(token.agent())) {
                begin(token.step());
                say(token.text());
            }
        } else if (content instanceof ChatEvent.ToolCalled call) {
            told(call.tool() + " " + call.arguments(), MAX_ARGUMENTS);
        } else if (content instanceof ChatEvent.ToolReturned returned
                && returned.outcome() == ChatEvent.ToolReturned.Outcome.ERROR) {
            told(returned.tool() + ": " + returned.text(), MAX_LINE);
        } else if (content instanceof ChatEvent.Typing typing
                && !isOneAgent
                && typing.phase() == ChatEvent.Typing.Phase.ENDED) {
            told(title(typing.agent()) + " is done", MAX_LINE);
        } else if (content instanceof ChatEvent.Update update && update.stage() != ChatEvent.Update.Stage.FIGURES) {
            told(update.text(), MAX_LINE);
        }
    }

    @Override
    public void onEnd() {
        ended.countDown();
    }

    /** Waits until all was printed. */
    void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
    }

    private String title(String agent) {
        return titles.getOrDefault(agent, agent);
    }

    private void routed(Routing routing) {
        isOneAgent = routing.choices().size() == 1;
        if (routing.by() != Routing.By.REQUEST) {
            String between = routing.order() == Routing.Order.IN_TURN ? ", then " : " and ";
            String names = routing.agents().stream().map(this::title).collect(Collectors.joining(between));
            told(names + ": " + routing.why(), 2 * MAX_LINE);
        }
    }

    /** With another call of the model an agent begins anew. */
    private void begin(int next) {
        if (next != step) {
            breakLine();
            said.setLength(0);
            step = next;
        }
    }

    private void say(String piece) {
        String shown = shown(piece);
        terminal.out().print(shown);
        terminal.out().flush();
        said.append(shown);
        isInLine = !shown.endsWith("\n");
    }

    /** As {@link JobText#printable}, with its lines. */
    private static String shown(String text) {
        return text.lines()
                .map(JobText::printable)
                .collect(Collectors.joining("\n", "", text.endsWith("\n") ? "\n" : ""));
    }

    private void told(String text, int max) {
        breakLine();
        said.setLength(0);
        String line = JobText.printable(text).strip();
        terminal.err()
                .println(terminal.style()
                        .faint("· "
                                + (line.length() <= max
                                        ? line
                                        : line.substring(0, max - 1).strip() + "…")));
    }

    private void breakLine() {
        if (isInLine) {
            terminal.out().println();
            isInLine = false;
        }
    }

    /** Prints what is still to be said of an answer, once it is whole. */
    synchronized void end(ChatReply reply, ArtifactStore artifacts) {
        String text = shown(reply.text()).strip();
        if (!said.toString().strip().equals(text)) {
            breakLine();
            terminal.out().println(text);
        }
        breakLine();
        for (String key : reply.artifacts()) {
            terminal.out().println("file: " + JobText.printable(place(key, artifacts)));
        }
        if (reply.status() == Status.STOPPED) {
            terminal.err().println("note: stopped; what was said until then is kept.");
        }
        List<String> flagged = reply.figures().unsupported().stream()
                .map(Figure::text)
                .distinct()
                .map(JobText::printable)
                .toList();
        if (!flagged.isEmpty()) {
            terminal.out()
                    .println(terminal.style().strong("Check these numbers, which no tool returned:") + " "
                            + String.join(", ", flagged));
        }
        if (reply.status() == Status.FAILED) {
            reply.problem()
                    .ifPresent(problem -> terminal.err()
                            .println("error: " + JobText.printable(problem.what() + ". " + problem.mend() + ".")));
        }
        terminal.out().println();
    }

    private static String place(String key, ArtifactStore artifacts) {
        if (artifacts instanceof SupportsLocalPath local) {
            try {
                return local.localPath(new ArtifactKey(key)).toString();
            } catch (StudioException e) {
                return key; // deleted meanwhile: its name is all there is
            }
        }
        return key;
    }
}
