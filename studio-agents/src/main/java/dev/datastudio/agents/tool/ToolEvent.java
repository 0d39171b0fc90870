package dev.datastudio.agents.tool;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What happens to a call of a tool. {@link Started} is followed by {@link Finished} or {@link Failed}; a call that does
 * not begin is {@link Refused}. No event holds arguments or results.
 */
public sealed interface ToolEvent {
    /** On whose behalf. */
    Caller caller();

    /** The name that was called; of a name that no tool can have, the first 64 characters. */
    String tool();

    /** When. */
    Instant at();

    /** A tool begins. */
    record Started(Caller caller, String tool, Instant at, SideEffect sideEffect) implements ToolEvent {
        public Started {
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(sideEffect, "sideEffect");
        }
    }

    /**
     * A tool ended with a result.
     *
     * @param took how long it ran
     * @param characters how long its text was
     * @param cut how many of them were left out
     * @param isError whether the result says that it did not do what it was asked to
     */
    record Finished(Caller caller, String tool, Instant at, Duration took, int characters, int cut, boolean isError)
            implements ToolEvent {
        public Finished {
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(took, "took");
        }
    }

    /**
     * A tool ended without a result: it broke, took too long, or was cancelled.
     *
     * @param took how long it ran
     * @param code what happened
     */
    record Failed(Caller caller, String tool, Instant at, Duration took, ErrorCode code) implements ToolEvent {
        public Failed {
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(took, "took");
            Objects.requireNonNull(code, "code");
        }
    }

    /**
     * A call that did not begin: no such tool, arguments that do not fit, switched off, not approved.
     *
     * @param code what stood against it
     */
    record Refused(Caller caller, String tool, Instant at, ErrorCode code) implements ToolEvent {
        public Refused {
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(code, "code");
        }
    }
}
