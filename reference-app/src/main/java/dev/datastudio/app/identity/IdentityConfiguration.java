package dev.datastudio.app.identity;

import dev.datastudio.app.identity.account.AccessTokens;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.IdentityKeys;
import dev.datastudio.app.identity.account.Invitations;
import dev.datastudio.app.identity.account.LinkedIdentities;
import dev.datastudio.app.identity.account.OrganisationEnds;
import dev.datastudio.app.identity.account.Organisations;
import dev.datastudio.app.identity.account.PasswordLinks;
import dev.datastudio.app.identity.account.Passwords;
import dev.datastudio.app.identity.account.PersonalTokens;
import dev.datastudio.app.identity.account.ProviderFlows;
import dev.datastudio.app.identity.account.Sessions;
import dev.datastudio.app.identity.account.Throttle;
import dev.datastudio.app.web.EventStreams;
import dev.datastudio.app.web.LimitProperties;
import dev.datastudio.app.web.OpenConnections;
import dev.datastudio.app.web.Requester;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.Erasure;
import dev.datastudio.spring.CallerResolver;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of identity, over the stores of the studio. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentityProperties.class)
public class IdentityConfiguration {
    @Bean
    IdentityKeys identityKeys(Studio studio, IdentityProperties properties) {
        return new IdentityKeys(studio.metadata(), studio.vault(), studio.clock(), properties.longestSession());
    }

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    Throttle throttle(Studio studio, IdentityKeys keys) {
        return new Throttle(studio.metadata(), studio.clock(), keys);
    }

    @Bean
    Accounts accounts(Studio studio, IdentityKeys keys, Passwords passwords) {
        return new Accounts(studio.metadata(), keys, passwords);
    }

    @Bean
    Organisations organisations(Studio studio) {
        return new Organisations(studio.metadata());
    }

    @Bean
    Sessions sessions(Studio studio, IdentityKeys keys, IdentityProperties properties) {
        return new Sessions(
                studio.metadata(), studio.clock(), keys, properties.sessionLifetime(), properties.longestSession());
    }

    @Bean
    AccessTokens accessTokens(Studio studio, IdentityKeys keys, IdentityProperties properties) {
        return new AccessTokens(keys, studio.clock(), properties.accessLifetime());
    }

    @Bean
    PersonalTokens personalTokens(Studio studio) {
        return new PersonalTokens(studio.metadata(), studio.clock());
    }

    @Bean
    Invitations invitations(Studio studio, Accounts accounts, IdentityKeys keys) {
        return new Invitations(studio.metadata(), studio.clock(), accounts, keys);
    }

    @Bean
    PasswordLinks passwordLinks(Studio studio, Accounts accounts) {
        return new PasswordLinks(studio.metadata(), studio.clock(), accounts);
    }

    @Bean
    Admissions admissions(
            Studio studio,
            IdentityProperties properties,
            Accounts accounts,
            Sessions sessions,
            AccessTokens accessTokens,
            PersonalTokens personalTokens) {
        return new Admissions(
                properties, studio.caller(), accounts, sessions, accessTokens, personalTokens, studio.clock());
    }

    @Bean
    Origins origins(IdentityProperties properties) {
        return new Origins(properties);
    }

    @Bean
    SessionCookies sessionCookies(Studio studio) {
        return new SessionCookies(studio.clock());
    }

    @Bean
    Sockets sockets(
            Admissions admissions,
            Origins origins,
            OpenConnections connections,
            EventStreams streams,
            LimitProperties limits) {
        return new Sockets(admissions, origins, connections, streams, limits.socketBeat());
    }

    @Bean
    Links links(IdentityProperties properties) {
        return new Links(properties);
    }

    @Bean
    AuditTrail auditTrail(Studio studio) {
        return new AuditTrail(studio);
    }

    @Bean
    SignIns signIns(
            Studio studio,
            IdentityProperties properties,
            Accounts accounts,
            Organisations organisations,
            Sessions sessions,
            AccessTokens accessTokens,
            Invitations invitations,
            Throttle throttle,
            SessionCookies cookies,
            AuditTrail audit) {
        return new SignIns(
                properties,
                accounts,
                organisations,
                sessions,
                accessTokens,
                invitations,
                throttle,
                cookies,
                audit,
                studio.clock());
    }

    @Bean
    ProviderFlows providerFlows(Studio studio) {
        return new ProviderFlows(studio.metadata(), studio.clock());
    }

    @Bean
    LinkedIdentities linkedIdentities(Studio studio, IdentityKeys keys, Accounts accounts, Invitations invitations) {
        return new LinkedIdentities(studio.metadata(), keys, accounts, invitations);
    }

    @Bean
    ProviderSignIns providerSignIns(
            Studio studio,
            IdentityProperties properties,
            ProviderFlows flows,
            LinkedIdentities identities,
            Organisations organisations,
            Throttle throttle,
            SignIns signIns,
            SessionCookies cookies,
            Links links,
            AuditTrail audit) {
        return new ProviderSignIns(
                properties, flows, identities, organisations, throttle, signIns, cookies, links, audit, studio.clock());
    }

    @Bean
    PasswordRecovery passwordRecovery(
            Accounts accounts,
            PasswordLinks passwordLinks,
            Sessions sessions,
            Throttle throttle,
            Links links,
            ObjectProvider<AccountMail> mail,
            AuditTrail audit) {
        return new PasswordRecovery(
                accounts, passwordLinks, sessions, throttle, links, Optional.ofNullable(mail.getIfAvailable()), audit);
    }

    @Bean
    Members members(
            Studio studio,
            IdentityProperties properties,
            Accounts accounts,
            Sessions sessions,
            PersonalTokens tokens,
            PasswordLinks passwordLinks,
            Invitations invitations,
            Links links,
            AuditTrail audit,
            Erasure erasure) {
        return new Members(
                studio, erasure, properties, accounts, sessions, tokens, passwordLinks, invitations, links, audit);
    }

    @Bean
    OrganisationEnds organisationEnds(
            Studio studio,
            Organisations organisations,
            Accounts accounts,
            Sessions sessions,
            PersonalTokens tokens,
            Invitations invitations) {
        return new OrganisationEnds(
                studio.metadata(), studio.clock(), organisations, accounts, sessions, tokens, invitations);
    }

    @Bean
    OrganisationDeletion organisationDeletion(
            Studio studio,
            Erasure erasure,
            IdentityProperties properties,
            Accounts accounts,
            Organisations organisations,
            OrganisationEnds ends,
            Throttle throttle,
            SessionCookies cookies,
            AuditTrail audit) {
        return new OrganisationDeletion(
                studio, erasure, properties, accounts, organisations, ends, throttle, cookies, audit);
    }

    @Bean
    ApplicationRunner firstAdministrator(
            IdentityProperties properties,
            Accounts accounts,
            ProviderSignIns providerSignIns,
            OrganisationDeletion deletion) {
        return arguments -> {
            providerSignIns.requireOrganisations();
            if (properties.mode() == IdentityProperties.Mode.ACCOUNTS) {
                deletion.work();
            }
            new FirstAdministrator(properties, accounts).make();
        };
    }

    /** What takes callers by the starter's rule takes the same as our routes: the person of the session. */
    @Bean
    CallerResolver callers() {
        return request -> Requester.signedIn().map(SignedIn::caller);
    }

    @Bean
    LoopbackOnly loopbackOnly(
            IdentityProperties properties, @Value("${server.address:#{null}}") @Nullable InetAddress address) {
        return new LoopbackOnly(properties.mode(), address);
    }
}
