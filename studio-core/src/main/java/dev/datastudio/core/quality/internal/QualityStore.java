package dev.datastudio.core.quality.internal;

import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.quality.QualityIssue;
import dev.datastudio.core.quality.QualityRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Rules and issues of one caller. What belongs to another tenant or user is not there. Thread-safe. */
public final class QualityStore {
    private static final String RULE = "quality-rule";
    private static final String ISSUE = "quality-issue";
    private static final String USER = "user";
    private static final String DATASET = "dataset";
    private static final int PAGE = 500;

    private final MetadataStore store;
    private final Caller caller;

    /** The rules and issues of a caller. */
    public QualityStore(MetadataStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    /** Makes or replaces a rule. */
    public void save(QualityRule rule) {
        store.apply(EntryChange.put(key(RULE, rule.id()), RuleJson.write(rule), attributes(rule.dataset())));
    }

    /** The rules of a data set, as they were made. */
    public List<QualityRule> rules(String dataset) {
        return list(RULE, dataset, entry -> RuleJson.readRule(entry.body()));
    }

    /** The issues of a data set, as they were first found. */
    public List<QualityIssue> issues(String dataset) {
        return list(ISSUE, dataset, entry -> RuleJson.readIssue(entry.body()));
    }

    /** Removes a rule and its issue; whether there was one. */
    public boolean delete(String rule) {
        if (store.find(key(RULE, rule)).isEmpty()) {
            return false;
        }
        store.apply(List.of(EntryChange.delete(key(RULE, rule)), EntryChange.delete(key(ISSUE, rule))));
        return true;
    }

    /** An issue with the revision that it was read in. */
    public record StoredIssue(QualityIssue issue, long revision) {}

    /** The issue of a rule. */
    public Optional<StoredIssue> findIssue(String rule) {
        return store.find(key(ISSUE, rule))
                .map(entry -> new StoredIssue(RuleJson.readIssue(entry.body()), entry.revision()));
    }

    /** The change that stores an issue in place of a revision, 0 for none. */
    public EntryChange change(QualityIssue issue, long revision) {
        return new EntryChange.Put(
                key(ISSUE, issue.id()), revision, RuleJson.write(issue), attributes(issue.dataset()));
    }

    /** Makes changes together. */
    public void apply(List<EntryChange> changes) {
        for (int from = 0; from < changes.size(); from += PAGE) {
            store.apply(changes.subList(from, Math.min(changes.size(), from + PAGE)));
        }
    }

    private <T> List<T> list(String kind, String dataset, Function<Entry, T> reader) {
        List<T> found = new ArrayList<>();
        EntryQuery query = EntryQuery.of(caller.tenant(), kind)
                .where(USER, caller.user())
                .where(DATASET, hash(dataset))
                .orderedBy(EntryQuery.Order.OLDEST_FIRST)
                .limitedTo(PAGE);
        EntryPage page = store.list(query);
        page.entries().forEach(entry -> found.add(reader.apply(entry)));
        while (page.hasMore()) {
            page = store.list(query.after(page.next()));
            page.entries().forEach(entry -> found.add(reader.apply(entry)));
        }
        return found;
    }

    /** The user is part of the name, so that no id reaches another user's entry. */
    private EntryKey key(String kind, String id) {
        return new EntryKey(caller.tenant(), kind, caller.user() + "/" + id);
    }

    private Map<String, String> attributes(String dataset) {
        return Map.of(USER, caller.user(), DATASET, hash(dataset));
    }

    /** Names of data sets may be longer than an attribute. */
    private static String hash(String dataset) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(dataset.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
