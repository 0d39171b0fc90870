package dev.datastudio.api.query;

import dev.datastudio.api.dataset.ColumnType;

/** A column of a result: its label and what its values are. Immutable. */
public record ResultColumn(String name, ColumnType type) {}
