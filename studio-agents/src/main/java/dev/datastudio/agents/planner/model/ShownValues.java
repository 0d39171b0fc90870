package dev.datastudio.agents.planner.model;

/** Which stored values a model is shown. Names, types and units of columns and the number of rows it always is. */
public enum ShownValues {
    /** None: no cell leaves the program. The model then has to guess how values are spelt. */
    NONE,
    /** Those that the question itself names, as they are stored. */
    MENTIONED,
    /** Those that the question names, and all of text columns with few different ones. */
    CATEGORIES
}
