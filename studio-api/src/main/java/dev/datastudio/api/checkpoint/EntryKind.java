package dev.datastudio.api.checkpoint;

/** What an entry of a thread's log is about; a store keeps it beside the body but gives it no meaning. */
public enum EntryKind {
    /** The whole state; nothing before it is needed to go on from it. */
    SNAPSHOT,
    /** A super-step was done: what it changed, and what comes next. */
    STEP,
    /** One task of a super-step that others are still working on was done. */
    TASK,
    /** A part of a task was done, and its value is kept. */
    MEMO,
    /** A side effect was claimed or done. */
    EFFECT,
    /** The run waits for answers, or got one. */
    INTERRUPT,
    /** Someone outside the run queued an input. */
    INPUT,
    /** The run ended. */
    END
}
