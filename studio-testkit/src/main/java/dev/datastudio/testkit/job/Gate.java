package dev.datastudio.testkit.job;

import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobHandler;
import dev.datastudio.api.progress.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A handler that holds jobs until it is opened or they are cancelled. */
final class Gate implements JobHandler {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public String run(JobContext context) throws InterruptedException {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        synchronized (this) {
            entered.incrementAndGet();
            notifyAll();
        }
        CountDownLatch goesOn = new CountDownLatch(1);
        Cancellation.Registration cancelling = context.cancellation().onCancel(goesOn::countDown);
        try {
            while (goesOn.getCount() > 0 && !opened.await(5, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
            context.cancellation().throwIfCancelled();
            return "1";
        } finally {
            cancelling.close();
            inside.decrementAndGet();
        }
    }

    synchronized void awaitEntered(int count) throws InterruptedException {
        while (entered.get() < count) {
            wait();
        }
    }

    void open() {
        opened.countDown();
    }

    int entered() {
        return entered.get();
    }

    int mostAtOnce() {
        return most.get();
    }
}
