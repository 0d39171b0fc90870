package dev.datastudio.rag.extract.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.DocumentSink;
import dev.datastudio.rag.extract.DocumentSource;
import dev.datastudio.rag.extract.Extraction;
import dev.datastudio.rag.extract.ExtractionLimits;
import dev.datastudio.rag.extract.ExtractionStatus;

/** One file being read on a thread of its own, which can be left behind. */
public final class ReadingThread {
    private final DocumentSource source;
    private final ExtractionLimits limits;
    private final Exchange exchange = new Exchange();
    private final Runnable atEnd;

    /** @param atEnd run on the reading thread when it has ended, which may be long after it was given up */
    public ReadingThread(DocumentSource source, ExtractionLimits limits, Runnable atEnd) {
        this.source = source;
        this.limits = limits;
        this.atEnd = atEnd;
    }

    /** Reads to the end, the limit of time or the cancellation, whichever comes first. */
    public Extraction read(DocumentSink sink, Cancellation cancellation) {
        long deadline = System.nanoTime() + limits.maxTime().toNanos();
        Thread thread = new Thread(this::run, "studio-extract");
        thread.setDaemon(true);
        thread.start();
        CountingSink counting = new CountingSink(sink);
        Cancellation.Registration halting = cancellation.onCancel(exchange::halt);
        try (halting) {
            Extraction result = exchange.drain(counting, deadline);
            cancellation.throwIfCancelled();
            return result == null ? Outcomes.timedOut(source, limits, counting.characters) : result;
        } finally {
            exchange.halt();
            thread.interrupt();
        }
    }

    private void run() {
        try {
            exchange.finish(new FileReading(source.file(), source.name(), limits).read(exchange));
        } catch (ReadingHalted e) {
            exchange.fail(e); // nobody listens any more
        } catch (OutOfMemoryError e) {
            exchange.finish(Outcomes.ended(
                    source,
                    ExtractionStatus.TOO_LARGE,
                    0,
                    "needs more memory than its reader has",
                    "Split it, or give the reader more memory"));
        } catch (RuntimeException | Error e) {
            exchange.fail(e);
        } finally {
            atEnd.run();
        }
    }

    /** Counts what is passed on. */
    private static final class CountingSink implements DocumentSink {
        private final DocumentSink sink;
        private long characters;

        CountingSink(DocumentSink sink) {
            this.sink = sink;
        }

        @Override
        public void begin(DocumentMetadata metadata) {
            sink.begin(metadata);
        }

        @Override
        public void accept(Block block) {
            characters += block instanceof Block.Text text ? text.text().length() : 0;
            sink.accept(block);
        }
    }
}
