package dev.datastudio.ml.train.internal.network;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Descent;
import dev.datastudio.ml.train.Epoch;
import dev.datastudio.ml.train.internal.model.Examples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a checkpoint: which training it is of, its epochs, and behind them what that training needs to go on. Random
 * numbers need no place, as they depend on the seed, the epoch and the step alone.
 */
final class KeptState {
    private static final int FORM = 1;

    private final byte[] fingerprint;

    private KeptState(byte[] fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Writes what a training has beside its epochs. */
    interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads that. */
    interface Reader {
        void read(DataInputStream in) throws IOException;
    }

    /** Of a training of these layers, rows and parameters; those of others are refused. */
    static KeptState of(List<Layer> layers, long[] input, Descent how, Examples examples) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(LayerList.write(layers).toString().getBytes(StandardCharsets.UTF_8));
            digest.update((Arrays.toString(input) + how + examples.seed()).getBytes(StandardCharsets.UTF_8));
            digest.update((Arrays.hashCode(examples.labels()) + " "
                            + Arrays.hashCode(examples.features().values()))
                    .getBytes(StandardCharsets.UTF_8));
            return new KeptState(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    byte[] write(List<Epoch> history, Writer rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORM);
            out.write(fingerprint);
            out.writeInt(history.size());
            for (Epoch epoch : history) {
                out.writeDouble(epoch.loss());
                out.writeDouble(epoch.heldLoss());
                out.writeDouble(epoch.learningRate());
            }
            rest.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Takes up what {@link #write} wrote.
     *
     * @return the epochs that were passed
     * @throws StudioException with {@link ErrorCode#CHECKPOINT_DAMAGED} when it is of another training or cut off
     */
    List<Epoch> read(byte[] state, Reader rest) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (in.readInt() != FORM || !Arrays.equals(fingerprint, in.readNBytes(fingerprint.length))) {
                throw damaged("is one of another training", null);
            }
            List<Epoch> history = new ArrayList<>();
            int epochs = in.readInt();
            for (int i = 1; i <= epochs; i++) {
                history.add(new Epoch(i, in.readDouble(), in.readDouble(), in.readDouble()));
            }
            rest.read(in);
            return history;
        } catch (IOException | IllegalArgumentException | NegativeArraySizeException e) {
            throw damaged("is cut off or damaged", e);
        }
    }

    private static StudioException damaged(String how, @Nullable Exception cause) {
        String what = "The checkpoint that the training was to go on from " + how;
        String mend = "Train without it, from the first epoch";
        return cause == null
                ? new StudioException(ErrorCode.CHECKPOINT_DAMAGED, what, mend)
                : new StudioException(ErrorCode.CHECKPOINT_DAMAGED, what, mend, cause);
    }
}
