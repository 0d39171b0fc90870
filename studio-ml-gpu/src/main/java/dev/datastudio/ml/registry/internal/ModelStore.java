package dev.datastudio.ml.registry.internal;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.prepare.internal.RememberingEmbedder;
import dev.datastudio.ml.registry.TrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the models of one caller: what is known of each as an entry, what it learnt as an artifact. Thread-safe. */
public final class ModelStore {
    private static final String KIND = "trained-model";
    private static final String NAMES = "trained-model-name";
    private static final String USER = "user_id";
    private static final String FILE = "model.json";

    private final Studio studio;
    private final Caller caller;

    public ModelStore(Studio studio, Caller caller) {
        this.studio = studio;
        this.caller = caller;
    }

    /** The next version of a name. */
    public int nextVersion(String name) {
        String id = caller.user() + "/" + hash(name.getBytes(StandardCharsets.UTF_8));
        EntryChange counted =
                EntryChange.put(new EntryKey(caller.tenant(), NAMES, id), "{}", Map.of(USER, caller.user()));
        return (int) studio.metadata()
                .apply(counted)
                .map(Entry::revision)
                .orElseThrow()
                .longValue();
    }

    /** Keeps a model. The file comes first, so that an entry always has one. */
    public void save(TrainedModel model, byte[] content) {
        studio.artifacts().put(file(model.id()), content);
        Map<String, String> attributes = Map.of(USER, caller.user());
        studio.metadata().apply(EntryChange.insert(key(model.id()), ModelJson.write(model, hash(content)), attributes));
    }

    public Optional<TrainedModel> find(String id) {
        return entry(id).map(ModelJson::read);
    }

    /** All models, the newest first. */
    public List<TrainedModel> list() {
        List<TrainedModel> models = new ArrayList<>();
        EntryQuery query = EntryQuery.of(caller.tenant(), KIND).where(USER, caller.user());
        EntryPage page = studio.metadata().list(query);
        page.entries().forEach(entry -> models.add(ModelJson.read(entry)));
        while (page.hasMore()) {
            page = studio.metadata().list(query.after(page.next()));
            page.entries().forEach(entry -> models.add(ModelJson.read(entry)));
        }
        return models;
    }

    /** As {@link #load(String, Cancellation)}, with nobody who stops it. */
    public KeptModel load(String id) {
        return load(id, Cancellation.none());
    }

    /**
     * What a model learnt.
     *
     * @param cancellation ends what it is used for
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_DAMAGED} when its file is not as it was saved; {@link
     *     ErrorCode#DEPENDENCY_MISSING} when it reads texts by an embedder that the studio does not have
     */
    public KeptModel load(String id, Cancellation cancellation) {
        Entry entry = entry(id).orElseThrow(() -> notFound(id));
        byte[] content;
        try (InputStream in = studio.artifacts().open(file(id))) {
            content = in.readAllBytes();
        } catch (IOException e) {
            throw damaged(id, "can't be read", e);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.ARTIFACT_NOT_FOUND) {
                throw damaged(id, "is not there any more", e);
            }
            throw e;
        }
        if (!hash(content).equals(ModelJson.hash(entry))) {
            throw damaged(id, "was changed or cut off since it was saved", null);
        }
        KeptModel kept;
        try {
            kept = KeptModel.read(content);
        } catch (RuntimeException e) {
            throw damaged(id, "can't be understood by this version", e);
        }
        try {
            return kept.bound(() -> RememberingEmbedder.of(studio, cancellation), cancellation);
        } catch (StudioException e) {
            kept.close();
            throw e;
        }
    }

    /** Forgets a model, then removes its file; whether it was there. */
    public boolean delete(String id) {
        if (entry(id).isEmpty()) {
            return false;
        }
        studio.metadata().apply(EntryChange.delete(key(id)));
        studio.artifacts().deleteAll(folder(id));
        return true;
    }

    /** Forgets all models and names; gives how many models there were. */
    public int deleteAll() {
        int deleted = 0;
        for (TrainedModel model : list()) {
            deleted += delete(model.id()) ? 1 : 0;
        }
        EntryQuery names = EntryQuery.of(caller.tenant(), NAMES).where(USER, caller.user());
        for (EntryPage page = studio.metadata().list(names);
                !page.entries().isEmpty();
                page = studio.metadata().list(names)) {
            page.entries().forEach(entry -> studio.metadata().apply(EntryChange.delete(entry.key())));
        }
        return deleted;
    }

    /** The error for a model that is not there, or not there for this caller. */
    public static StudioException notFound(String id) {
        return new StudioException(
                ErrorCode.TRAINED_MODEL_NOT_FOUND,
                "There is no trained model " + StudioException.quote(id),
                "List the trained models to see their ids");
    }

    private Optional<Entry> entry(String id) {
        if (!id.matches("[0-9a-f-]{36}")) {
            return Optional.empty();
        }
        return studio.metadata()
                .find(key(id))
                .filter(entry -> caller.user().equals(entry.attributes().get(USER)));
    }

    private EntryKey key(String id) {
        return new EntryKey(caller.tenant(), KIND, id);
    }

    private ArtifactKey folder(String id) {
        return ArtifactKey.of(caller).resolve("models/" + id);
    }

    private ArtifactKey file(String id) {
        return folder(id).resolve(FILE);
    }

    private StudioException damaged(String id, String how, @org.jspecify.annotations.Nullable Exception cause) {
        String what = "The file " + StudioException.quote(file(id)) + " of the trained model "
                + StudioException.quote(id) + " " + how;
        String mend = "Train it again by its spec, which is kept, or restore a backup";
        return cause == null
                ? new StudioException(ErrorCode.TRAINED_MODEL_DAMAGED, what, mend)
                : new StudioException(ErrorCode.TRAINED_MODEL_DAMAGED, what, mend, cause);
    }

    /** SHA-256 in hexadecimal digits. */
    public static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
