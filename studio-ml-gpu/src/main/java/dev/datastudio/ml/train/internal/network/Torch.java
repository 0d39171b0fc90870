package dev.datastudio.ml.train.internal.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.train.internal.model.Course;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * PyTorch in this process. It is started when it is first used, without a network, and unpacks itself into a folder of the
 * user's cache: {@code studio.cache} or {@code STUDIO_CACHE}, else {@code ~/.cache/studio}. Thread-safe.
 *
 * <p>Its generator of random numbers and its record of gradients are one a process. So each step of a training holds {@link
 * #STEP} and sets the generator anew: trainings side by side take turns, and none changes what another draws.
 *
 * <p>Where PyTorch sees a GPU, the first one is used. Not done there: several cards, numbers of 16 bits, rows that stay on
 * the card, an estimate of the card's memory, and fixed algorithms, without which a training that goes on need not end with
 * the same bits. None of it was run on a card.
 */
public final class Torch {
    private static final ReentrantLock STEP = new ReentrantLock(true);
    private static final String OFFLINE = "ai.djl.offline";
    private static final String CACHE = "ENGINE_CACHE_DIR";
    private static final String THREADS = "ai.djl.pytorch.num_threads";
    private static final String TRACKING = "OPT_OUT_TRACKING";

    private Torch() {}

    /**
     * The engine.
     *
     * @throws StudioException with {@link ErrorCode#DEPENDENCY_MISSING} when its native part is not there
     */
    static Engine engine() {
        return Holder.started();
    }

    /** Whether its native part is there, so that starting it is worth a try. */
    public static boolean isThere() {
        return Torch.class.getClassLoader().getResource("native/lib/pytorch.properties") != null
                || Holder.isSet("PYTORCH_LIBRARY_PATH");
    }

    /**
     * Starts the engine if it does not run yet. That takes seconds where it unpacks itself first, so whoever waits can be
     * stopped meanwhile; the start itself goes on then.
     */
    static void start(Course course) {
        if (Holder.engine != null) {
            return;
        }
        FutureTask<Engine> starting = new FutureTask<>(Torch::engine);
        Thread thread = new Thread(starting, "pytorch-start");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            course.check();
            try {
                starting.get(100, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                // Looked at again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted(e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof StudioException failure) {
                    throw failure;
                }
                throw new IllegalStateException("PyTorch could not be started", e.getCause());
            }
        }
    }

    private static StudioException interrupted(InterruptedException e) {
        return new StudioException(ErrorCode.CANCELLED, "The training was interrupted", "Train again", e);
    }

    /** What is computed on: the first GPU if PyTorch sees one, else the processor. */
    static Device device() {
        return engine().getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
    }

    /** A device as it is recorded: {@code cpu} or {@code gpu:0}. */
    static String name(Device device) {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }

    /** Takes a turn, as soon as others have finished their step; to be given back. */
    static void begin(Course course) {
        try {
            while (!STEP.tryLock(100, TimeUnit.MILLISECONDS)) {
                course.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    /** Takes a turn for something short that nobody stops. */
    static void begin() {
        STEP.lock();
    }

    /** Gives the turn back. */
    static void end() {
        STEP.unlock();
    }

    /** Sets what is drawn next; only within a turn. */
    static void seed(long seed, long step) {
        long mixed = (seed * 0x9E3779B97F4A7C15L) ^ (step * 0xBF58476D1CE4E5B9L);
        engine().setRandomSeed((int) (mixed ^ (mixed >>> 32)) & Integer.MAX_VALUE);
    }

    private static final class Holder {
        private static volatile @org.jspecify.annotations.Nullable Engine engine;

        private static Engine started() {
            Engine known = engine;
            if (known != null) {
                return known;
            }
            synchronized (Holder.class) {
                if (engine == null) {
                    engine = start();
                }
                return java.util.Objects.requireNonNull(engine);
            }
        }

        private static Engine start() {
            if (!isThere()) {
                throw new StudioException(
                        ErrorCode.DEPENDENCY_MISSING,
                        "Deep models can't be trained or used, as PyTorch's native library is not on the class path",
                        "Add 'ai.djl.pytorch:pytorch-native-cpu:2.7.1' with the classifier of the platform, such as"
                                + " linux-x86_64, or set PYTORCH_LIBRARY_PATH to the lib folder of an installed PyTorch 2.7.1");
            }
            // What the host program's own use of the library goes by is as before once PyTorch runs.
            String before = System.setProperty(OFFLINE, "true");
            try {
                System.setProperty(TRACKING, "true");
                if (!isSet(CACHE) && !isSet("DJL_CACHE_DIR")) {
                    System.setProperty(CACHE, cache().toString());
                }
                if (System.getProperty(THREADS) == null) {
                    System.setProperty(THREADS, threads());
                }
                return Engine.getEngine("PyTorch");
            } catch (EngineException | UnsatisfiedLinkError e) {
                throw new StudioException(
                        ErrorCode.DEPENDENCY_MISSING,
                        "PyTorch could not be started: " + e.getMessage(),
                        "Use the native library 2.7.1 of this platform, and a folder that can be written for "
                                + cache(),
                        e);
            } finally {
                if (before == null) {
                    System.clearProperty(OFFLINE);
                } else {
                    System.setProperty(OFFLINE, before);
                }
            }
        }

        private static boolean isSet(String name) {
            return System.getenv(name) != null || System.getProperty(name) != null;
        }

        private static Path cache() {
            String named = System.getProperty("studio.cache", System.getenv("STUDIO_CACHE"));
            Path folder = named == null || named.isBlank()
                    ? Path.of(System.getProperty("user.home"), ".cache", "studio")
                    : Path.of(named);
            return folder.resolve("djl");
        }

        /** PyTorch's threads wait busily: on few processors more of them made small models 40 times slower. */
        private static String threads() {
            String named = System.getProperty("studio.torch.threads", System.getenv("STUDIO_TORCH_THREADS"));
            return named == null || named.isBlank() ? "1" : named.strip();
        }
    }
}
