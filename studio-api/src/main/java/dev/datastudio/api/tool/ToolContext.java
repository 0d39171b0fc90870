package dev.datastudio.api.tool;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import java.util.Objects;

/**
 * For whom and how a tool is called. Immutable.
 *
 * @param caller whose data it may touch; never taken from the arguments
 * @param cancellation stops it
 * @param progress told how far it is
 */
public record ToolContext(Caller caller, Cancellation cancellation, ProgressListener progress) {
    public ToolContext {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(progress, "progress");
    }

    /** A call that nobody watches or stops. */
    public static ToolContext of(Caller caller) {
        return new ToolContext(caller, Cancellation.none(), ProgressListener.NONE);
    }
}
