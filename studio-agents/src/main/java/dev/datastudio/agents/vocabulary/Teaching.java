package dev.datastudio.agents.vocabulary;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.vocabulary.internal.TaughtBodies;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a tenant taught: kept in the metadata store, shared by all its users, used by every question from then on; what
 * another process teaches is known within a second. Thread-safe.
 */
public final class Teaching {
    /** The most taught words and verified questions of a tenant. */
    public static final int MAX_ENTRIES = 2_000;

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final long MAX_LIVE = 200;

    private final Studio studio;
    private final Cache<String, Known> known;
    private final String tenant;
    private final EntryCollection<Taught> entries;

    private record Known(Vocabulary vocabulary, Instant until) {}

    /**
     * Something that was taught.
     *
     * @param id names it
     * @param word a word, or nothing when it is a question
     * @param question a question, or nothing when it is a word
     */
    public record Taught(String id, Optional<TaughtWord> word, Optional<VerifiedQuestion> question) {
        /** What was taught, on one line. */
        public String text() {
            return word.map(TaughtBodies::text)
                    .orElseGet(() -> "question: " + question.orElseThrow().question());
        }
    }

    /** @param known what was read last, by tenant */
    private Teaching(Studio studio, Cache<String, Known> known, String tenant) {
        this.studio = studio;
        this.known = known;
        this.tenant = tenant;
        this.entries = new EntryCollection<>(
                studio.metadata(),
                tenant,
                "vocabulary",
                (entry, body) -> TaughtBodies.read(entry.key().id(), body));
    }

    /** What the tenant of a studio's caller taught. */
    public static Teaching of(Studio studio) {
        return studio.feature(
                Teaching.class,
                any -> new Teaching(
                        any,
                        Caffeine.newBuilder().maximumSize(MAX_LIVE).build(),
                        any.caller().tenant()));
    }

    /** What the tenant of another caller taught. */
    public Teaching as(Caller other) {
        return new Teaching(studio, known, other.tenant());
    }

    /** Teaches words; the same words for the same table get a new meaning. */
    public Taught teach(TaughtWord word) {
        return put(TaughtBodies.id(word), TaughtBodies.write(word), Map.of("type", "word"));
    }

    /** Keeps a question with the plan that a person checked; the same question gets a new plan. */
    public Taught verify(VerifiedQuestion question) {
        return put(TaughtBodies.id(question), TaughtBodies.write(question), Map.of("type", "question"));
    }

    private Taught put(String id, String body, Map<String, String> attributes) {
        if (entries.find(id).isEmpty() && studio.metadata().count(entries.query()) >= MAX_ENTRIES) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There are " + MAX_ENTRIES + " taught words and questions already",
                    "Remove some first");
        }
        Taught taught = studio.metadata()
                .apply(EntryChange.put(entries.key(id), body, attributes))
                .map(entries::read)
                .orElseThrow(() -> new IllegalStateException("What was put is given back"));
        known.invalidate(tenant);
        return taught;
    }

    /** Everything that was taught, in the order of its making. */
    public List<Taught> list() {
        return entries.all(entries.query().orderedBy(EntryQuery.Order.OLDEST_FIRST));
    }

    /**
     * Forgets something.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when nothing has that id
     */
    public void remove(String id) {
        if (entries.find(id).isEmpty()) {
            throw new StudioException(
                    ErrorCode.ENTRY_NOT_FOUND,
                    "Nothing that was taught has the id " + StudioException.quote(id),
                    "List what was taught to see the ids");
        }
        studio.metadata().apply(EntryChange.delete(entries.key(id)));
        known.invalidate(tenant);
    }

    /** Everything that was taught as one JSON text: a list of objects, in the order of {@link #list()}. */
    public String export() {
        return TaughtBodies.export(list());
    }

    /** What questions are read with now. */
    public Vocabulary vocabulary() {
        Known last = known.getIfPresent(tenant);
        Instant now = studio.clock().instant();
        if (last != null && now.isBefore(last.until())) {
            return last.vocabulary();
        }
        List<Taught> all = list();
        Vocabulary vocabulary = Vocabulary.of(
                all.stream().flatMap(t -> t.word().stream()).toList(),
                all.stream().flatMap(t -> t.question().stream()).toList());
        known.put(tenant, new Known(vocabulary, now.plus(FRESH)));
        return vocabulary;
    }

    /** What was taught for some words, letter case aside. */
    public List<Taught> find(String words) {
        return list().stream()
                .filter(t -> Stream.concat(
                                t.word().map(TaughtWord::words).stream(),
                                t.question().map(VerifiedQuestion::question).stream())
                        .anyMatch(w -> w.equalsIgnoreCase(words.strip())))
                .toList();
    }
}
