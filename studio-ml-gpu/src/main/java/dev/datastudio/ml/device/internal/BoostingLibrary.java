package dev.datastudio.ml.device.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoost;

/** The native library of the XGBoost that is on the class path. */
public final class BoostingLibrary {
    private static final List<String> PLACES = List.of(
            "/lib/linux/x86_64/libxgboost4j.so",
            "/lib/linux/aarch64/libxgboost4j.so",
            "/lib/windows/x86_64/xgboost4j.dll");
    /** What a build for cards says when there is none; a build for the CPU does not have the sentence. */
    private static final String SENTENCE = "No visible GPU";

    private static final int PART = 1 << 20;

    private BoostingLibrary() {}

    /**
     * Whether it can train on cards. XGBoost does not tell programs in Java, so the library is searched for a sentence of its
     * part for cards. Of two builds on the class path the first one counts, as it does for XGBoost.
     */
    public static boolean isForCards() {
        boolean isLinux = System.getProperty("os.name").startsWith("Linux");
        boolean isArm = System.getProperty("os.arch").equals("aarch64");
        String place = PLACES.get(isLinux ? (isArm ? 1 : 0) : 2);
        try (InputStream in = XGBoost.class.getResourceAsStream(place)) {
            return in != null && has(in, SENTENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a text stands somewhere in a stream. */
    static boolean has(InputStream in, String text) throws IOException {
        String rest = "";
        byte[] part = in.readNBytes(PART);
        while (part.length > 0) {
            String here = rest + new String(part, StandardCharsets.ISO_8859_1);
            if (here.contains(text)) {
                return true;
            }
            rest = here.substring(Math.max(0, here.length() - text.length()));
            part = in.readNBytes(PART);
        }
        return false;
    }
}
