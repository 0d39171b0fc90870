package dev.datastudio.core.schema;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.metadata.internal.EntryCollection;
import dev.datastudio.core.schema.internal.DocMerge;
import dev.datastudio.core.schema.internal.TableDocJson;
import dev.datastudio.core.source.SourceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is said of the tables of a tenant's databases. Everybody of the tenant reads and corrects it; what a person wrote
 * stays whatever a load finds. Thread-safe, also between processes.
 */
public final class TableDocs {
    private static final String KIND = "table-doc";
    private static final String SOURCE = "source";

    private final MetadataStore store;
    private final Caller caller;
    private final EntryCollection<TableDoc> docs;

    private TableDocs(MetadataStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
        this.docs = new EntryCollection<>(store, caller.tenant(), KIND, (entry, body) -> TableDocJson.read(body));
    }

    /** What is kept in a store, which stays open, for the tenant of a caller. */
    public static TableDocs of(MetadataStore store, Caller caller) {
        return new TableDocs(Objects.requireNonNull(store, "store"), Objects.requireNonNull(caller, "caller"));
    }

    /** What is said of a table. */
    public Optional<TableDoc> find(TableRef table) {
        return docs.find(id(table));
    }

    /** What is said of the tables of a database, by their names. */
    public List<TableDoc> list(SourceId source) {
        return docs.all(docs.query().where(SOURCE, source.toString())).stream()
                .sorted(Comparator.comparing(doc -> doc.table().table()))
                .toList();
    }

    /** What is said of the tables of all databases of the tenant, by source and name. */
    public List<TableDoc> list() {
        return docs.all(docs.query()).stream()
                .sorted(Comparator.comparing((TableDoc doc) -> doc.table().source())
                        .thenComparing(doc -> doc.table().table()))
                .toList();
    }

    /**
     * Keeps a new description of a table. Texts that a person wrote stay in place of the new ones, as long as their
     * column is there.
     *
     * @return what is kept now
     * @throws IllegalArgumentException if the table is a data set
     */
    public TableDoc save(TableDoc doc) {
        requireSource(doc.table());
        return change(
                doc.table(),
                before -> before.map(kept -> DocMerge.keepingWords(kept, doc)).orElse(doc));
    }

    private static void requireSource(TableRef table) {
        if (table.source().equals(TableRef.DATASETS)) {
            throw new IllegalArgumentException("table must be of a database, was the data set " + table.table());
        }
    }

    /**
     * Puts a person's words in place of what is written.
     *
     * @return what is kept now
     * @throws StudioException with {@link ErrorCode#UNKNOWN_TABLE} when nothing is kept of the table,
     *     {@link ErrorCode#UNKNOWN_COLUMN} when it has no such column
     */
    public TableDoc edit(TableRef table, TableEdit edit) {
        return change(table, before -> DocMerge.edited(before.orElseThrow(() -> unknown(table)), edit, caller.user()));
    }

    private static StudioException unknown(TableRef table) {
        return new StudioException(
                ErrorCode.UNKNOWN_TABLE,
                "Nothing is kept of the table " + StudioException.quote(table.table()),
                "Load its database first, then list its tables");
    }

    private TableDoc change(TableRef table, Function<Optional<TableDoc>, TableDoc> change) {
        EntryKey key = docs.key(id(table));
        while (true) {
            Optional<Entry> entry = store.find(key);
            TableDoc after = change.apply(entry.map(docs::read));
            try {
                store.apply(new EntryChange.Put(
                        key,
                        entry.map(Entry::revision).orElse(EntryChange.ABSENT),
                        TableDocJson.write(after),
                        Map.of(SOURCE, table.source())));
                return after;
            } catch (StudioException e) {
                if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                    throw e; // else somebody changed it meanwhile: begin again with what is there now
                }
            }
        }
    }

    /** Forgets what is said of a table, a person's words too, as when it is gone. */
    public void delete(TableRef table) {
        store.apply(EntryChange.delete(docs.key(id(table))));
    }

    /** Forgets what is said of all tables of a database, as when it is disconnected. */
    public void deleteAll(SourceId source) {
        store.deleteAll(docs.query().where(SOURCE, source.toString()), Instant.MAX);
    }

    /** Names of tables may be longer than an id, and of any letters. */
    private static String id(TableRef table) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest((table.source() + "\n" + table.table()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
