package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.core.cache.ValueCodec;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An answer as the cache holds it. Immutable.
 *
 * @param answer as it was computed
 * @param day whether it holds for the day only on which it was asked
 */
record KeptAnswer(Answer answer, Validity day) {
    /** How long an answer holds while its data stays the same. */
    enum Validity {
        ALWAYS,
        THIS_DAY
    }

    boolean isAnswered() {
        return answer.status() == AnswerStatus.ANSWERED;
    }

    /** The bytes of answers; only those that hold for the key they are stored under are ever written. */
    static final class Codec implements ValueCodec<KeptAnswer> {
        @Override
        public byte[] encode(KeptAnswer kept) {
            try {
                return AnswerCodec.encode(kept.answer());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public KeptAnswer decode(byte[] bytes) {
            try {
                return new KeptAnswer(AnswerCodec.decode(bytes), Validity.ALWAYS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
