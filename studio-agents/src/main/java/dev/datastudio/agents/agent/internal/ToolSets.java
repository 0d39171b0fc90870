package dev.datastudio.agents.agent.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Which tools of the studio are about what. */
public final class ToolSets {
    static final String EXPLORE = "eda_analysis";
    static final String QUERY_DOCUMENTS = "query_documents";

    private static final List<String> FOR_DATA =
            List.of("get_dataset_info", "sql_query", EXPLORE, "create_visualization");
    private static final List<String> FOR_DOCUMENTS = List.of(QUERY_DOCUMENTS, "search_documents");

    /** An agent with one of these is about data. */
    private static final Set<String> OF_DATA = Set.of(
            EXPLORE,
            "get_dataset_info",
            "hypothesis_test",
            "create_visualization",
            "sql_query",
            "execute_sql_query",
            "aggregate_data",
            "filter_data",
            "count_rows",
            "read_source_data");

    private ToolSets() {}

    static boolean isOfData(Collection<String> tools) {
        return tools.stream().anyMatch(OF_DATA::contains);
    }

    /** Whether the agent is first of all about documents: its own tools stand before those that it was lent. */
    static boolean isOfDocumentsFirst(List<String> tools) {
        return tools.stream()
                .filter(tool -> OF_DATA.contains(tool) || tool.equals(QUERY_DOCUMENTS))
                .findFirst()
                .filter(QUERY_DOCUMENTS::equals)
                .isPresent();
    }

    /** The tools of an agent, and after them those for documents where it has none. */
    public static List<String> withDocuments(List<String> own) {
        return own.stream().anyMatch(FOR_DOCUMENTS::contains) ? own : both(own, FOR_DOCUMENTS);
    }

    /** The tools of an agent, and after them those for data where it has none. */
    public static List<String> withData(List<String> own) {
        return isOfData(own) ? own : both(own, FOR_DATA);
    }

    /** The tools of an agent, and after them, where it may explore, those for groups, components, unusual rows and forecasts. */
    static List<String> withExploring(List<String> own) {
        return own.contains(EXPLORE) ? both(own, ExploringWish.TOOLS) : own;
    }

    private static List<String> both(List<String> own, List<String> lent) {
        List<String> all = new ArrayList<>(own);
        all.addAll(lent);
        return all;
    }
}
