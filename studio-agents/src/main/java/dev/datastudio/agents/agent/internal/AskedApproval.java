package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.tool.Approval;
import dev.datastudio.api.progress.Cancellation;

/** Asks for an approval, and no longer once the call is to end: a person may take hours. */
record AskedApproval(Approval approval) implements Approval {
    @Override
    public Decision decide(Request request) {
        Cancellation cancellation = request.context().cancellation();
        Waiting waiting = new Waiting(Thread.currentThread());
        Cancellation.Registration registration = cancellation.onCancel(waiting::interrupt);
        Decision decision;
        try {
            decision = approval.decide(request);
        } finally {
            registration.close();
            waiting.end();
        }
        cancellation.throwIfCancelled();
        return decision;
    }

    /** Interrupts a thread while it waits, and never later. */
    private static final class Waiting {
        private final Thread thread;
        private boolean isOver;
        private boolean isInterrupted;

        private Waiting(Thread thread) {
            this.thread = thread;
        }

        private synchronized void interrupt() {
            if (!isOver) {
                isInterrupted = true;
                thread.interrupt();
            }
        }

        @SuppressWarnings("ThreadInterrupted") // the flag was set here and is taken back
        private synchronized void end() {
            isOver = true;
            if (isInterrupted) {
                Thread.interrupted();
            }
        }
    }
}
