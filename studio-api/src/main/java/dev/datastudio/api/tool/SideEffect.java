package dev.datastudio.api.tool;

/** What a tool does to the world; decides whether it runs without asking. */
public enum SideEffect {
    /** Reads data of the caller's tenant only. */
    READ,
    /** Changes data of the caller's tenant. */
    WRITE,
    /** Reaches beyond the studio: the web, a mail server, another program. */
    EXTERNAL
}
