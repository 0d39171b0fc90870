package dev.datastudio.core.metadata.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.MetadataStore;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets changes that depend on several entries follow each other, such as those of names that must differ: each changes one
 * more entry, the lock, as it was before it looked, so that of two at once the second one fails and looks again. Holds
 * between processes too, and nothing is held while nobody changes anything. Thread-safe.
 */
public final class ChangeLock {
    private static final int TRIES = 20;

    private final MetadataStore store;
    private final EntryKey key;

    /** @param key of the lock, an entry that means nothing else */
    public ChangeLock(MetadataStore store, EntryKey key) {
        this.store = store;
        this.key = key;
    }

    /**
     * Looks and changes.
     *
     * @param work is given the change of the lock, which it makes together with its own; done again when somebody else
     *     was faster
     * @throws StudioException {@link ErrorCode#ENTRY_CONFLICT} when others were faster again and again, or the work meets
     *     another conflict each time
     */
    public <T> T changing(Function<EntryChange, T> work) {
        for (int tries = 1; ; tries++) {
            Optional<Entry> lock = store.find(key);
            long revision = lock.map(Entry::revision).orElse(EntryChange.ABSENT);
            try {
                return work.apply(new EntryChange.Put(key, revision, "{}", Map.of()));
            } catch (StudioException e) {
                if (e.code() != ErrorCode.ENTRY_CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
