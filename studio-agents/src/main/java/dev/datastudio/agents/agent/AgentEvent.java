package dev.datastudio.agents.agent;

import java.time.Instant;
import java.util.Objects;

/**
 * What a run of an agent tells while it goes on. The first is {@link Started} and the last {@link Finished}; a run that
 * ends in an exception tells no last one. The tokens of a step are followed by its {@link Said}; of several, the last is
 * the answer.
 */
public sealed interface AgentEvent {
    /** The id of the run. */
    String run();

    /** The id of the agent. */
    String agent();

    /** The run begins, or goes on after a crash. */
    record Started(String run, String agent, Instant at) implements AgentEvent {
        public Started {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * A piece of what the model says.
     *
     * @param step which call of the model, from 1
     * @param text not empty
     */
    record Token(String run, String agent, int step, String text) implements AgentEvent {
        public Token {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * All that was said in a step, when it said anything.
     *
     * @param step which call of the model, from 1
     * @param text what its tokens make together; without a model, an answer in one piece
     */
    record Said(String run, String agent, int step, String text) implements AgentEvent {
        public Said {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A tool is called.
     *
     * @param call the id of the call, unique in the run
     * @param tool its name, as the model wrote it
     * @param arguments as the model wrote them
     */
    record ToolCalled(String run, String agent, String call, String tool, String arguments) implements AgentEvent {
        public ToolCalled {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(arguments, "arguments");
        }
    }

    /** A call of a tool ended. */
    record ToolReturned(String run, String agent, AgentStep.ToolStep result) implements AgentEvent {
        public ToolReturned {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(result, "result");
        }
    }

    /** The run ended, in whatever way. */
    record Finished(String run, String agent, AgentReply reply) implements AgentEvent {
        public Finished {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(reply, "reply");
        }
    }
}
