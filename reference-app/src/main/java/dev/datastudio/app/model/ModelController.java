package dev.datastudio.app.model;

import dev.datastudio.agents.dependant.Dependants;
import dev.datastudio.agents.model.ModelCalls;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelConfigJson;
import dev.datastudio.agents.model.ModelConfigs;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.dependant.DependantGroup;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Revisions;
import dev.datastudio.app.web.Rights;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Configurations of models. Those of the organisation are changed by who may {@link Scopes#MODEL_EDIT}, one's own by
 * oneself. Bodies with keys are read by the SDK, so that no error of a parser quotes one.
 */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "models")
@Needs(Scopes.MODEL_GET)
class ModelController {
    private static final int MAX_DAYS = 366;

    private final Studio studio;

    ModelController(Studio studio) {
        this.studio = studio;
    }

    private Models models(Caller caller) {
        return Models.of(studio).as(caller);
    }

    private ModelConfigs configs(SignedIn person) {
        return models(person.caller()).configs();
    }

    @GetMapping("/models")
    @Operation(operationId = "listModels", summary = "Your own models, then those of the organisation")
    PageOf<Model> list(
            Caller caller,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        List<Model> all =
                models(caller).configs().list().stream().map(Model::of).toList();
        return new Paging(limit, after).of(all, model -> model.id().toString());
    }

    @PostMapping(path = "/models", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createModel", summary = "Keep a model; the first one of its scope is active at once")
    ResponseEntity<Model> create(
            SignedIn person,
            @RequestBody
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ModelInput.class)))
                    String body) {
        ModelConfigJson.Input input = ModelConfigJson.read(body);
        requireMayChange(person, input.scope());
        ModelConfig made = configs(person).create(input.spec(), input.scope(), input.key());
        return Revisions.created(Model.of(made), made.revision());
    }

    private static void requireMayChange(SignedIn person, ModelScope scope) {
        Rights.require(person, scope == ModelScope.TENANT ? Scopes.MODEL_EDIT : Scopes.SELF_EDIT);
    }

    @GetMapping("/models/{id}")
    @Operation(operationId = "getModel", summary = "One model")
    ResponseEntity<Model> get(SignedIn person, @PathVariable UUID id) {
        ModelConfig config = configs(person).get(id);
        return Revisions.answer(Model.of(config), config.revision());
    }

    @PutMapping(path = "/models/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "updateModel",
            summary = "Change a model; another provider or endpoint needs the key again, its scope stays")
    ResponseEntity<Model> update(
            SignedIn person,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", defaultValue = "") String ifMatch,
            @RequestBody
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ModelInput.class)))
                    String body) {
        requireMayChange(person, id);
        long revision = Revisions.required(ifMatch);
        ModelConfigJson.Input input = ModelConfigJson.read(body);
        ModelConfig changed = input.key().isEmpty()
                ? configs(person).update(id, revision, input.spec())
                : configs(person).update(id, revision, input.spec(), input.key());
        return Revisions.answer(Model.of(changed), changed.revision());
    }

    private void requireMayChange(SignedIn person, UUID id) {
        requireMayChange(person, configs(person).get(id).scope());
    }

    @GetMapping("/models/{id}/dependants")
    @Operation(operationId = "listModelDependants", summary = "The graphs and agents that name a model")
    List<DependantGroup> dependants(SignedIn person, @PathVariable UUID id) {
        ModelConfig model = configs(person).get(id);
        return DependantGroup.of(
                person, Dependants.of(studio).as(person.caller()).ofModel(model));
    }

    @DeleteMapping("/models/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteModel", summary = "Forget a model and its key")
    void delete(SignedIn person, @PathVariable UUID id) {
        requireMayChange(person, id);
        configs(person).delete(id);
    }

    @PostMapping("/models/{id}/activate")
    @Operation(operationId = "activateModel", summary = "Use this model in its scope when none is named")
    ResponseEntity<Model> activate(SignedIn person, @PathVariable UUID id) {
        requireMayChange(person, id);
        ModelConfig active = configs(person).activate(id);
        return Revisions.answer(Model.of(active), active.revision());
    }

    @PostMapping("/models/{id}/test")
    @Operation(operationId = "testModel", summary = "Try a model with one short call")
    ModelTest test(SignedIn person, @PathVariable UUID id) {
        Models models = models(person.caller());
        return ModelTest.of(models.test(models.configs().get(id)));
    }

    @PostMapping(path = "/models/test", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "tryModel", summary = "Try a model before it is kept")
    ModelTest test(
            SignedIn person,
            @RequestBody
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ModelInput.class)))
                    String body) {
        ModelConfigJson.Input input = ModelConfigJson.read(body);
        requireMayChange(person, input.scope());
        return ModelTest.of(models(person.caller()).test(input.spec(), input.key()));
    }

    @GetMapping("/model-providers")
    @Operation(operationId = "listModelProviders", summary = "Who offers models, and what each needs")
    List<ModelProvider> providers() {
        return Arrays.stream(Provider.values()).map(ModelProvider::of).toList();
    }

    @GetMapping("/models/usage")
    @Operation(
            operationId = "getModelUsage",
            summary = "What calls of models used, by you or by the whole organisation")
    ModelUsage usage(
            SignedIn person,
            @RequestParam(defaultValue = "30") int days,
            @RequestParam(defaultValue = "false") boolean organisation) {
        if (days < 1 || days > MAX_DAYS) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "days must be in 1.." + MAX_DAYS + ", was " + days, "Ask for fewer");
        }
        if (organisation) {
            Rights.require(person, Scopes.MODEL_EDIT);
        }
        Instant until = studio.clock().instant().plusSeconds(1);
        Instant from = until.minus(Duration.ofDays(days));
        ModelCalls calls = models(person.caller()).calls();
        return ModelUsage.of(days, organisation ? calls.ofTenant(from, until) : calls.mine(from, until));
    }
}
