package dev.datastudio.agents.model;

import java.util.Locale;

/** Whose a configuration of a model is. */
public enum ModelScope {
    /** Everybody's in the tenant. */
    TENANT,
    /** One person's, who alone sees and uses it. */
    USER;

    /** As it stands in JSON: {@code tenant}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
