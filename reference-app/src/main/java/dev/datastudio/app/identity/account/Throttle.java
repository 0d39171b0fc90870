package dev.datastudio.app.identity.account;

import dev.datastudio.api.metadata.CounterAddition;
import dev.datastudio.api.metadata.CounterSums;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.app.web.RefusedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Slows down who guesses: counts tries by account, by network address and by both, in windows of growing length, so that
 * the longer somebody goes on, the longer they wait. A try is counted before it is looked at, so a thousand at once are
 * no way around it; one that succeeds is given back. The counters are in the metadata store: exact over all instances,
 * and gone a day after their time. Thread-safe.
 */
public final class Throttle {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern NUMERIC = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final int IPV6_NETWORK_BYTES = 8;

    private static final Limits SIGN_IN = new Limits(
            List.of(new Rule(MINUTE, 5), new Rule(QUARTER, 10), new Rule(HOUR, 20)),
            List.of(new Rule(QUARTER, 30), new Rule(DAY, 200)),
            List.of(new Rule(MINUTE, 30), new Rule(HOUR, 300)));
    private static final Limits JOIN =
            new Limits(List.of(), List.of(new Rule(HOUR, 10)), List.of(new Rule(MINUTE, 20), new Rule(HOUR, 60)));
    private static final Limits RECOVER = new Limits(
            List.of(), List.of(new Rule(HOUR, 3), new Rule(DAY, 6)), List.of(new Rule(MINUTE, 10), new Rule(HOUR, 60)));
    private static final Limits PROVIDER =
            new Limits(List.of(), List.of(), List.of(new Rule(MINUTE, 120), new Rule(HOUR, 2_000)));

    private final MetadataStore store;
    private final InstantSource clock;
    private final IdentityKeys keys;

    /** Counters in a store; addresses and accounts stand in it as keyed hashes. */
    public Throttle(MetadataStore store, InstantSource clock, IdentityKeys keys) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.keys = Objects.requireNonNull(keys, "keys");
    }

    /** What is tried. */
    public enum Action {
        /** To prove with a password who one is. */
        SIGN_IN,
        /** To make an account, or to use a link that was sent. */
        JOIN,
        /** To be sent a link. */
        RECOVER,
        /** To go to a provider of identities, which costs an entry until they are back. */
        PROVIDER
    }

    /** How often something may be tried: by an account from one address, by an account, from an address. */
    private record Limits(List<Rule> both, List<Rule> account, List<Rule> address) {
        static Limits of(Action action) {
            return switch (action) {
                case SIGN_IN -> SIGN_IN;
                case JOIN -> JOIN;
                case RECOVER -> RECOVER;
                case PROVIDER -> PROVIDER;
            };
        }
    }

    private record Rule(Duration window, long limit) {}

    /** A try that was counted. */
    public final class Counted {
        private final List<CounterAddition> additions;

        private Counted(List<CounterAddition> additions) {
            this.additions = additions;
        }

        /** Counts it no longer: it was no guess. */
        public void giveBack() {
            store.add(
                    Records.EVERYBODY,
                    additions.stream().map(each -> Throttle.with(each, -1)).toList());
        }
    }

    /**
     * Counts a try.
     *
     * @param account the e-mail address that was given, whether there is such an account or not; empty when none was
     * @param address the network address that it came from
     * @throws RefusedException 429 with the time to wait when there were too many
     */
    public Counted count(Action action, String account, String address) {
        Instant now = clock.instant();
        Limits limits = Limits.of(action);
        String network = keys.lookupKey("address\n" + network(address));
        String name = keys.lookupKey("throttle\n" + account);
        List<CounterAddition> additions = new ArrayList<>();
        if (!account.isEmpty()) {
            add(additions, limits.both(), action + "/b/" + name + "/" + network, now);
            add(additions, limits.account(), action + "/n/" + name, now);
        }
        add(additions, limits.address(), action + "/a/" + network, now);
        CounterSums sums = store.add(Records.EVERYBODY, additions);
        if (!sums.added()) {
            throw RefusedException.tooOften("There were too many tries", wait(additions, sums, now));
        }
        return new Counted(additions);
    }

    private static void add(List<CounterAddition> additions, List<Rule> rules, String counter, Instant now) {
        for (Rule rule : rules) {
            long millis = rule.window().toMillis();
            Instant begin = Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), millis) * millis);
            additions.add(new CounterAddition(
                    counter + "/" + rule.window().toMinutes(), begin, rule.window(), 1, rule.limit()));
        }
    }

    private static Duration wait(List<CounterAddition> additions, CounterSums sums, Instant now) {
        Duration longest = Duration.ofSeconds(1);
        for (int i = 0; i < additions.size(); i++) {
            CounterAddition addition = additions.get(i);
            Duration left = Duration.between(now, addition.window().plus(addition.length()));
            if (sums.sums().get(i) >= addition.limit() && left.compareTo(longest) > 0) {
                longest = left;
            }
        }
        return longest;
    }

    private static CounterAddition with(CounterAddition addition, long amount) {
        return new CounterAddition(addition.counter(), addition.window(), addition.length(), amount, addition.limit());
    }

    /** A household has a /64 of IPv6 to choose addresses from, so its tries are counted together. */
    private static String network(String address) {
        if (!NUMERIC.matcher(address).matches()) {
            return address; // whoever configured a proxy to say so names one client by it
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 4
                    ? HexFormat.of().formatHex(bytes)
                    : HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
