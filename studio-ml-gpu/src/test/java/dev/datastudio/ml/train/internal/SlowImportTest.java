package dev.datastudio.ml.train.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.ml.OnnxFiles;
import dev.datastudio.ml.onnx.internal.OnnxSession;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.OnnxOptions;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.train.internal.Imported.Input;
import dev.datastudio.ml.train.internal.Imported.Kind;
import dev.datastudio.ml.train.internal.Imported.Output;
import dev.datastudio.ml.train.internal.Imported.Values;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row A6: models from elsewhere that take long. */
@Timeout(60)
class SlowImportTest {
    /** 4,096 rows take 200 times as long as 20. */
    private static final int STEPS = 800;

    private static Imported model(int fixedRows) {
        return new Imported(
                OnnxFiles.slow(STEPS),
                List.of(new Input("x", Values.FLOAT, false, List.of("x"))),
                false,
                new Output("y", Kind.NUMBER, List.of()),
                fixedRows);
    }

    private static Matrix numbers(int rows) {
        return new Matrix(IntStream.range(0, rows).asDoubleStream().toArray(), rows, 1);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    @Test
    void whatTakesTooLongEndsAndSaysWhatToDo() {
        assertEquals(Duration.ofSeconds(30), OnnxSession.LONGEST);
        for (int fixed : List.of(0, 16)) {
            try (Imported model = model(fixed).within(Duration.ofMillis(250))) {
                assertArrayEquals(new double[] {0, 1, 2}, model.predict(numbers(3)), 1e-3);

                long began = System.nanoTime();
                StudioException late = assertThrows(StudioException.class, () -> model.predict(numbers(4_096)));

                double took = seconds(began);
                assertTrue(took > 0.24 && took < 2, () -> took + " s");
                assertEquals(ErrorCode.LIMIT_EXCEEDED, late.code());
                assertTrue(late.what().startsWith("The imported model took more than 0.25 seconds for "), late::what);
                assertEquals("Import a smaller model, or one that takes many rows at a time", late.mend());
                assertArrayEquals(new double[] {0, 1}, model.predict(numbers(2)), 1e-3);
            }
        }
    }

    private record Row(double x) {}

    @Test
    void aCancelEndsAPredictionOfADataSetWithinASecond() {
        try (Studio studio = Studio.inMemory()) {
            Models models = Models.of(studio);
            TrainedModel slow = models.importOnnx(
                    new ByteArrayInputStream(OnnxFiles.slow(STEPS)), OnnxOptions.DEFAULT.reading("x"));
            Dataset rows = studio.datasets()
                    .importRecords("rows", IntStream.range(0, 5_000).mapToObj(Row::new));
            Cancellation cancellation = Cancellation.create();
            AtomicReference<Thread> working = new AtomicReference<>();

            CompletableFuture<Dataset> predicted = CompletableFuture.supplyAsync(() -> {
                working.set(Thread.currentThread());
                return models.predict(
                        slow.id(), rows, ImportTarget.named("told").stoppedBy(cancellation));
            });
            while (working.get() == null || !isInTheRuntime(working.get())) {
                assertTrue(!predicted.isDone(), "it ended before it was cancelled");
                Thread.onSpinWait();
            }
            cancellation.cancel();
            long asked = System.nanoTime();
            CompletionException ended = assertThrows(CompletionException.class, predicted::join);

            double took = seconds(asked);
            assertTrue(took < 1, () -> took + " s");
            assertEquals(
                    ErrorCode.CANCELLED,
                    assertInstanceOf(StudioException.class, ended.getCause()).code());
            assertEquals(1, studio.datasets().list().size());
        }
    }

    private static boolean isInTheRuntime(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("ai.onnxruntime.OrtSession")
                        && frame.getMethodName().equals("run"));
    }
}
