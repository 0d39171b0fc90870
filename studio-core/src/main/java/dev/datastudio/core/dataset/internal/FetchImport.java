package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.fetch.Fetch;
import dev.datastudio.core.fetch.FetchOptions;
import dev.datastudio.core.fetch.FetchedFile;
import dev.datastudio.core.fetch.Kaggle;
import dev.datastudio.core.fetch.KaggleRef;
import dev.datastudio.core.fetch.UrlGuard;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Imports files that are fetched from elsewhere. */
public final class FetchImport {
    private final Importer importer;
    private final ImportWatch watch;

    public FetchImport(Importer importer, ImportWatch watch) {
        this.importer = importer;
        this.watch = watch;
    }

    /** A file of the web. */
    public Dataset ofUrl(Caller caller, URI uri, Fetch fetch, ImportOptions options) {
        Objects.requireNonNull(uri, "uri");
        Activity activity = watch.activity(caller, options.name(), Origin.URL).with("url", UrlGuard.printable(uri));
        return watch.importing(
                activity,
                0,
                budget -> importer.withFolder(caller, folder -> {
                    FetchedFile file = fetch.download(uri, folder, limits(options, budget));
                    return importFile(caller, file, Origin.of(Origin.URL, UrlGuard.printable(uri)), options);
                }));
    }

    /** The files of a data set of kaggle.com. */
    public List<Dataset> ofKaggle(Caller caller, Kaggle kaggle, KaggleRef ref, ImportOptions options) {
        return importer.withFolder(caller, folder -> {
            Activity asked = watch.activity(caller, ref.owner() + "/" + ref.name(), Origin.KAGGLE);
            List<FetchedFile> files =
                    watch.fetching(asked, budget -> kaggle.download(ref, folder, limits(options, budget)));
            ImportOptions each =
                    files.size() == 1 ? options : options.toBuilder().name("").build();
            List<Dataset> imported = new ArrayList<>();
            for (FetchedFile file : files) {
                Origin origin = Origin.of(Origin.KAGGLE, ref.owner() + "/" + ref.name() + "/" + file.name());
                Activity activity =
                        watch.activity(caller, file.name(), Origin.KAGGLE).with("kaggle", origin.detail());
                long bytes = Math.max(0, file.path().toFile().length());
                imported.add(watch.importing(activity, bytes, budget -> importFile(caller, file, origin, each)));
            }
            return List.copyOf(imported);
        });
    }

    private static FetchOptions limits(ImportOptions options, ImportBudget budget) {
        return FetchOptions.DEFAULT
                .reportingTo(options.progress())
                .stoppedBy(options.cancellation())
                .admittedBy(budget::require);
    }

    private Dataset importFile(Caller caller, FetchedFile file, Origin origin, ImportOptions options) {
        ImportOptions named =
                options.name().isEmpty() ? options.toBuilder().name(file.name()).build() : options;
        return importer.importFile(caller, file.path(), named, origin);
    }
}
