package dev.datastudio.app;

/** Graphs as clients send them, for {@link Person#post}: single quotes stand for double ones. */
public final class GraphText {
    private GraphText() {}

    /** A graph of nodes and edges, each separated by commas. */
    public static String graph(String nodes, String edges) {
        return "{'nodes':[" + nodes + "],'edges':[" + edges + "]}";
    }

    /** A node of the first version of a type, at the left. */
    public static String node(String id, String type, String config) {
        return node(id, type, 0, config);
    }

    /** A node of the first version of a type, so far to the right. */
    public static String node(String id, String type, int x, String config) {
        return "{'id':'" + id + "','type':'" + type + "','typeVersion':1,'position':{'x':" + x
                + ",'y':0},'data':{'config':" + config + "}}";
    }

    /** An edge, whose id names its ends: {@code a-b}. */
    public static String edge(String source, String output, String target, String input) {
        return "{'id':'" + source + "-" + target + "','source':'" + source + "','sourceHandle':'" + output
                + "','target':'" + target + "','targetHandle':'" + input + "'}";
    }
}
