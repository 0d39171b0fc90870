package dev.datastudio.core.export.internal;

import java.util.List;

/** How many rows a file got, and what was written otherwise than it is. */
public record Written(long rows, List<String> notes) {}
