package dev.datastudio.ml.device;

import dev.datastudio.ml.device.internal.BoostingLibrary;
import dev.datastudio.ml.device.internal.CardProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What models can be trained on here. Immutable.
 *
 * <p>XGBoost trains on the CPU without a word to the program when it is asked for a card that it can't use. So it is asked
 * for one only where there is both a card and a build for cards, and a model records what it was trained on.
 *
 * @param cpuThreads how many threads can work at once
 * @param cards those that programs can see
 * @param cardsNote why there is none, or where they were found, a whole sentence
 * @param boosting what gradient boosting and XGBoost are trained on: {@code cuda} or {@code cpu}
 * @param boostingNote why, a whole sentence
 */
public record Devices(int cpuThreads, List<Card> cards, String cardsNote, String boosting, String boostingNote) {
    /** The processor. */
    public static final String CPU = "cpu";

    /** A card of NVIDIA. */
    public static final String CUDA = "cuda";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    public Devices {
        cards = List.copyOf(cards);
        Objects.requireNonNull(cardsNote, "cardsNote");
        Objects.requireNonNull(boosting, "boosting");
        Objects.requireNonNull(boostingNote, "boostingNote");
    }

    /** What was there when this process asked first; asks then, which takes up to some seconds where there is a card. */
    public static Devices found() {
        return Found.DEVICES;
    }

    /**
     * Looks. Runs {@code nvidia-smi} where it is on the path, for at most ten seconds, else reads what the driver tells under
     * {@code /proc}.
     */
    public static Devices probe() {
        CardProbe.Found found = new CardProbe(System.getenv(), Path.of("/proc/driver/nvidia"), LIMIT).look();
        return of(found.cards(), found.note(), BoostingLibrary.isForCards());
    }

    /**
     * What follows of what was found.
     *
     * @param isForCards whether XGBoost is a build for cards
     */
    static Devices of(List<Card> cards, String cardsNote, boolean isForCards) {
        String note;
        if (cards.isEmpty()) {
            note = "Boosted trees are trained on the CPU: there is no card.";
        } else if (isForCards) {
            note = "Boosted trees are trained on the first card.";
        } else {
            note = "Boosted trees are trained on the CPU: this XGBoost has no part for cards. Put"
                    + " ml.dmlc:xgboost4j-spark-gpu_2.12 in the place of ml.dmlc:xgboost4j_2.12, not beside it.";
        }
        return new Devices(
                Runtime.getRuntime().availableProcessors(),
                cards,
                cardsNote,
                isForCards && !cards.isEmpty() ? CUDA : CPU,
                note);
    }

    /** Asks when it is first used. */
    private static final class Found {
        private static final Devices DEVICES = probe();
    }
}
