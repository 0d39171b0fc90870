package dev.datastudio.agents.tool.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tools on threads of their own, so that one that neither ends nor listens can be left behind: whoever waits for it
 * goes on at once when the time is over or the work is cancelled. Thread-safe.
 */
public final class ToolThreads implements AutoCloseable {
    private static final int MAX_THREADS = 256;
    private static final long IDLE_SECONDS = 20;

    private final ThreadPoolExecutor threads;

    /** No threads yet. */
    public ToolThreads() {
        this.threads = new ThreadPoolExecutor(
                0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "studio-tool");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Calls a tool and waits for it.
     *
     * @throws StudioException CANCELLED, LIMIT_EXCEEDED after the time or when too many tools run, or what the tool throws
     */
    public ToolResult call(Tool tool, ToolCall call, ToolContext context, Duration timeout) {
        Cancellation own = Cancellation.create();
        CompletableFuture<ToolResult> result = new CompletableFuture<>();
        Future<?> running = submit(tool, call, new ToolContext(context.caller(), own, context.progress()), result);
        Cancellation.Registration waiting =
                context.cancellation().onCancel(() -> result.completeExceptionally(Cancellation.cancelledError()));
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } catch (TimeoutException e) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The tool " + StudioException.quote(call.tool()) + " took longer than " + timeout.toMillis()
                            + " ms",
                    "Ask it for less, or go on without it",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } finally {
            waiting.close();
            if (!result.isDone() || result.isCompletedExceptionally()) {
                own.cancel();
                running.cancel(true);
            }
        }
    }

    private Future<?> submit(Tool tool, ToolCall call, ToolContext context, CompletableFuture<ToolResult> result) {
        try {
            return threads.submit(() -> {
                try {
                    result.complete(tool.call(call, context));
                } catch (Throwable e) { // whatever it is belongs to the one who waits
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "There are " + MAX_THREADS + " tools running, as many as may at once",
                    "Try again when some of them have ended",
                    e);
        }
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("A tool threw a checked exception", cause);
    }

    /** Interrupts what is still running. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
