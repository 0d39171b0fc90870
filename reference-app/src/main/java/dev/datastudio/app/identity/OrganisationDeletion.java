package dev.datastudio.app.identity;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.IdentityProperties.Registration;
import dev.datastudio.app.identity.SignIns.Exchange;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.Organisation;
import dev.datastudio.app.identity.account.OrganisationEnds;
import dev.datastudio.app.identity.account.OrganisationEnds.Ending;
import dev.datastudio.app.identity.account.Organisations;
import dev.datastudio.app.identity.account.Throttle;
import dev.datastudio.app.identity.account.Throttle.Action;
import dev.datastudio.app.web.RefusedException;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.Erased;
import dev.datastudio.core.erasure.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes organisations: who asks is checked and everybody locked out at once, everything else is erased by a job of the
 * server's own, which another process takes over when this one is lost. It erases once more when every process must have
 * heard that nobody is let in, and only then forgets about the organisation. Thread-safe.
 */
final class OrganisationDeletion {
    /** Whose jobs they are; nobody can be this person. */
    static final Caller SERVER = new Caller("studio-identity", "server");

    private static final Logger LOG = LoggerFactory.getLogger(OrganisationDeletion.class);
    private static final String JOB = "organisation-erase";
    private static final Duration TIMEOUT = Duration.ofHours(24);
    /** After what time no process lets anybody in or works on what somebody asked before. */
    private static final Duration SETTLED = Accounts.SEEN_WITHIN.multipliedBy(2);

    private final Studio studio;
    private final Erasure erasure;
    private final IdentityProperties properties;
    private final Accounts accounts;
    private final Organisations organisations;
    private final OrganisationEnds ends;
    private final Throttle throttle;
    private final SessionCookies cookies;
    private final AuditTrail audit;
    private final InstantSource clock;

    OrganisationDeletion(
            Studio studio,
            Erasure erasure,
            IdentityProperties properties,
            Accounts accounts,
            Organisations organisations,
            OrganisationEnds ends,
            Throttle throttle,
            SessionCookies cookies,
            AuditTrail audit) {
        this.studio = studio;
        this.erasure = erasure;
        this.properties = properties;
        this.accounts = accounts;
        this.organisations = organisations;
        this.ends = ends;
        this.throttle = throttle;
        this.cookies = cookies;
        this.audit = audit;
        this.clock = studio.clock();
    }

    /** What would be deleted with an organisation. */
    OrganisationController.OrganisationData data(Caller caller) {
        String tenant = caller.tenant();
        long datasets = studio.datasets().as(caller).owners().stream()
                .mapToLong(owner -> studio.datasets().as(owner).list().size())
                .sum();
        return new OrganisationController.OrganisationData(
                accounts.count(tenant),
                datasets,
                entries(tenant, "document"),
                entries(tenant, "conversation"),
                entries(tenant, "graph"),
                studio.sources().as(caller).list().size());
    }

    private long entries(String tenant, String kind) {
        return studio.metadata().count(EntryQuery.of(tenant, kind));
    }

    /**
     * Deletes the organisation of somebody.
     *
     * @param name of the organisation, as they typed it
     * @param password theirs; empty for who has none
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when the name is another one
     * @throws RefusedException 403 for a wrong password, 409 when nobody could get in any more
     */
    void delete(SignedIn by, String name, String password, Exchange exchange) {
        Caller caller = by.caller();
        Organisation organisation = organisations.get(caller.tenant());
        if (!organisation.name().equals(name.strip())) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The organisation is not called " + StudioException.quote(name),
                    "Type its name exactly: " + StudioException.quote(organisation.name()));
        }
        requirePassword(accounts.get(caller), password, exchange);
        if (properties.registration() != Registration.OPEN && !organisations.hasOther(caller.tenant())) {
            throw RefusedException.conflict(
                    "ORGANISATION_LAST",
                    "This is the only organisation here, and nobody could get in after it",
                    "Stop the server and delete its workspace instead");
        }
        LOG.info("Organisation {} is deleted, as {} asked", caller.tenant(), caller.user());
        ends.begin(caller.tenant());
        cookies.clear(exchange.request(), exchange.response());
        submit(JobRequest.AT_ONCE);
    }

    private void requirePassword(Account account, String password, Exchange exchange) {
        if (!account.hasPassword()) {
            return;
        }
        Throttle.Counted counted = throttle.count(Action.SIGN_IN, account.email(), exchange.address());
        if (!accounts.isPassword(account.caller(), password)) {
            audit.refused(account.caller(), "organisation.delete", Map.of("address", exchange.address()));
            throw RefusedException.forbidden(
                    "PASSWORD_WRONG", "The password is another one", "Give the password you signed in with");
        }
        counted.giveBack();
    }

    /** Has this process erase organisations, and takes up again what was not finished when the last one ended. */
    void work() {
        studio.jobs().handle(JOB, this::erase);
        resume();
    }

    void resume() {
        if (!ends.open().isEmpty()) {
            submit(JobRequest.AT_ONCE);
        }
    }

    private void submit(Instant notBefore) {
        studio.jobs()
                .submit(SERVER, JobRequest.of(JOB, "{}").withTimeout(TIMEOUT).notBefore(notBefore));
    }

    /** One that can't be erased does not keep the others. */
    private String erase(JobContext job) {
        StudioException first = null;
        Instant again = Instant.MAX;
        for (Ending ending : ends.open()) {
            job.cancellation().throwIfCancelled();
            try {
                Instant settled = erase(ending, job);
                again = settled.isBefore(again) ? settled : again;
            } catch (StudioException e) {
                LOG.warn("Organisation {} could not be erased yet", ending.tenant(), e);
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        if (again.isBefore(Instant.MAX)) {
            submit(again);
        }
        return "{}";
    }

    /** When it is to be erased once more; {@link Instant#MAX} when there is no need. */
    private Instant erase(Ending ending, JobContext job) {
        Instant settled = ending.begunAt().plus(SETTLED);
        boolean isLast = !clock.instant().isBefore(settled);
        ends.lockOut(ending.tenant());
        Erased erased = erasure.tenant(ending.tenant(), job.progress());
        LOG.info("Organisation {} was erased: {}", ending.tenant(), erased.counts());
        if (isLast) {
            ends.done(ending.tenant());
            return Instant.MAX;
        }
        return settled;
    }
}
