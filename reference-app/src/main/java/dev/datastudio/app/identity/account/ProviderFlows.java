package dev.datastudio.app.identity.account;

import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.app.identity.account.Records.Kept;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sign-ins that are on their way through a provider of identities. Each is known by its state, which comes back once, and
 * belongs to the browser that began it: what the browser keeps is needed to make the other secrets of the sign-in, none
 * of which is kept here. Thread-safe, also between processes.
 */
public final class ProviderFlows {
    /** How long a sign-in may take. */
    public static final Duration VALIDITY = Duration.ofMinutes(10);

    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final MetadataStore store;
    private final InstantSource clock;
    private final Records<Body> records;

    /** Sign-ins that are kept, by hashes, in a store. */
    public ProviderFlows(MetadataStore store, InstantSource clock) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.records = new Records<>(store, Records.EVERYBODY, "identity-flow", Body.class);
    }

    record Body(String provider, String browser, String place, Instant expiresAt) {}

    /**
     * A sign-in that has begun.
     *
     * @param browser what the browser keeps, and nobody else sees
     * @param state what the provider gives back
     * @param nonce what the provider puts into its token
     * @param verifier what proves to the provider that who comes with the code is who asked for it (RFC 7636)
     * @param place where the person goes on afterwards
     */
    public record Flow(String browser, String state, String nonce, String verifier, String place) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "Flow[" + place + "]";
        }
    }

    /** Begins a sign-in through a provider. */
    public Flow begin(String provider, String place) {
        Instant now = clock.instant();
        store.deleteAll(records.query(), now.minus(VALIDITY));
        String browser = Hashes.newSecret();
        String state = Hashes.newSecret();
        Body body = new Body(provider, Hashes.sha256(browser), place, now.plus(VALIDITY));
        store.apply(records.insert(Hashes.sha256(state), body, Map.of()));
        return flow(browser, state, place);
    }

    /**
     * Takes the sign-in of a state; nothing when there is none, it was taken before, took too long, went through another
     * provider or began in another browser, whose sign-in it stays.
     */
    public Optional<Flow> take(String provider, String browser, String state) {
        if (!SECRET.matcher(browser).matches() || !SECRET.matcher(state).matches()) {
            return Optional.empty();
        }
        Optional<Kept<Body>> kept = records.find(Hashes.sha256(state))
                .filter(each -> each.value().provider().equals(provider)
                        && Hashes.same(each.value().browser(), Hashes.sha256(browser))
                        && clock.instant().isBefore(each.value().expiresAt()));
        return kept.filter(each -> Records.tryApply(store, List.of(records.delete(each.id(), each.revision()))))
                .map(each -> flow(browser, state, each.value().place()));
    }

    private static Flow flow(String browser, String state, String place) {
        byte[] key = browser.getBytes(StandardCharsets.US_ASCII);
        return new Flow(
                browser, state, Hashes.hmac(key, "nonce\n" + state), Hashes.hmac(key, "verifier\n" + state), place);
    }
}
