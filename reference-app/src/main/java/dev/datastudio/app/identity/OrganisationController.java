package dev.datastudio.app.identity;

import dev.datastudio.app.identity.SignIns.Exchange;
import dev.datastudio.app.identity.account.Organisation;
import dev.datastudio.app.identity.account.Organisations;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Revisions;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's organisation. */
@RestController
@RequestMapping("/api/v1/organisation")
@Tag(name = "Organisation")
class OrganisationController {
    private final IdentityProperties properties;
    private final Organisations organisations;
    private final OrganisationDeletion deletion;
    private final AuditTrail audit;

    OrganisationController(
            IdentityProperties properties,
            Organisations organisations,
            OrganisationDeletion deletion,
            AuditTrail audit) {
        this.properties = properties;
        this.organisations = organisations;
        this.deletion = deletion;
        this.audit = audit;
    }

    /**
     * An organisation.
     *
     * @param id names it
     * @param name what it is called
     * @param revision rises with each change; what {@code If-Match} takes
     */
    @Schema(name = "Organisation")
    record OrganisationView(String id, String name, long revision) {
        static OrganisationView of(Organisation organisation) {
            return new OrganisationView(organisation.id(), organisation.name(), organisation.revision());
        }
    }

    /**
     * Another name for an organisation.
     *
     * @param name 1 to 200 characters
     */
    record OrganisationInput(String name) {}

    /**
     * What proves that an organisation is meant to be deleted.
     *
     * @param name of the organisation
     * @param password of who asks; left out by who has none
     */
    record OrganisationEnd(String name, @Nullable String password) {}

    /**
     * What goes with an organisation.
     *
     * @param members how many people
     * @param datasets how many versions of data sets
     * @param documents how many
     * @param conversations how many, archived ones too
     * @param graphs how many
     * @param sources how many connected databases
     */
    @Schema(name = "OrganisationData")
    record OrganisationData(
            long members, long datasets, long documents, long conversations, long graphs, long sources) {}

    @GetMapping
    @Needs(Scopes.MEMBER_GET)
    @Operation(operationId = "getOrganisation", summary = "One's organisation")
    ResponseEntity<OrganisationView> get(SignedIn person) {
        if (properties.mode() == IdentityProperties.Mode.SINGLE_USER) {
            SessionView.Group local = LocalPerson.organisation(person);
            return Revisions.answer(new OrganisationView(local.id(), local.name(), 1), 1);
        }
        return answer(organisations.get(person.caller().tenant()));
    }

    @PutMapping
    @Needs(Scopes.MEMBER_EDIT)
    @Operation(operationId = "renameOrganisation", summary = "Gives one's organisation another name")
    ResponseEntity<OrganisationView> rename(
            @RequestBody OrganisationInput body,
            @RequestHeader(name = "If-Match", defaultValue = "") String ifMatch,
            SignedIn person) {
        requireAccounts();
        String tenant = person.caller().tenant();
        Organisation renamed =
                organisations.rename(tenant, Revisions.required(ifMatch), Body.text("name", body.name()));
        audit.done(person.caller(), "organisation.rename", List.of(tenant), Map.of("name", renamed.name()));
        return answer(renamed);
    }

    @GetMapping("/data")
    @Needs(Scopes.MEMBER_EDIT)
    @Operation(operationId = "getOrganisationData", summary = "How much would be deleted with one's organisation")
    OrganisationData data(SignedIn person) {
        requireAccounts();
        return deletion.data(person.caller());
    }

    @DeleteMapping
    @Needs(Scopes.MEMBER_EDIT)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "deleteOrganisation",
            summary = "Deletes one's organisation with everything in it; its people are signed out at once, the rest is"
                    + " erased in the background")
    void delete(
            @RequestBody OrganisationEnd body,
            SignedIn person,
            HttpServletRequest request,
            HttpServletResponse response) {
        requireAccounts();
        Body.requireSession(AuthController.admission());
        String password = Objects.requireNonNullElse(body.password(), "");
        deletion.delete(person, Body.text("name", body.name()), password, new Exchange(request, response));
    }

    private void requireAccounts() {
        if (properties.mode() == IdentityProperties.Mode.SINGLE_USER) {
            throw LocalPerson.noAccounts();
        }
    }

    private static ResponseEntity<OrganisationView> answer(Organisation organisation) {
        return Revisions.answer(OrganisationView.of(organisation), organisation.revision());
    }
}
