package dev.datastudio.core.link;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.link.LinkGrant.Method;
import dev.datastudio.core.link.LinkKeys.LinkKey;
import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes and checks URLs that let whoever has them read or write one artifact until they expire, signed with HMAC-SHA-256
 * and a key of the tenant. A link for writing works once. One link, or all links of a tenant, can be revoked. What is
 * kept for that is in the metadata store, so all instances over one store agree. Thread-safe.
 */
public final class SignedLinks {
    /** The longest time that a link may work. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(7);

    private static final String ENDED = "link-ended";
    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MetadataStore store;
    private final LinkKeys keys;
    private final InstantSource clock;

    private SignedLinks(MetadataStore store, SecretVault vault, InstantSource clock) {
        this.store = Objects.requireNonNull(store, "store");
        this.keys = new LinkKeys(store, Objects.requireNonNull(vault, "vault"));
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Links whose keys and ends are kept in a store, sealed by a vault. */
    public static SignedLinks in(MetadataStore store, SecretVault vault, InstantSource clock) {
        return new SignedLinks(store, vault, clock);
    }

    /**
     * Makes a link.
     *
     * @param base where it is served: scheme, host and port, such as {@link LinkServer#base()}
     * @param caller on whose behalf; the artifact must be his own
     * @throws StudioException LINK_REFUSED when the artifact is somebody else's
     * @throws IllegalArgumentException if the link would expire in the past or after {@link #MAX_VALIDITY}
     */
    public URI sign(URI base, Caller caller, LinkGrant grant) {
        if (!grant.key().isOwnedBy(caller)) {
            throw new StudioException(
                    ErrorCode.LINK_REFUSED,
                    "The artifact " + StudioException.quote(grant.key()) + " does not belong to the caller",
                    "Make links for your own artifacts only");
        }
        Duration validity = Duration.between(clock.instant(), grant.expiresAt());
        if (validity.isNegative() || validity.compareTo(MAX_VALIDITY) > 0) {
            throw new IllegalArgumentException(
                    "expiresAt must be within " + MAX_VALIDITY + " from now, was " + grant.expiresAt());
        }
        LinkKey key = keys.get(caller.tenant());
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        LinkText link = new LinkText(
                grant, key.epoch(), Base64.getUrlEncoder().withoutPadding().encodeToString(nonce), "");
        return base.resolve(link.withSignature(key.sign(link.signed())).target());
    }

    /**
     * What a link allows, if it may be used now. For writing, ask {@link #use} instead.
     *
     * @param method what is to be done
     * @param url as it was requested; only path and query are looked at
     * @throws StudioException LINK_REFUSED when it expired, was used or revoked, is for another method, or was never
     *     signed so
     */
    public LinkGrant verify(Method method, URI url) {
        return check(method, url).grant();
    }

    /**
     * As {@link #verify}, and a link for writing can't be used again.
     *
     * @return to be {@linkplain Use#giveBack given back} when the content did not come
     */
    public Use use(Method method, URI url) {
        LinkText link = check(method, url);
        if (method == Method.PUT && !end(link)) {
            throw refused("The link was used or revoked");
        }
        return new Use(link);
    }

    /** A link that is being used. */
    public final class Use {
        private final LinkText link;

        private Use(LinkText link) {
            this.link = link;
        }

        /** What it allows. */
        public LinkGrant grant() {
            return link.grant();
        }

        /** Lets a link for writing be used again, because nothing was written. */
        public void giveBack() {
            if (link.grant().method() == Method.PUT) {
                store.apply(EntryChange.delete(endKey(link), 1));
            }
        }
    }

    /**
     * Ends one link before its time; does nothing when it ended already.
     *
     * @throws StudioException LINK_REFUSED when it is not one of the caller's tenant
     */
    public void revoke(Caller caller, URI url) {
        LinkText link = signedText(url);
        if (!link.tenant().equals(caller.tenant())) {
            throw invalid();
        }
        end(link);
    }

    /** Ends all links of a tenant that were made until now. */
    public void revokeAll(Caller caller) {
        keys.renew(caller.tenant());
    }

    /**
     * Seals the tenant's signing key with the vault's newest key, after the vault's was changed; links go on working.
     *
     * @return whether it was sealed with an older one
     * @throws StudioException with {@link ErrorCode#SECRET_UNREADABLE} when the vault can't open it, ENTRY_CONFLICT when
     *     it was changed at the same time
     */
    public boolean resealKey(Caller caller) {
        return keys.reseal(caller.tenant());
    }

    private LinkText check(Method method, URI url) {
        LinkText link = signedText(url);
        if (link.grant().method() != method) {
            throw refused("The link is for " + link.grant().method() + ", not for " + method);
        }
        if (!clock.instant().isBefore(link.grant().expiresAt())) {
            throw refused("The link expired at " + link.grant().expiresAt());
        }
        if (store.find(endKey(link)).isPresent()) {
            throw refused("The link was used or revoked");
        }
        return link;
    }

    /** All that is no link, or not signed with the tenant's key of today, is answered alike. */
    private LinkText signedText(URI url) {
        LinkText link = LinkText.parse(url).orElseThrow(SignedLinks::invalid);
        Optional<LinkKey> key = isTenant(link.tenant()) ? keys.find(link.tenant()) : Optional.empty();
        String expected = key.orElseThrow(SignedLinks::invalid).sign(link.signed());
        boolean same = MessageDigest.isEqual(
                expected.getBytes(US_ASCII), link.signature().getBytes(US_ASCII));
        if (!same || key.orElseThrow().epoch() != link.epoch()) {
            throw invalid();
        }
        return link;
    }

    private static boolean isTenant(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    }

    /** Whether it was this call that ended it. */
    private boolean end(LinkText link) {
        String tenant = link.tenant();
        store.deleteAll(
                EntryQuery.of(tenant, ENDED),
                clock.instant().minus(MAX_VALIDITY).minus(Duration.ofDays(1)));
        try {
            store.apply(EntryChange.insert(endKey(link), "{}", Map.of()));
            return true;
        } catch (StudioException e) {
            if (e.code() == ErrorCode.ENTRY_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private static EntryKey endKey(LinkText link) {
        return new EntryKey(link.tenant(), ENDED, link.nonce());
    }

    private static StudioException invalid() {
        return refused("The link is not valid");
    }

    private static StudioException refused(String what) {
        return new StudioException(ErrorCode.LINK_REFUSED, what, "Ask for a new link");
    }
}
