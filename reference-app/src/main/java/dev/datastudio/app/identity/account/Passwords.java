package dev.datastudio.app.identity.account;

import dev.datastudio.app.web.RefusedException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes passwords with Argon2id (RFC 9106) and the parameters that OWASP's Password Storage Cheat Sheet names first: 19
 * MiB, 2 passes, 1 lane. One hash costs some tens of milliseconds, so only a few run at once, and when too many wait the
 * next one is refused. Thread-safe.
 */
public final class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int AT_ONCE = 2;
    private static final int MAX_WAITING = 32;
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final Argon2PasswordEncoder encoder;
    private final Semaphore permits = new Semaphore(AT_ONCE, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile String nobodys = "";

    /** With the parameters above. */
    public Passwords() {
        this(MEMORY_KIB, PASSES);
    }

    /** With other parameters; what was hashed with less is hashed again at the next sign-in. */
    public Passwords(int memoryKib, int passes) {
        this.encoder = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, memoryKib, passes);
    }

    /** How a password was found. */
    public enum Check {
        WRONG,
        RIGHT,
        /** Right, and hashed with parameters of earlier days: hash it again. */
        RIGHT_BUT_OLD
    }

    /**
     * The text to keep instead of a password.
     *
     * @throws RefusedException 429 when too many passwords are being hashed
     */
    public String hash(String password) {
        return limited(() -> encoder.encode(normal(password)));
    }

    /**
     * Compares a password with a kept text; when there is none it takes as long and is wrong.
     *
     * @throws RefusedException 429 when too many passwords are being hashed
     */
    Check check(String password, Optional<String> kept) {
        String nobody = nobodys(); // always, so that its first time does not tell who is known
        String hash = kept.orElse(nobody);
        boolean right = limited(() -> encoder.matches(normal(password), hash)) && kept.isPresent();
        if (!right) {
            return Check.WRONG;
        }
        return encoder.upgradeEncoding(hash) ? Check.RIGHT_BUT_OLD : Check.RIGHT;
    }

    /** Of a password that nobody has: what a guess at an unknown address is compared with, to take as long. */
    private String nobodys() {
        if (nobodys.isEmpty()) {
            nobodys = hash(Hashes.newSecret()); // two at once make two, of which either will do
        }
        return nobodys;
    }

    /** So that a letter is the same whichever keyboard composed it (NIST SP 800-63B, 3.1.1.2). */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> T limited(Supplier<T> work) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw busy();
        }
        try {
            if (!permits.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            waiting.decrementAndGet();
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private static RefusedException busy() {
        return RefusedException.tooOften("Too many people are signing in at this moment", Duration.ofSeconds(5));
    }
}
