package dev.datastudio.rag.index.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.progress.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** The records of one collection. What reads finds nothing when the collection is gone meanwhile. Thread-safe. */
public final class ChromaCollection {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int PAGE = 5_000;
    private static final int TEXTS_PAGE = 200;

    /** About how many characters one request holds, so that it stays below the limits of servers and proxies. */
    private static final int REQUEST_CHARACTERS = 4 << 20;

    private final ChromaHttp http;
    private final String path;
    private final IntSupplier batch;
    private final JsonNode metadata;

    ChromaCollection(ChromaHttp http, String path, IntSupplier batch, JsonNode metadata) {
        this.http = http;
        this.path = path;
        this.batch = batch;
        this.metadata = metadata;
    }

    /** What was given when it was made. */
    public Map<String, Object> metadata() {
        return ChromaJson.values(metadata);
    }

    /** Writes records, in place of those with the same ids; no id twice. */
    public void upsert(List<ChromaRecord> records) {
        int most = batch.getAsInt();
        ObjectNode body = JSON.objectNode();
        int characters = 0;
        for (ChromaRecord record : records) {
            String vector = ChromaJson.base64(record.vector());
            int more = vector.length() + record.text().length();
            if (body.path("ids").size() == most || (characters > 0 && characters + more > REQUEST_CHARACTERS)) {
                write("upsert", body);
                body = JSON.objectNode();
                characters = 0;
            }
            body.withArray("ids").add(record.id());
            body.withArray("embeddings").add(vector);
            body.withArray("documents").add(record.text());
            body.withArray("metadatas").add(ChromaJson.object(record.metadata()));
            characters += more;
        }
        if (!body.isEmpty()) {
            write("upsert", body);
        }
    }

    /** Gives all records for which something holds another value of one metadatum, and leaves the others as they are. */
    public void set(JsonNode where, String name, boolean value) {
        int most = batch.getAsInt();
        JsonNode others = ChromaWhere.all(List.of(where, ChromaWhere.not(name, value)));
        List<String> before = List.of();
        List<String> ids = ids(others, most, 0);
        while (!ids.isEmpty()) {
            if (ids.equals(before)) {
                throw http.malformed("it does not keep what is written");
            }
            ObjectNode body = JSON.objectNode();
            ids.forEach(body.withArray("ids")::add);
            ArrayNode metadatas = body.withArray("metadatas");
            ids.forEach(id -> metadatas.addObject().put(name, value));
            write("update", body);
            before = ids;
            ids = ids(others, most, 0);
        }
    }

    private void write(String operation, JsonNode body) {
        if (!http.post(path + "/" + operation, body).isFound()) {
            throw http.errors().gone();
        }
    }

    /** Takes away the records for which something holds. */
    public void delete(JsonNode where) {
        int most = batch.getAsInt();
        ObjectNode body = JSON.objectNode().put("limit", most);
        body.set("where", where);
        long deleted = most;
        while (deleted >= most) {
            ChromaHttp.Answer answer = http.post(path + "/delete", body);
            deleted = answer.isFound() ? answer.body().path("deleted").asLong(0) : 0;
        }
    }

    /** Takes away some records. Looks first which of them are there: an empty deletion is a write for the server. */
    public void delete(List<String> ids) {
        int most = batch.getAsInt();
        for (int from = 0; from < ids.size(); from += most) {
            ObjectNode some = JSON.objectNode();
            ids.subList(from, Math.min(ids.size(), from + most)).forEach(some.withArray("ids")::add);
            List<String> there = ids(some, most);
            if (!there.isEmpty()) {
                ObjectNode body = JSON.objectNode();
                there.forEach(body.withArray("ids")::add);
                http.post(path + "/delete", body);
            }
        }
    }

    /** The ids of all records for which something holds. */
    public List<String> ids(JsonNode where) {
        List<String> all = new ArrayList<>();
        List<String> page = ids(where, PAGE, 0);
        all.addAll(page);
        while (page.size() == PAGE) {
            page = ids(where, PAGE, all.size());
            all.addAll(page);
        }
        return all;
    }

    private List<String> ids(JsonNode where, int limit, int offset) {
        ObjectNode body = JSON.objectNode().put("limit", limit).put("offset", offset);
        body.set("where", where);
        return ids(body, limit);
    }

    private List<String> ids(ObjectNode body, int limit) {
        body.putArray("include");
        ChromaHttp.Answer answer = http.post(path + "/get", body);
        return answer.isFound() ? texts(answer.body().path("ids"), limit) : List.of();
    }

    private List<String> texts(JsonNode array, int most) {
        if (!array.isArray() || array.size() > most) {
            throw http.malformed("it gave no list of at most " + most + " ids");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : array) {
            if (!text.isTextual()) {
                throw http.malformed("it gave an id that is no text");
            }
            texts.add(text.textValue());
        }
        return texts;
    }

    /** All records for which something holds, as they are at one moment. */
    public List<ChromaRecord.Read> all(JsonNode where) {
        ObjectNode body = JSON.objectNode();
        body.set("where", where);
        return get(body, Integer.MAX_VALUE);
    }

    /** Some records, in no order; those that are not there are left out. */
    public List<ChromaRecord.Read> byIds(List<String> ids) {
        List<ChromaRecord.Read> records = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += TEXTS_PAGE) {
            List<String> page = ids.subList(from, Math.min(ids.size(), from + TEXTS_PAGE));
            ObjectNode body = JSON.objectNode();
            page.forEach(body.withArray("ids")::add);
            records.addAll(get(body, page.size()));
        }
        return records;
    }

    private List<ChromaRecord.Read> get(ObjectNode body, int most) {
        body.withArray("include").add("documents").add("metadatas");
        ChromaHttp.Answer answer = http.post(path + "/get", body);
        if (!answer.isFound()) {
            return List.of();
        }
        JsonNode found = answer.body();
        List<ChromaRecord.Read> records = new ArrayList<>();
        for (String id : texts(found.path("ids"), most)) {
            int at = records.size();
            records.add(read(
                    id,
                    found.path("documents").path(at),
                    found.path("metadatas").path(at),
                    0));
        }
        return records;
    }

    /** The nearest records for which something holds, in no order. */
    public List<ChromaRecord.Read> nearest(float[] vector, JsonNode where, int limit, Cancellation cancellation) {
        ObjectNode body = JSON.objectNode().put("n_results", limit);
        ArrayNode numbers = body.putArray("query_embeddings").addArray();
        for (float number : vector) {
            numbers.add(number);
        }
        body.set("where", where);
        body.withArray("include").add("documents").add("metadatas").add("distances");
        ChromaHttp.Answer answer = http.post(path + "/query", body, cancellation);
        if (!answer.isFound()) {
            return List.of();
        }
        JsonNode found = answer.body();
        List<ChromaRecord.Read> records = new ArrayList<>();
        for (String id : texts(found.path("ids").path(0), limit)) {
            int at = records.size();
            JsonNode distance = found.path("distances").path(0).path(at);
            if (!distance.isNumber()) {
                throw http.malformed("it gave a record without a distance");
            }
            JsonNode text = found.path("documents").path(0).path(at);
            JsonNode values = found.path("metadatas").path(0).path(at);
            records.add(read(id, text, values, distance.doubleValue()));
        }
        return records;
    }

    private ChromaRecord.Read read(String id, JsonNode text, JsonNode values, double distance) {
        if (!text.isTextual() || !values.isObject()) {
            throw http.malformed("it gave a record without its text or its metadata");
        }
        return new ChromaRecord.Read(id, text.textValue(), ChromaJson.values(values), distance);
    }
}
