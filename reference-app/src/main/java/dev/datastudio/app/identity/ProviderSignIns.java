package dev.datastudio.app.identity;

import dev.datastudio.app.identity.IdentityProperties.Registration;
import dev.datastudio.app.identity.SignIns.Exchange;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.LinkedIdentities;
import dev.datastudio.app.identity.account.LinkedIdentities.Outcome;
import dev.datastudio.app.identity.account.LinkedIdentities.Proof;
import dev.datastudio.app.identity.account.LinkedIdentities.Welcome;
import dev.datastudio.app.identity.account.Organisations;
import dev.datastudio.app.identity.account.ProviderFlows;
import dev.datastudio.app.identity.account.ProviderFlows.Flow;
import dev.datastudio.app.identity.account.Throttle;
import dev.datastudio.app.identity.account.Throttle.Action;
import dev.datastudio.app.identity.oidc.OidcException;
import dev.datastudio.app.identity.oidc.OidcProvider;
import dev.datastudio.app.identity.oidc.OidcSettings;
import dev.datastudio.app.web.RefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How sessions begin through providers of identities. People come here by links, so whatever goes wrong is told by the
 * page on which they sign in. Thread-safe.
 */
final class ProviderSignIns {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIns.class);
    private static final String START = "/";
    private static final int MAX_PLACE = 2_000;
    private static final int MAX_CODE = 4_000;
    private static final String PROVIDER = "provider";

    private final IdentityProperties properties;
    private final Map<String, OidcProvider> providers = new LinkedHashMap<>();
    private final ProviderFlows flows;
    private final LinkedIdentities identities;
    private final Organisations organisations;
    private final Throttle throttle;
    private final SignIns signIns;
    private final SessionCookies cookies;
    private final Links links;
    private final AuditTrail audit;

    ProviderSignIns(
            IdentityProperties properties,
            ProviderFlows flows,
            LinkedIdentities identities,
            Organisations organisations,
            Throttle throttle,
            SignIns signIns,
            SessionCookies cookies,
            Links links,
            AuditTrail audit,
            InstantSource clock) {
        this.properties = properties;
        this.flows = flows;
        this.identities = identities;
        this.organisations = organisations;
        this.throttle = throttle;
        this.signIns = signIns;
        this.cookies = cookies;
        this.links = links;
        this.audit = audit;
        properties.oidc().forEach((name, settings) -> providers.put(name, new OidcProvider(settings, clock)));
    }

    /** What a provider sends somebody back with. */
    record Return(String code, String state, String error, String issuer) {}

    /** Why somebody has to try again or to ask somebody; the page on which people sign in knows each. */
    enum Problem {
        /** There is no such provider. */
        PROVIDER_UNKNOWN,
        /** The provider can't be reached, or answers otherwise than it should. */
        PROVIDER_FAILED,
        /** What the provider answered does not prove who somebody is. */
        NOT_PROVED,
        /** They gave up at the provider, or it refused them. */
        CANCELLED,
        /** The sign-in took too long, has ended already, or began in another browser. */
        FLOW_ENDED,
        /** They are unknown, and the provider vouches for no address of theirs. */
        EMAIL_NOT_VERIFIED,
        /** They are unknown, and nobody invited them. */
        NOT_INVITED,
        /** An administrator has closed their account. */
        INACTIVE,
        /** Somebody else has an account with their address. */
        EMAIL_TAKEN,
        /** Too many tries. */
        TOO_MANY_TRIES
    }

    /**
     * Fails the start when somebody would be given an account in an organisation that is not there.
     *
     * @throws IllegalStateException naming the setting
     */
    void requireOrganisations() {
        properties.oidc().forEach((name, settings) -> {
            if (!settings.organisation().isEmpty() && !organisations.exists(settings.organisation())) {
                throw new IllegalStateException("studio.identity.oidc." + name + ".organisation is '"
                        + settings.organisation() + "', and there is no organisation with this id."
                        + " Take the id that GET /api/v1/organisation shows, or leave it out");
            }
        });
    }

    /** Where to send somebody who wants to sign in, and then go on at a place of ours. */
    String begin(String name, String to, Exchange exchange) {
        requireAccounts();
        String place = own(to);
        OidcProvider provider = providers.get(name);
        if (provider == null) {
            return problem(Problem.PROVIDER_UNKNOWN, "", place);
        }
        return orTooMany(name, place, () -> {
            throttle.count(Action.PROVIDER, "", exchange.address());
            Flow flow = flows.begin(name, place);
            try {
                URI there = provider.authorization(links.callback(exchange.request(), name), flow);
                cookies.writeFlow(exchange.request(), exchange.response(), flow.browser(), ProviderFlows.VALIDITY);
                return there.toString();
            } catch (OidcException e) {
                return failed(name, place, e);
            }
        });
    }

    /** Where to send somebody who comes back: on to where they wanted, with a session, or to what went wrong. */
    String end(String name, Return back, Exchange exchange) {
        requireAccounts();
        OidcProvider provider = providers.get(name);
        if (provider == null) {
            return problem(Problem.PROVIDER_UNKNOWN, "", START);
        }
        return orTooMany(name, START, () -> {
            Throttle.Counted counted = throttle.count(Action.SIGN_IN, "", exchange.address());
            Optional<Flow> flow =
                    cookies.flow(exchange.request()).flatMap(browser -> flows.take(name, browser, back.state()));
            if (flow.isEmpty()) {
                return problem(Problem.FLOW_ENDED, name, START);
            }
            cookies.clearFlow(exchange.request(), exchange.response());
            return end(name, provider, flow.get(), back, counted, exchange);
        });
    }

    private String end(
            String name, OidcProvider provider, Flow flow, Return back, Throttle.Counted counted, Exchange exchange) {
        String place = flow.place();
        boolean isOther = !back.issuer().isEmpty()
                && !back.issuer().equals(provider.settings().issuer()); // RFC 9207
        if (isOther || back.code().length() > MAX_CODE) {
            return problem(Problem.NOT_PROVED, name, place);
        }
        if (!back.error().isEmpty() || back.code().isEmpty()) {
            return problem(Problem.CANCELLED, name, place);
        }
        Proof proof;
        try {
            proof = provider.proof(back.code(), links.callback(exchange.request(), name), flow);
        } catch (OidcException e) {
            return failed(name, place, e);
        }
        Outcome outcome = identities.resolve(proof, welcome(provider.settings()));
        if (outcome instanceof Outcome.Found found) {
            counted.giveBack();
            begin(name, found, exchange);
            return place;
        }
        Outcome.Refused refused = (Outcome.Refused) outcome;
        Map<String, String> details = Map.of(
                PROVIDER,
                name,
                "address",
                exchange.address(),
                "reason",
                refused.reason().name());
        refused.whose().ifPresent(each -> audit.refused(each, "session.begin", details));
        return problem(Problem.valueOf(refused.reason().name()), name, place);
    }

    private void begin(String name, Outcome.Found found, Exchange exchange) {
        Account account = found.account();
        if (found.isLinked()) {
            audit.done(
                    account.caller(), "identity.link", List.of(account.caller().user()), Map.of(PROVIDER, name));
        }
        signIns.begin(account, found.isNew() ? "account.join" : "session.begin", Map.of(PROVIDER, name), exchange);
    }

    /**
     * Where anybody can begin an organisation, neither an account nor an invitation proves whose address it has: only
     * those of the configured organisation do, in which people are by the will of its administrators.
     */
    private Welcome welcome(OidcSettings settings) {
        Optional<String> joins =
                Optional.of(settings.organisation()).filter(each -> !each.isEmpty() && organisations.exists(each));
        boolean invitedOnly = properties.registration() == Registration.INVITED;
        return new Welcome(
                tenant -> invitedOnly || joins.filter(tenant::equals).isPresent(), joins, settings.roleOrDefault());
    }

    private String failed(String name, String place, OidcException why) {
        LOG.warn("A sign-in through {} failed", name, why);
        return problem(
                why.kind() == OidcException.Kind.NOT_PROVED ? Problem.NOT_PROVED : Problem.PROVIDER_FAILED,
                name,
                place);
    }

    private String orTooMany(String name, String place, Supplier<String> work) {
        try {
            return work.get();
        } catch (RefusedException e) {
            if (e.isTooOften()) {
                return problem(Problem.TOO_MANY_TRIES, name, place);
            }
            if (e.isConflict()) {
                return problem(Problem.EMAIL_TAKEN, name, place); // somebody was faster
            }
            throw e;
        }
    }

    private static String problem(Problem problem, String name, String place) {
        StringBuilder page = new StringBuilder("/sign-in?problem=").append(problem);
        if (!name.isEmpty()) {
            page.append("&with=").append(name);
        }
        if (!place.equals(START)) {
            page.append("&to=").append(URLEncoder.encode(place, StandardCharsets.UTF_8));
        }
        return page.toString();
    }

    /** A place if it is a page of ours, and otherwise the first one. */
    static String own(String to) {
        boolean isPath = to.startsWith("/")
                && !to.startsWith("//")
                && to.length() <= MAX_PLACE
                && to.indexOf('\\') < 0
                && to.chars().allMatch(each -> each > ' ' && each < 0x7f);
        try {
            URI uri = new URI(isPath ? to : START);
            return uri.isAbsolute() || uri.getRawAuthority() != null ? START : uri.toString();
        } catch (URISyntaxException e) {
            return START;
        }
    }

    private void requireAccounts() {
        if (properties.mode() != IdentityProperties.Mode.ACCOUNTS) {
            throw LocalPerson.noAccounts();
        }
    }
}
