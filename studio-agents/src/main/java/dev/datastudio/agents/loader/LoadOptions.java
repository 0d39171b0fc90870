package dev.datastudio.agents.loader;

import java.util.Objects;

/**
 * How a database is loaded. Immutable; begins at {@link #DEFAULT}.
 *
 * @param writing who describes tables
 * @param model the name of the model's configuration; empty for the active one
 * @param values which values a model is shown
 * @param scope which tables are described
 */
public record LoadOptions(Writing writing, String model, SentValues values, Scope scope) {
    /** The active model where there is one, shown categories; what changed only. */
    public static final LoadOptions DEFAULT =
            new LoadOptions(Writing.MODEL_IF_CONFIGURED, "", SentValues.CATEGORIES, Scope.CHANGED);

    public LoadOptions {
        Objects.requireNonNull(writing, "writing");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(scope, "scope");
    }

    /** Without a model, whatever is configured. */
    public LoadOptions builtIn() {
        return new LoadOptions(Writing.BUILT_IN, "", values, scope);
    }

    /** By a model. */
    public LoadOptions by(String configuration) {
        return new LoadOptions(Writing.MODEL, configuration, values, scope);
    }

    /** Showing a model other values. */
    public LoadOptions showing(SentValues shown) {
        return new LoadOptions(writing, model, shown, scope);
    }

    /** Describes every table again, changed or not. */
    public LoadOptions everything() {
        return new LoadOptions(writing, model, values, Scope.ALL);
    }

    /** Who describes tables. */
    public enum Writing {
        /** The active model; rules where none is configured. */
        MODEL_IF_CONFIGURED,
        /** A model, and no load without it. */
        MODEL,
        /** Rules over names, types, keys and values, at no cost. */
        BUILT_IN
    }

    /** Which values of a database a model is shown. */
    public enum SentValues {
        /** None; names, types, keys and comments only. */
        NONE,
        /**
         * Those of text columns with few different ones, and the least and greatest of numbers and times, out of a
         * sample; never of columns that look as if they told of people.
         */
        CATEGORIES
    }

    /** Which tables are described. */
    public enum Scope {
        /** New ones, and those whose schema or sample changed. */
        CHANGED,
        /** All of them. */
        ALL
    }
}
