package dev.datastudio.core.dataset.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells whether bytes that come in pieces are well-formed UTF-8 (RFC 3629), and whether a NUL is among them. */
final class Utf8Check {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private boolean valid = true;
    private boolean nul;
    private int pending;
    private int low = 0x80;
    private int high = 0xBF;

    void add(byte[] bytes, int length) {
        int i = 0;
        while (i < length) {
            if (pending == 0) {
                while (i + Long.BYTES <= length && isPlainAscii((long) LONGS.get(bytes, i))) {
                    i += Long.BYTES;
                }
                if (i == length) {
                    return;
                }
            }
            step(bytes[i++] & 0xff);
        }
    }

    /** Whether no byte is negative and none is zero. */
    private static boolean isPlainAscii(long word) {
        return ((word | (word - LOW_BITS)) & HIGH_BITS) == 0;
    }

    private void step(int b) {
        if (pending > 0) {
            valid &= b >= low && b <= high;
            low = 0x80;
            high = 0xBF;
            pending--;
        } else if (b >= 0x80) {
            lead(b);
        } else if (b == 0) {
            nul = true;
        }
    }

    /** Table 3-7 of the Unicode Standard: what may follow a leading byte. */
    private void lead(int b) {
        if (b >= 0xC2 && b <= 0xDF) {
            pending = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            pending = 2;
            low = b == 0xE0 ? 0xA0 : 0x80;
            high = b == 0xED ? 0x9F : 0xBF;
        } else if (b >= 0xF0 && b <= 0xF4) {
            pending = 3;
            low = b == 0xF0 ? 0x90 : 0x80;
            high = b == 0xF4 ? 0x8F : 0xBF;
        } else {
            valid = false;
        }
    }

    /** Whether all bytes so far are whole, well-formed characters. */
    boolean isValid() {
        return valid && pending == 0;
    }

    /** Whether a NUL was among them. */
    boolean hasNul() {
        return nul;
    }
}
