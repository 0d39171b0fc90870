package dev.datastudio.agents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditQuery;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.vault.KeyFileVault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelConfigsTest {
    private static final Secret KEY = Secret.of("sk-secret-4711");
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private static final Studio STUDIO = Studio.inMemory();

    private final String tenant = "acme" + TENANTS.incrementAndGet();
    private final Caller ann = new Caller(tenant, "ann");
    private final Caller bob = new Caller(tenant, "bob");
    private final Caller eve = new Caller(tenant + "-other", "ann");
    private final Models models = Models.of(STUDIO, Map.of()).as(ann);
    private final ModelConfigs configs = models.configs();

    @AfterAll
    static void close() {
        STUDIO.close();
    }

    @Test
    void keepsAConfigurationWithTheDefaultsOfItsProvider() {
        ModelConfig made = configs.create(ModelSpec.of(Provider.ANTHROPIC, "Claude"), ModelScope.TENANT, KEY);

        ModelConfig kept = configs.get(made.id());

        assertEquals(made, kept);
        assertEquals("claude-3-haiku-20240307", kept.spec().modelName());
        assertEquals("https://api.anthropic.com/v1", kept.spec().endpoint());
        assertEquals(1, kept.revision());
        assertTrue(kept.hasKey());
        assertTrue(kept.isActive());
    }

    @Test
    void everyProviderHasItsDefaultModel() {
        assertEquals(
                List.of(
                        "gpt-4o-mini",
                        "gpt-4o-mini",
                        "claude-3-haiku-20240307",
                        "llama3.2",
                        "mistral-small-latest",
                        ""),
                List.of(Provider.values()).stream().map(Provider::defaultModel).toList());
        assertEquals("text-embedding-3-large", Provider.OPENAI.defaultEmbeddingModel());
    }

    @Test
    void keepsEveryParameter() {
        ModelParameters parameters = ModelParameters.DEFAULT
                .withTemperature(0.25)
                .withTopP(0.5)
                .withMaxTokens(700)
                .withTimeout(Duration.ofMillis(1_500))
                .withMaxRetries(4)
                .withApiVersion("2024-10-21")
                .withPrices(new BigDecimal("0.1"), new BigDecimal("0.2"));
        ModelSpec spec =
                new ModelSpec("Azure", Provider.AZURE_OPENAI, "gpt-4o", "https://acme.openai.azure.com/", parameters);

        ModelConfig made = configs.create(spec, ModelScope.USER, KEY);

        assertEquals(parameters, configs.get(made.id()).spec().parameters());
        assertEquals("https://acme.openai.azure.com", made.spec().endpoint());
    }

    @Test
    void theFirstOfAScopeIsActiveAndAnotherOneCanBe() {
        ModelConfig first = configs.create(spec("first"), ModelScope.TENANT, KEY);
        ModelConfig second = configs.create(spec("second"), ModelScope.TENANT, KEY);

        assertTrue(first.isActive());
        assertFalse(second.isActive());
        assertTrue(configs.activate(second.id()).isActive());
        assertEquals("second", configs.active().orElseThrow().name());
        assertFalse(configs.get(first.id()).isActive());
    }

    @Test
    void aPersonsOwnModelGoesBeforeTheTenants() {
        configs.create(spec("everybody's"), ModelScope.TENANT, KEY);
        configs.create(spec("Ann's"), ModelScope.USER, KEY);

        assertEquals("Ann's", configs.active().orElseThrow().name());
        assertEquals(
                "everybody's", models.as(bob).configs().active().orElseThrow().name());
    }

    @Test
    void whatBelongsToOthersIsNotThere() {
        ModelConfig anns = configs.create(spec("Ann's"), ModelScope.USER, KEY);
        ModelConfig tenants = configs.create(spec("everybody's"), ModelScope.TENANT, KEY);

        assertEquals(List.of("everybody's"), names(models.as(bob)));
        assertEquals(List.of(), names(models.as(eve)));
        assertMissing(bob, anns.id());
        assertMissing(eve, anns.id());
        assertMissing(eve, tenants.id());
        assertTrue(models.as(bob).configs().find("ann's").isEmpty());
    }

    private void assertMissing(Caller caller, UUID id) {
        ModelConfigs theirs = models.as(caller).configs();
        for (Runnable attempt : List.<Runnable>of(
                () -> theirs.get(id),
                () -> theirs.delete(id),
                () -> theirs.activate(id),
                () -> theirs.update(id, 1, spec("mine")),
                () -> theirs.update(id, 1, spec("mine"), KEY))) {
            StudioException missing = assertThrows(StudioException.class, attempt::run);
            assertEquals(ErrorCode.ENTRY_NOT_FOUND, missing.code());
        }
    }

    @Test
    void theKeyIsKeptSealedAndNeverShown() {
        ModelConfig made = configs.create(spec("sealed"), ModelScope.TENANT, KEY);

        assertFalse(made.toString().contains(KEY.reveal()));
        assertFalse(ModelConfigJson.write(made).contains(KEY.reveal()));
        STUDIO.metadata()
                .list(EntryQuery.of(tenant, "model-config"))
                .entries()
                .forEach(entry -> assertFalse((entry.body() + entry.attributes()).contains(KEY.reveal())));
        STUDIO.audit()
                .list(AuditQuery.of(tenant))
                .records()
                .forEach(entry -> assertFalse(entry.toString().contains(KEY.reveal())));
    }

    @Test
    void aChangeLeavesTheKeyAndCountsTheRevision() {
        ModelConfig made = configs.create(spec("old"), ModelScope.TENANT, KEY);

        ModelConfig changed =
                configs.update(made.id(), 1, made.spec().withName("new").withModelName("gpt-4o"));

        assertEquals(2, changed.revision());
        assertTrue(changed.hasKey());
        assertTrue(changed.isActive());
        assertEquals(KEY, configs.key(changed));
    }

    @Test
    void aChangeOfAnOlderRevisionIsRefused() {
        ModelConfig made = configs.create(spec("one"), ModelScope.TENANT, KEY);
        configs.update(made.id(), 1, spec("two"));

        StudioException late = assertThrows(StudioException.class, () -> configs.update(made.id(), 1, spec("three")));

        assertEquals(ErrorCode.ENTRY_CONFLICT, late.code());
    }

    @Test
    void theKeyCantBeSentElsewhereByAChange() {
        ModelConfig made = configs.create(spec("one"), ModelScope.TENANT, KEY);

        StudioException refused = assertThrows(
                StudioException.class,
                () -> configs.update(made.id(), 1, made.spec().withEndpoint("https://evil.example.org/v1")));

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertEquals(
                "The model 'one' would send its key elsewhere than before. Give the key again together with the new"
                        + " provider or endpoint.",
                refused.getMessage());
        assertEquals(
                "https://evil.example.org/v1",
                configs.update(
                                made.id(),
                                1,
                                made.spec().withEndpoint("https://evil.example.org/v1"),
                                Secret.of("other"))
                        .spec()
                        .endpoint());
    }

    @Test
    void ofTwoAtOnceOneGetsTheNameAndOneIsActive() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "at once " + round;
            List<String> outcomes = atOnce(() -> configs.create(spec(name), ModelScope.USER, KEY));

            assertEquals(List.of("INVALID_NAME", "done"), outcomes);
        }
        assertEquals(1, configs.list().stream().filter(ModelConfig::isActive).count());
    }

    @Test
    void ofTwoRenamedAtOnceOneGetsTheName() throws Exception {
        List<ModelConfig> made = Stream.of("one", "two")
                .map(name -> configs.create(spec(name), ModelScope.TENANT, KEY))
                .toList();
        Iterator<ModelConfig> next = made.iterator();

        List<String> outcomes = atOnce(() -> {
            ModelConfig own;
            synchronized (next) {
                own = next.next();
            }
            return configs.update(own.id(), own.revision(), spec("same"));
        });

        assertEquals(List.of("INVALID_NAME", "done"), outcomes);
    }

    /** Has two threads do the same; how it ended for them, in the order of the alphabet. */
    private static List<String> atOnce(Callable<?> work) throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<String> outcome = () -> {
                both.await();
                try {
                    work.call();
                    return "done";
                } catch (StudioException e) {
                    return e.code().name();
                }
            };
            List<String> outcomes = new ArrayList<>();
            for (Future<String> each : threads.invokeAll(List.of(outcome, outcome))) {
                outcomes.add(each.get());
            }
            return outcomes.stream().sorted().toList();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void sealsKeysAnewAfterTheVaultGotANewKey(@TempDir Path folder) {
        KeyFileVault vault = KeyFileVault.at(folder.resolve("key"));
        try (Studio other = Studio.builder().temporary().vault(vault).build()) {
            ModelConfigs theirs = Models.of(other, Map.of()).configs();
            ModelConfig made = theirs.create(spec("one"), ModelScope.TENANT, KEY);
            theirs.create(ModelSpec.of(Provider.OLLAMA, "local"), ModelScope.USER, Secret.of(""));
            assertEquals(0, theirs.resealKeys());

            vault.rotate();

            assertEquals(1, theirs.resealKeys());
            assertEquals(0, theirs.resealKeys());
            assertEquals(KEY, theirs.key(made));
        }
    }

    @Test
    void aNameIsTakenOnceInItsScope() {
        configs.create(spec("Fast"), ModelScope.TENANT, KEY);

        StudioException taken =
                assertThrows(StudioException.class, () -> configs.create(spec("fast"), ModelScope.TENANT, KEY));

        assertEquals(ErrorCode.INVALID_NAME, taken.code());
        configs.create(spec("fast"), ModelScope.USER, KEY);
        assertEquals(ModelScope.USER, configs.find("FAST").orElseThrow().scope());
    }

    @Test
    void deletingForgetsTheKeyToo() {
        ModelConfig made = configs.create(spec("gone"), ModelScope.TENANT, KEY);

        configs.delete(made.id());

        assertTrue(configs.list().isEmpty());
        assertEquals(0, STUDIO.metadata().count(EntryQuery.of(tenant, "model-config")));
    }

    @Test
    void aKeyIsNeededWhereTheServiceWantsOne() {
        StudioException needed = assertThrows(
                StudioException.class, () -> configs.create(spec("no key"), ModelScope.TENANT, Secret.of("")));

        assertEquals(ErrorCode.INVALID_ARGUMENT, needed.code());
        assertEquals("OpenAI needs a key, and none was given for 'no key'", needed.what());
        assertFalse(configs.create(ModelSpec.of(Provider.OLLAMA, "local"), ModelScope.TENANT, Secret.of(""))
                .hasKey());
    }

    @Test
    void aKeyWithALineBreakIsRefusedWithoutRepeatingIt() {
        StudioException wrong = assertThrows(
                StudioException.class,
                () -> configs.create(spec("pasted"), ModelScope.TENANT, Secret.of("sk-1\nX-Evil: 1")));

        assertEquals(ErrorCode.INVALID_ARGUMENT, wrong.code());
        assertFalse(wrong.getMessage().contains("sk-1"));
    }

    @Test
    void allThatIsWrongIsNamedAtOnce() {
        StudioException wrong = assertThrows(
                StudioException.class,
                () -> new ModelSpec(
                        "a\nb", Provider.GENERIC, "x y", "ftp://user:pass@host/?key=sk-9", ModelParameters.DEFAULT));

        assertEquals(ErrorCode.INVALID_ARGUMENT, wrong.code());
        for (String part :
                List.of("a name of", "a model_name of", "an endpoint_url that begins with", "without user")) {
            assertTrue(wrong.what().contains(part), wrong::what);
        }
        assertFalse(wrong.getMessage().contains("sk-9") || wrong.getMessage().contains("pass"));
    }

    @Test
    void parametersHaveTheirRanges() {
        StudioException wrong = assertThrows(
                StudioException.class,
                () -> ModelConfigJson.parameters(Map.of("temperature", "3", "max_retries", "99", "top_p", "0")));

        assertTrue(wrong.what().contains("temperature in 0..2, was '3.0'"), wrong::what);
        assertTrue(wrong.what().contains("max_retries in 0..10, was '99'"), wrong::what);
        assertTrue(wrong.what().contains("top_p more than 0"), wrong::what);
        assertEquals(
                "A model has no parameter 'temprature'",
                assertThrows(StudioException.class, () -> ModelConfigJson.parameters(Map.of("temprature", "1")))
                        .what());
    }

    @Test
    void anEndpointInsideTheNetworkIsRefused() {
        for (String inside : List.of(
                "https://10.0.0.5/v1",
                "https://169.254.169.254/latest",
                "https://192.168.1.2:8443",
                "https://[fd00::1]/v1",
                "http://example.org/v1")) {
            ModelSpec spec = ModelSpec.of(Provider.GENERIC, "inside", "any", inside);
            StudioException refused = assertThrows(
                    StudioException.class, () -> configs.create(spec, ModelScope.TENANT, Secret.of("")), inside);
            assertEquals(ErrorCode.URL_REFUSED, refused.code(), inside);
        }
        configs.create(
                ModelSpec.of(Provider.GENERIC, "beside", "any", "http://localhost:8000/v1"), ModelScope.USER, KEY);
    }

    @Test
    void aServerRefusesItsOwnMachineAndAllowsAHostByName() {
        try (Studio server = Studio.builder()
                .temporary()
                .modelEndpoints(UrlGuard.DEFAULT.allowing("ollama.internal"))
                .build()) {
            ModelConfigs theirs = Models.of(server, Map.of()).configs();
            ModelSpec local = ModelSpec.of(Provider.OLLAMA, "local");

            StudioException refused =
                    assertThrows(StudioException.class, () -> theirs.create(local, ModelScope.TENANT, Secret.of("")));

            assertEquals(ErrorCode.URL_REFUSED, refused.code());
            theirs.create(local.withEndpoint("http://ollama.internal:11434"), ModelScope.TENANT, Secret.of(""));
        }
    }

    @Test
    void theEnvironmentOffersAModelWhenNothingIsConfigured() {
        Models offered = Models.of(
                        STUDIO, Map.of("OPENAI_API_KEY", " sk-env-1 ", "OPENAI_API_BASE", "http://10.1.2.3:8000/v1/"))
                .as(ann);

        ModelConfig config = offered.capabilities().activeConfig().orElseThrow();

        assertTrue(config.isFromEnvironment());
        assertEquals("environment", config.name());
        assertEquals("gpt-4o-mini", config.spec().modelName());
        assertEquals("http://10.1.2.3:8000/v1", config.spec().endpoint());
        assertEquals(Secret.of("sk-env-1"), offered.configs().key(config));
        assertEquals(0, STUDIO.metadata().count(EntryQuery.of(tenant, "model-config")));
        configs.create(spec("own"), ModelScope.TENANT, KEY);
        assertEquals(List.of("own"), names(offered));
    }

    @Test
    void writesTheShapeThatOtherProgramsKnow() {
        ModelConfig made = configs.create(spec("shape"), ModelScope.TENANT, KEY);

        assertEquals(
                "{\"id\":\"" + made.id()
                        + "\",\"name\":\"shape\",\"provider\":\"openai\",\"model_name\":\"gpt-4o-mini\","
                        + "\"endpoint_url\":\"https://api.openai.com/v1\",\"is_active\":true,"
                        + "\"configuration\":{\"timeout_seconds\":60,\"max_retries\":2},\"scope\":\"tenant\","
                        + "\"has_key\":true,\"from_environment\":false,\"revision\":1}",
                ModelConfigJson.write(made));
        assertEquals(
                "{\"agent_available\":true,\"llm_configured\":true,\"active_config\":{\"id\":\"" + made.id()
                        + "\",\"name\":\"shape\",\"provider\":\"openai\",\"model_name\":\"gpt-4o-mini\","
                        + "\"endpoint_url\":\"https://api.openai.com/v1\"}}",
                ModelConfigJson.write(models.capabilities()));
        assertEquals(
                "{\"agent_available\":true,\"llm_configured\":false,\"active_config\":null}",
                ModelConfigJson.write(models.as(eve).capabilities()));
    }

    @Test
    void readsWhatOtherProgramsSend() {
        ModelConfigJson.Input input = ModelConfigJson.read("""
                {"name": "Local", "provider": "generic", "model_name": "qwen", "endpoint_url": "http://localhost:8000/v1",
                 "api_key": "sk-in", "scope": "user", "configuration": {"temperature": 0.5, "timeout_seconds": 2.5}}""");

        assertEquals(Provider.GENERIC, input.spec().provider());
        assertEquals(0.5, input.spec().parameters().temperature().orElseThrow());
        assertEquals(Duration.ofMillis(2_500), input.spec().parameters().timeout());
        assertEquals(ModelScope.USER, input.scope());
        assertEquals(Secret.of("sk-in"), input.key());
        assertFalse(input.toString().contains("sk-in"));
    }

    @Test
    void brokenJsonIsRefusedWithoutRepeatingIt() {
        StudioException wrong =
                assertThrows(StudioException.class, () -> ModelConfigJson.read("{\"api_key\": \"sk-in\","));

        assertEquals(ErrorCode.INVALID_ARGUMENT, wrong.code());
        assertFalse(String.valueOf(wrong.getCause()).contains("sk-in"));
        assertEquals(
                "There is no provider of models 'gemini'",
                assertThrows(StudioException.class, () -> Provider.parse("gemini"))
                        .what());
    }

    private static ModelSpec spec(String name) {
        return ModelSpec.of(Provider.OPENAI, name);
    }

    private static List<String> names(Models models) {
        return models.configs().list().stream().map(ModelConfig::name).toList();
    }
}
