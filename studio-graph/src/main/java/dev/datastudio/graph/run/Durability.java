package dev.datastudio.graph.run;

/** When a run with a thread waits for its store. */
public enum Durability {
    /** After each super-step, and after each task of a step of several: nothing that was reported as done is lost. */
    SYNC,
    /**
     * Only at interrupts, effects and the end; in between, what happened is stored in groups while the run goes on. After
     * a crash, steps that were not reported by a {@code CheckpointSaved} event are done again.
     */
    GROUP,
    /** At interrupts, effects and the end only, in one piece; after a crash the run begins again from there. */
    EXIT
}
