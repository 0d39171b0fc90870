package dev.datastudio.agents.tool;

import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Decides whether a tool that does more than read may run. Asked on the thread that runs the call, before the tool
 * begins; it may block, such as to ask a person. Thread-safe.
 */
@FunctionalInterface
public interface Approval {
    /** Lets nothing run but what reads. */
    Approval READ_ONLY = request -> new Refused("nobody is there to approve it");

    /** Decides about one call. */
    Decision decide(Request request);

    /**
     * Lets tools with these side effects run without asking.
     *
     * @param effects besides {@link SideEffect#READ}, which always may
     */
    static Approval allowing(SideEffect... effects) {
        Set<SideEffect> allowed = EnumSet.of(SideEffect.READ, effects);
        return request -> allowed.contains(request.sideEffect()) ? new Approved() : READ_ONLY.decide(request);
    }

    /**
     * What is to be decided. Immutable.
     *
     * @param call the name and the arguments, which fit the tool's schema and are otherwise as the model wrote them
     * @param sideEffect what the tool does to the world
     * @param context on whose behalf
     */
    record Request(ToolCall call, SideEffect sideEffect, ToolContext context) {
        public Request {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(sideEffect, "sideEffect");
            Objects.requireNonNull(context, "context");
        }
    }

    /** What was decided. */
    sealed interface Decision {}

    /** It may run, this once. */
    record Approved() implements Decision {}

    /**
     * It may not run.
     *
     * @param reason why, as the end of a sentence; shown to the model
     */
    record Refused(String reason) implements Decision {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
