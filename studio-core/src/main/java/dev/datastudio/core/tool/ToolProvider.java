package dev.datastudio.core.tool;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import java.util.List;
import java.util.Optional;

/**
 * Brings tools into every studio whose class path it is on: this is how a feature module, or a program's own jar, gives
 * its tools to agents and protocols without either knowing the other. Found by {@link java.util.ServiceLoader}, so an
 * implementation has a constructor without parameters. Thread-safe.
 *
 * <p>Listing tools is cheap: what a tool needs is opened when it is first called.
 */
public interface ToolProvider {
    /** Its name in lists and errors, such as {@code documents}: 1 to 64 lower-case letters, digits, '-' and '_'. */
    String name();

    /** What its tools are for, in one sentence. */
    String description();

    /**
     * Why its tools can't be had in a studio, such as a library that is missing, and what to do about it; empty when
     * they can. Then {@link #tools} is not asked.
     */
    default Optional<String> unavailable(Studio studio) {
        return Optional.empty();
    }

    /**
     * The tools that a caller may use.
     *
     * @param studio open, and stays so
     * @param caller whose data the tools may touch; a tool takes the caller of each call, not this one
     * @return names that are unique, also among all providers
     */
    List<Tool> tools(Studio studio, Caller caller);
}
