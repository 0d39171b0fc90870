package dev.datastudio.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * Reads everything that this process logs, down to TRACE, and keeps only what is found in it; nothing else is written
 * meanwhile. Loggers whose level the application sets itself keep that level. Thread-safe.
 */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root;
    private final Level before;
    private final List<Appender<ILoggingEvent>> silenced = new ArrayList<>();
    private final Function<String, Set<String>> search;
    private final Set<String> finds = ConcurrentHashMap.newKeySet();
    private final AtomicLong traced = new AtomicLong();

    private LogWatch(LoggerContext context, Function<String, Set<String>> search) {
        this.search = search;
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        this.before = root.getLevel();
    }

    /**
     * Watches until it is closed. The logging of this process must have begun before.
     *
     * @param search what it finds in a text
     */
    static LogWatch begin(Function<String, Set<String>> search) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogWatch watch = new LogWatch(context, search);
        watch.setContext(context);
        watch.start();
        for (Iterator<Appender<ILoggingEvent>> all = watch.root.iteratorForAppenders(); all.hasNext(); ) {
            watch.silenced.add(all.next());
        }
        watch.silenced.forEach(watch.root::detachAppender);
        watch.root.addAppender(watch);
        watch.root.setLevel(Level.TRACE);
        return watch;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.INFO)) {
            traced.incrementAndGet();
        }
        String thrown = Optional.ofNullable(event.getThrowableProxy())
                .map(ThrowableProxyUtil::asString)
                .orElse("");
        String text = event.getFormattedMessage() + event.getMDCPropertyMap() + thrown;
        for (String found : search.apply(text)) {
            finds.add(event.getLevel() + " of " + event.getLoggerName() + " has the " + found);
        }
    }

    /** What was found, and where. */
    Set<String> finds() {
        return new TreeSet<>(finds);
    }

    /** How many messages below INFO were read. */
    long traced() {
        return traced.get();
    }

    @Override
    public void close() {
        root.setLevel(before);
        root.detachAppender(this);
        silenced.forEach(root::addAppender);
        stop();
    }
}
