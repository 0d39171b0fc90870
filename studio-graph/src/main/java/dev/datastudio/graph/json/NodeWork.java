package dev.datastudio.graph.json;

import dev.datastudio.graph.NodeContext;

/**
 * What a node of a saved graph does, made by its type from its configuration. It may be called by several threads at
 * once, so it keeps no state of its own.
 */
@FunctionalInterface
public interface NodeWork {
    /**
     * Does the work. May block; when the run is cancelled the thread is interrupted.
     *
     * @param inputs what arrived, by input; those that are optional and got nothing are absent
     * @param context where this call belongs, and what it may ask of the engine
     * @return values by output; each required output must be among them
     * @throws Exception ends the run; a {@link dev.datastudio.api.error.StudioException} keeps its code, words and mend
     */
    Values run(Values inputs, NodeContext context) throws Exception;
}
