package dev.datastudio.rag.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupPublisherTest {
    private static final IndexName INDEX = new IndexName("acme", "documents");

    private final CountDownLatch publishing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<Object> published = new ArrayList<>();

    /** An index that is busy with the first versions until it may go on. */
    private final SearchIndex busy = (SearchIndex) Proxy.newProxyInstance(
            SearchIndex.class.getClassLoader(), new Class<?>[] {SearchIndex.class}, (self, method, arguments) -> {
                publishing.countDown();
                goOn.await();
                published.add(arguments[1]);
                return null;
            });

    @Test
    void whoWaitsForAnotherOneCanBeCancelled() throws Exception {
        GroupPublisher publisher = new GroupPublisher(busy);
        PassageKey.Version large = new PassageKey.Version("large", "1");
        Cancellation cancellation = Cancellation.create();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(() -> publisher.publish(INDEX, large, Cancellation.none()));
            publishing.await();
            Future<StudioException> waiting = threads.submit(() -> assertThrows(
                    StudioException.class,
                    () -> publisher.publish(INDEX, new PassageKey.Version("small", "1"), cancellation)));

            cancellation.cancel();

            assertEquals(ErrorCode.CANCELLED, waiting.get().code());
            goOn.countDown();
            first.get();
            assertEquals(List.of(List.of(large)), published);
        } finally {
            goOn.countDown();
            threads.shutdown();
        }
    }
}
