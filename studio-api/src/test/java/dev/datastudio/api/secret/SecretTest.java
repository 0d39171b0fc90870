package dev.datastudio.api.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void isShownByNothingButReveal() {
        Secret secret = Secret.of("canary-1");

        assertEquals("***", secret.toString());
        assertEquals(0, secret.hashCode());
        assertEquals("canary-1", secret.reveal());
    }

    @Test
    void aLongValueIsHiddenWhereverItStands() {
        Secret secret = Secret.of("sk.canary");

        assertTrue(secret.isLong());
        assertEquals("a***b, ***", secret.hideIn("ask.canaryb, sk.canary"));
        assertEquals("sk-canary", secret.hideIn("sk-canary"));
    }

    @Test
    void aShortValueIsHiddenWhereItIsAWord() {
        Secret letter = Secret.of("k");
        Secret odd = Secret.of("a$1");

        assertFalse(letter.isLong());
        assertEquals(
                "The token '***' is no key, ***: k_1 k2 \u043ak \u4e00k",
                letter.hideIn("The token 'k' is no key, k: k_1 k2 \u043ak \u4e00k"));
        assertEquals("(***) ba$1", odd.hideIn("(a$1) ba$1"));
    }

    @Test
    void nothingHidesNothing() {
        assertEquals("a text", Secret.of("").hideIn("a text"));
    }
}
