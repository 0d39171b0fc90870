package dev.datastudio.ml.train;

import java.util.Optional;

/**
 * Where a training that goes on in epochs leaves what it has learnt, so that the same training can go on from there after
 * its process ended. Called by the thread that trains, which waits for it.
 */
public interface Checkpoints {
    /** Keeps nothing. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public Optional<byte[]> last() {
            return Optional.empty();
        }

        @Override
        public void keep(int epoch, byte[] state) {
            // Nobody wants it.
        }

        @Override
        public int everyEpochs() {
            return 0;
        }
    };

    /**
     * What was kept last by a training of the same spec and data; empty to begin at the first epoch. A state of another
     * training, or one that is damaged, is refused.
     */
    Optional<byte[]> last();

    /**
     * Keeps what was learnt, instead of what was kept before.
     *
     * @param epoch how many epochs were done, from 1
     * @param state not to be changed; some bytes a parameter of the model, a few times as many as the model has
     */
    void keep(int epoch, byte[] state);

    /** After how many epochs each time; 0 for never. */
    default int everyEpochs() {
        return 1;
    }
}
