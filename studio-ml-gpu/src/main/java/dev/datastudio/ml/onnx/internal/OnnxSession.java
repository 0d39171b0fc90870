package dev.datastudio.ml.onnx.internal;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A model in ONNX Runtime: on one thread, without an arena that keeps memory, without changes to the graph before it runs, and
 * for a limited time. Thread-safe.
 */
public final class OnnxSession implements AutoCloseable {
    /** What is added to have ONNX Runtime. */
    public static final String ARTIFACT = "com.microsoft.onnxruntime:onnxruntime:1.28.0";

    /** How long a {@link Turn} may take where nothing else is wanted. */
    public static final Duration LONGEST = Duration.ofSeconds(30);

    /** More numbers a row are no prediction. */
    private static final int WIDEST = 10_000;

    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxSession(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /**
     * An input.
     *
     * @param values {@code double[]}, {@code float[]}, {@code long[]}, {@code int[]}, {@code boolean[]} or {@code String[]},
     *     row by row
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Given(String name, Object values, long[] sizes) {}

    /** An output. */
    public sealed interface Told {
        /**
         * Numbers.
         *
         * @param values row by row
         * @param width how many a row has
         * @param areWhole whether they are whole numbers, which may be classes
         */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Numbers(double[] values, int width, boolean areWhole) implements Told {}

        /** A word a row. */
        record Words(List<String> values) implements Told {}

        /** Numbers by the names of classes, of each row. */
        record Shares(List<Map<String, Double>> values) implements Told {}
    }

    /**
     * Refuses to go on without ONNX Runtime.
     *
     * @param loader that is to have its classes
     * @throws StudioException with {@link ErrorCode#DEPENDENCY_MISSING}
     */
    public static void require(ClassLoader loader) {
        try {
            Class.forName("ai.onnxruntime.OrtEnvironment", false, loader);
        } catch (ClassNotFoundException e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "ONNX models can't be imported or used, as ONNX Runtime is not on the class path",
                    "Add '" + ARTIFACT + "'",
                    e);
        }
    }

    /**
     * Loads a file that {@link OnnxFile} has let in.
     *
     * @throws StudioException with {@link ErrorCode#FILE_MALFORMED} when the runtime does not understand it, {@link
     *     ErrorCode#DEPENDENCY_MISSING} without a runtime
     */
    public static OnnxSession open(byte[] file) {
        require(OnnxSession.class.getClassLoader());
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            // Constants that are computed while it loads could not be stopped.
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return new OnnxSession(environment, environment.createSession(file, options));
        } catch (OrtException e) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "ONNX Runtime can't load the model: " + e.getMessage(),
                    "Export it again, for ONNX Runtime 1.28 or older (opset 24, ai.onnx.ml 5)",
                    e);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "ONNX Runtime can't be started: " + e.getMessage(),
                    "Use '" + ARTIFACT + "' on a platform that it has a library for",
                    e);
        }
    }

    /**
     * Begins to run it, once or several times, for a limited time.
     *
     * @param longest from now on, for all of it
     * @param cancellation ends it between two operators
     */
    public Turn begin(Duration longest, Cancellation cancellation) {
        try {
            return new Turn(longest, cancellation);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime can't be told to end", e);
        }
    }

    private OnnxTensor tensor(Given given) throws OrtException {
        Object values = given.values();
        if (values instanceof double[] numbers) {
            return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(numbers), given.sizes());
        }
        if (values instanceof float[] numbers) {
            return OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), given.sizes());
        }
        if (values instanceof long[] numbers) {
            return OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), given.sizes());
        }
        if (values instanceof int[] numbers) {
            return OnnxTensor.createTensor(environment, java.nio.IntBuffer.wrap(numbers), given.sizes());
        }
        if (values instanceof boolean[] flags) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(flags.length).order(ByteOrder.nativeOrder());
            for (boolean flag : flags) {
                bytes.put((byte) (flag ? 1 : 0));
            }
            return OnnxTensor.createTensor(environment, bytes.flip(), given.sizes(), OnnxJavaType.BOOL);
        }
        return OnnxTensor.createTensor(environment, (String[]) values, given.sizes());
    }

    private static void add(Map<String, Told> told, String name, OnnxValue value, int rows) throws OrtException {
        if (value instanceof OnnxTensor tensor) {
            tensor(told, name, tensor, rows);
        } else if (value instanceof OnnxSequence sequence && sequence.getInfo().isSequenceOfMaps()) {
            List<? extends OnnxValue> maps = sequence.getValue();
            try {
                List<Map<String, Double>> shares = new ArrayList<>();
                for (OnnxValue each : maps) {
                    Map<String, Double> row = new LinkedHashMap<>();
                    if (((OnnxMap) each).size() > WIDEST) {
                        throw tooMuch(name);
                    }
                    ((OnnxMap) each)
                            .getValue()
                            .forEach((key, share) -> row.put(String.valueOf(key), ((Number) share).doubleValue()));
                    shares.add(row);
                }
                if (shares.size() == rows) {
                    told.put(name, new Told.Shares(shares));
                }
            } finally {
                maps.forEach(OnnxValue::close);
            }
        }
    }

    private static void tensor(Map<String, Told> told, String name, OnnxTensor tensor, int rows) throws OrtException {
        TensorInfo info = tensor.getInfo();
        long[] sizes = info.getShape();
        long all = info.getNumElements();
        if (all > (long) rows * WIDEST) {
            throw tooMuch(name);
        }
        boolean isOfRows = sizes.length > 0 && sizes.length <= 2 && sizes[0] == rows;
        if (!isOfRows) {
            return;
        }
        int width = sizes.length == 1 ? 1 : (int) sizes[1];
        switch (info.type) {
            case DOUBLE -> {
                double[] values = new double[(int) all];
                tensor.getDoubleBuffer().get(values);
                told.put(name, new Told.Numbers(values, width, false));
            }
            case FLOAT -> {
                float[] narrow = new float[(int) all];
                tensor.getFloatBuffer().get(narrow);
                double[] values = new double[narrow.length];
                Arrays.setAll(values, i -> narrow[i]);
                told.put(name, new Told.Numbers(values, width, false));
            }
            case INT64 -> {
                long[] whole = new long[(int) all];
                tensor.getLongBuffer().get(whole);
                told.put(
                        name,
                        new Told.Numbers(Arrays.stream(whole).asDoubleStream().toArray(), width, true));
            }
            case INT32 -> {
                int[] whole = new int[(int) all];
                tensor.getIntBuffer().get(whole);
                told.put(
                        name,
                        new Told.Numbers(Arrays.stream(whole).asDoubleStream().toArray(), width, true));
            }
            case STRING -> {
                if (width == 1) {
                    Object words = tensor.getValue();
                    told.put(
                            name,
                            new Told.Words(
                                    words instanceof String[][] rowByRow
                                            ? Arrays.stream(rowByRow)
                                                    .flatMap(Stream::of)
                                                    .toList()
                                            : List.of((String[]) words)));
                }
            }
            default -> {}
        }
    }

    private static StudioException tooMuch(String output) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED,
                "The imported model tells more than " + WIDEST + " numbers a row in " + StudioException.quote(output),
                "Import a model that predicts one number or the shares of classes");
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not free a model", e);
        }
    }

    /** Some runs that have to end in time. Not thread-safe; close it before the session. */
    public final class Turn implements AutoCloseable {
        private final Duration longest;
        private final Cancellation cancellation;
        private final OrtSession.RunOptions options;
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final Cancellation.Registration registration;
        private boolean isClosed;
        private boolean isLate;
        private long rows;

        private Turn(Duration longest, Cancellation cancellation) throws OrtException {
            this.longest = longest;
            this.cancellation = cancellation;
            options = new OrtSession.RunOptions();
            options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            over.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
                terminate(true);
                return null;
            });
            registration = cancellation.onCancel(() -> terminate(false));
        }

        /**
         * What the model says, by the names of its outputs, in their order; outputs of other kinds are not there.
         *
         * @param count how many rows there are
         * @throws StudioException with {@link ErrorCode#LIMIT_EXCEEDED} when the time is over or it tells too much, {@link
         *     ErrorCode#INVALID_ARGUMENT} when it fails, {@link ErrorCode#CANCELLED}
         */
        public Map<String, Told> run(List<Given> given, int count) {
            throwIfEnded();
            rows += count;
            List<OnnxTensor> tensors = new ArrayList<>();
            try {
                Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
                for (Given each : given) {
                    OnnxTensor tensor = tensor(each);
                    tensors.add(tensor);
                    inputs.put(each.name(), tensor);
                }
                try (OrtSession.Result result = session.run(inputs, options)) {
                    Map<String, Told> told = new LinkedHashMap<>();
                    for (Map.Entry<String, OnnxValue> each : result) {
                        add(told, each.getKey(), each.getValue(), count);
                    }
                    return told;
                }
            } catch (OrtException e) {
                throwIfEnded();
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The imported model fails: " + e.getMessage(),
                        "Give it values like those that it learnt from, or export it again",
                        e);
            } finally {
                tensors.forEach(OnnxTensor::close);
            }
        }

        private void throwIfEnded() {
            cancellation.throwIfCancelled();
            if (isLate()) {
                throw new StudioException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "The imported model took more than " + seconds() + " seconds for " + rows + " rows",
                        "Import a smaller model, or one that takes many rows at a time");
            }
        }

        private String seconds() {
            return BigDecimal.valueOf(longest.toMillis(), 3)
                    .stripTrailingZeros()
                    .toPlainString();
        }

        private synchronized boolean isLate() {
            return isLate;
        }

        private synchronized void terminate(boolean late) {
            if (isClosed) {
                return;
            }
            isLate |= late;
            try {
                options.setTerminate(true);
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime can't be stopped", e);
            }
        }

        /** Does nothing when called again. */
        @Override
        public synchronized void close() {
            if (!isClosed) {
                isClosed = true;
                registration.close();
                over.complete(null);
                options.close();
            }
        }
    }
}
