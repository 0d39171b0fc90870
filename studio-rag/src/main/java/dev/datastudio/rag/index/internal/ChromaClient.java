package dev.datastudio.rag.index.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Databases and collections of one Chroma server and tenant. Thread-safe. */
public final class ChromaClient {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Settings of the graph, with which recall stayed above 0.99 on clustered vectors. */
    private static final int EF_SEARCH = 200;

    private static final int EF_CONSTRUCTION = 200;
    private static final int MAX_NEIGHBORS = 32;

    private static final int FEWEST_BATCH = 1;
    private static final int MOST_BATCH = 1_000;

    private final ChromaHttp http;
    private final String tenant;
    private volatile @Nullable Integer batch;

    /** @param tenant as the server calls it */
    public ChromaClient(ChromaHttp http, String tenant) {
        this.http = http;
        this.tenant = tenant;
    }

    /** A collection, or empty when it or its database is not there. */
    public Optional<ChromaCollection> find(String database, String name) {
        ChromaHttp.Answer answer = http.get(collections(database) + "/" + part(name));
        return answer.isFound() ? Optional.of(collection(database, answer.body())) : Optional.empty();
    }

    /** A collection, made with this metadata when it is not there. */
    public ChromaCollection findOrMake(String database, String name, Map<String, Object> metadata) {
        Optional<ChromaCollection> found = find(database, name);
        return found.isPresent() ? found.get() : make(database, name, metadata);
    }

    private ChromaCollection make(String database, String name, Map<String, Object> metadata) {
        String owner = "tenants/" + part(tenant);
        if (!http.get(owner).isFound()) {
            http.post("tenants", JSON.objectNode().put("name", tenant));
        }
        http.post(owner + "/databases", JSON.objectNode().put("name", database));
        ObjectNode body = JSON.objectNode().put("name", name).put("get_or_create", true);
        body.set("metadata", ChromaJson.object(metadata));
        body.putObject("configuration")
                .putObject("hnsw")
                .put("space", "cosine")
                .put("ef_search", EF_SEARCH)
                .put("ef_construction", EF_CONSTRUCTION)
                .put("max_neighbors", MAX_NEIGHBORS);
        ChromaHttp.Answer made = http.post(collections(database), body);
        if (made.status() / 100 != 2) {
            throw http.malformed("a collection could not be made, status " + made.status());
        }
        return collection(database, made.body());
    }

    /** Takes a collection away with all that it holds. Does nothing when it is not there. */
    public void drop(String database, String name) {
        http.delete(collections(database) + "/" + part(name));
    }

    private ChromaCollection collection(String database, JsonNode answer) {
        String id = answer.path("id").asText();
        try {
            String path = collections(database) + "/" + UUID.fromString(id);
            return new ChromaCollection(http, path, this::batch, answer.path("metadata"));
        } catch (IllegalArgumentException e) {
            throw http.malformed("a collection without an id");
        }
    }

    /** How many records one request may write. */
    private int batch() {
        Integer known = batch;
        if (known == null) {
            JsonNode checks = http.get("pre-flight-checks").body();
            if (!checks.path("supports_base64_encoding").asBoolean()) {
                throw http.malformed("it does not take vectors in base64");
            }
            known = Math.min(
                    MOST_BATCH,
                    Math.max(FEWEST_BATCH, checks.path("max_batch_size").asInt(MOST_BATCH)));
            batch = known;
        }
        return known;
    }

    private String collections(String database) {
        return "tenants/" + part(tenant) + "/databases/" + part(database) + "/collections";
    }

    private static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
