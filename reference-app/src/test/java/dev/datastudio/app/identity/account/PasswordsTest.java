package dev.datastudio.app.identity.account;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.app.identity.account.Passwords.Check;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void aPasswordIsHashedWithArgon2idAndTheParametersOfOwasp() {
        String hash = passwords.hash("four words nobody guesses");

        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertEquals(Check.RIGHT, passwords.check("four words nobody guesses", Optional.of(hash)));
        assertEquals(Check.WRONG, passwords.check("four words nobody guesse", Optional.of(hash)));
        assertEquals(Check.WRONG, passwords.check("four words nobody guesses", Optional.empty()));
    }

    @Test
    void aHashOfEarlierDaysIsRightAndOld() {
        String old = new Passwords(64, 1).hash("four words nobody guesses");

        assertEquals(Check.RIGHT_BUT_OLD, passwords.check("four words nobody guesses", Optional.of(old)));
    }

    @Test
    void aLetterIsTheSameHoweverItIsComposed() {
        Passwords quick = new Passwords(64, 1);

        String hash = quick.hash("caf\u00e9 caf\u00e9 caf\u00e9");

        assertEquals(Check.RIGHT, quick.check("cafe\u0301 cafe\u0301 cafe\u0301", Optional.of(hash)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "elevenchars",
                "password1234",
                "P@ssw0rd2024!",
                "qwertyuiop12",
                "aaaaaaaaaaaaaaa",
                "abababababababab",
                "123456789012",
                "abcdefghijklmno",
                "welcome2024!!",
                "passwordpassword",
                "ada@example.org",
                "adaadaadaada",
                "xada@example.orgx"
            })
    void whatIsGuessedFirstIsRefusedWithoutBeingRepeated(String password) {
        StudioException refused =
                assertThrows(StudioException.class, () -> PasswordRules.require(password, "ada@example.org"));

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertFalse(refused.getMessage().contains(password), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "four words nobody guesses",
                "correct cow paper engine",
                "Tr0ub4dor&3-extra",
                "kfj2-49xm-wq81",
                "adamant elephants juggle",
                "пароль из слов подлиннее"
            })
    void whatIsLongAndOnesOwnIsTaken(String password) {
        assertDoesNotThrow(() -> PasswordRules.require(password, "ada@example.org"));
    }
}
