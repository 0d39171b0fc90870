package dev.datastudio.app.web;

import java.util.HashSet;
import java.util.Set;

/** The names of what requests may do: a kind of thing, and whether it is read, changed or used. */
public final class Scopes {
    public static final String DATASET_GET = "dataset:get";
    public static final String DATASET_EDIT = "dataset:edit";
    public static final String SOURCE_GET = "source:get";
    public static final String SOURCE_EDIT = "source:edit";
    public static final String DOCUMENT_GET = "document:get";
    public static final String DOCUMENT_EDIT = "document:edit";
    public static final String GRAPH_GET = "graph:get";
    public static final String GRAPH_EDIT = "graph:edit";
    public static final String GRAPH_RUN = "graph:run";
    /** To read and continue conversations; {@link #SOURCE_GET} is what one about a source needs. */
    public static final String CHAT_USE = "chat:use";

    public static final String ISSUE_GET = "issue:get";
    public static final String PROJECT_GET = "project:get";
    public static final String PROJECT_EDIT = "project:edit";
    public static final String JOB_GET = "job:get";
    public static final String JOB_EDIT = "job:edit";
    public static final String MODEL_GET = "model:get";
    public static final String MODEL_EDIT = "model:edit";
    public static final String AGENT_GET = "agent:get";
    public static final String AGENT_EDIT = "agent:edit";
    public static final String SETTINGS_GET = "settings:get";
    public static final String SETTINGS_EDIT = "settings:edit";
    /** To see the people of the organisation. */
    public static final String MEMBER_GET = "member:get";

    public static final String MEMBER_EDIT = "member:edit";
    public static final String AUDIT_GET = "audit:get";
    /** To read and change what is one's own: name, password, personal tokens. */
    public static final String SELF_EDIT = "self:edit";

    private static final Set<String> READ = Set.of(
            DATASET_GET,
            SOURCE_GET,
            DOCUMENT_GET,
            GRAPH_GET,
            CHAT_USE,
            ISSUE_GET,
            PROJECT_GET,
            JOB_GET,
            MODEL_GET,
            AGENT_GET,
            SETTINGS_GET,
            MEMBER_GET,
            SELF_EDIT);

    private static final Set<String> WRITE =
            Set.of(DATASET_EDIT, SOURCE_EDIT, DOCUMENT_EDIT, GRAPH_EDIT, GRAPH_RUN, PROJECT_EDIT, JOB_EDIT);

    private static final Set<String> ADMINISTER = Set.of(MODEL_EDIT, AGENT_EDIT, SETTINGS_EDIT, MEMBER_EDIT, AUDIT_GET);

    private static final Set<String> EDITOR = union(READ, WRITE);
    private static final Set<String> ADMINISTRATOR = union(EDITOR, ADMINISTER);

    private Scopes() {}

    /** What somebody may do who only looks and asks. */
    public static Set<String> viewer() {
        return READ;
    }

    /** What somebody may do who works with data. */
    public static Set<String> editor() {
        return EDITOR;
    }

    /** What somebody may do who answers for the organisation: everything. */
    public static Set<String> administrator() {
        return ADMINISTRATOR;
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return Set.copyOf(all);
    }
}
