package dev.datastudio.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.audit.AuditEvent.Outcome;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Records of the log as entries of the metadata store. */
final class AuditEntries {
    static final String KIND = "audit";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HASH_BYTES = 15;

    private AuditEntries() {}

    /** As it stands in JSON; the tenant is the entry's. */
    record Body(
            long at,
            String user,
            String action,
            List<String> subjects,
            Outcome outcome,
            Map<String, String> details,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int repeats) {}

    static EntryChange change(AuditRecord audited) {
        AuditEvent event = audited.event();
        Map<String, String> attributes = new HashMap<>();
        attributes.put("user", event.caller().user());
        attributes.put("action", event.action());
        attributes.put("outcome", event.outcome().name());
        event.subjects().forEach(subject -> attributes.put(subjectAttribute(subject), ""));
        Body body = new Body(
                audited.at().toEpochMilli(),
                event.caller().user(),
                event.action(),
                event.subjects(),
                event.outcome(),
                event.details(),
                audited.times() - 1);
        return EntryChange.put(new EntryKey(event.caller().tenant(), KIND, audited.id()), write(body), attributes);
    }

    /** The records of a tenant. */
    static EntryCollection<AuditRecord> of(MetadataStore store, String tenant) {
        return new EntryCollection<>(store, tenant, KIND, AuditEntries::read);
    }

    private static AuditRecord read(Entry entry, JsonNode json) {
        Body body = JSON.convertValue(json, Body.class);
        if (body.user() == null || body.action() == null || body.outcome() == null) {
            throw new IllegalArgumentException("An audit record lacks who, what or how it ended");
        }
        Caller caller = new Caller(entry.key().tenant(), body.user());
        AuditEvent event = new AuditEvent(
                caller,
                body.action(),
                body.subjects() == null ? List.of() : body.subjects(),
                body.outcome(),
                body.details() == null ? Map.of() : body.details());
        return new AuditRecord(entry.key().id(), Instant.ofEpochMilli(body.at()), event, body.repeats() + 1);
    }

    /** An entry has one value for each attribute but several subjects: each is an attribute of its own, by its hash. */
    static String subjectAttribute(String subject) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(UTF_8));
            return "s_" + HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String write(Body body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records of texts can always be written as JSON", e);
        }
    }
}
