package dev.datastudio.rag.index.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;

class CappedBodyTest {
    @Test
    void givesABodyThatFits() throws Exception {
        assertEquals(4, read(4).length);
    }

    @Test
    void hangsUpWhenTheBodyIsLonger() {
        ExecutionException cut = assertThrows(ExecutionException.class, () -> read(5));

        assertInstanceOf(CappedBody.TooLarge.class, cut.getCause());
    }

    private static byte[] read(int bytes) throws Exception {
        CappedBody body = new CappedBody(4);
        try (SubmissionPublisher<List<ByteBuffer>> publisher = new SubmissionPublisher<>(Runnable::run, 8)) {
            publisher.subscribe(body);
            publisher.submit(List.of(ByteBuffer.allocate(2), ByteBuffer.allocate(bytes - 2)));
        }
        return body.getBody().toCompletableFuture().get();
    }
}
