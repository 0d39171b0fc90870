package dev.datastudio.rag;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.rag.document.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many files that are added several at a time. Used once. */
final class Additions {
    /** More than there are cores, as much of an addition is waiting for the disk. */
    private static final int THREADS = Math.min(8, 2 * Runtime.getRuntime().availableProcessors());

    private final Documents documents;
    private final List<Path> files;
    private final AddOptions options;
    private int done;

    Additions(Documents documents, List<Path> files, AddOptions options) {
        this.documents = documents;
        this.files = files;
        this.options = options;
    }

    List<Document> run() {
        if (files.isEmpty()) {
            return List.of();
        }
        Cancellation all = Cancellation.create();
        Cancellation.Registration registration = options.cancellation().onCancel(all::cancel);
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(THREADS, files.size()), work -> new Thread(work, "studio-documents"));
        try {
            AddOptions each = options.cancelledBy(all).telling(ProgressListener.NONE);
            List<Future<Document>> running = new ArrayList<>();
            for (Path file : files) {
                running.add(threads.submit(() -> add(file, each, all)));
            }
            return results(running, all);
        } finally {
            threads.shutdown();
            registration.close();
        }
    }

    private Document add(Path file, AddOptions each, Cancellation all) {
        all.throwIfCancelled();
        Document added = documents.add(file, each);
        report();
        return added;
    }

    private synchronized void report() {
        done++;
        options.progress().onProgress(new Progress("add", done, files.size(), "documents"));
    }

    /** The first failure is the one that is told: the others were stopped because of it. */
    private static List<Document> results(List<Future<Document>> running, Cancellation all) {
        List<Document> documents = new ArrayList<>();
        RuntimeException why = null;
        for (Future<Document> each : running) {
            try {
                documents.add(each.get());
            } catch (ExecutionException e) {
                why = why == null || isStopped(why) ? failure(e) : why;
                all.cancel();
            } catch (InterruptedException e) {
                all.cancel();
                Thread.currentThread().interrupt();
                throw Cancellation.cancelledError();
            }
        }
        if (why != null) {
            throw why;
        }
        return List.copyOf(documents);
    }

    private static boolean isStopped(RuntimeException why) {
        return why instanceof StudioException known && known.code() == ErrorCode.CANCELLED;
    }

    private static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
            return cause;
        }
        throw new IllegalStateException("Adding a file ended badly", e.getCause());
    }
}
