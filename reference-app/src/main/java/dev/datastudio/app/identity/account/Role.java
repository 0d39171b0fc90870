package dev.datastudio.app.identity.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.app.web.Scopes;
import java.util.Set;

/** What somebody is in an organisation. */
public enum Role {
    /** Answers for the organisation: may do everything in it. */
    @JsonProperty("admin")
    ADMIN,
    /** Works with data. */
    @JsonProperty("editor")
    EDITOR,
    /** Looks and asks. */
    @JsonProperty("viewer")
    VIEWER;

    /** What somebody of this role may do. */
    public Set<String> scopes() {
        return switch (this) {
            case ADMIN -> Scopes.administrator();
            case EDITOR -> Scopes.editor();
            case VIEWER -> Scopes.viewer();
        };
    }
}
