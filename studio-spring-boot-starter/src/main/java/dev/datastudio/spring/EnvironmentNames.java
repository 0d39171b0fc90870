package dev.datastudio.spring;

import dev.datastudio.core.vault.ExternalKeyVault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.env.Environment;

/** Variables that studios are known to take: which are used, and which are set though nothing uses them. */
final class EnvironmentNames implements InitializingBean {
    static final String ENABLE_SQL_EXECUTOR = "ENABLE_SQL_EXECUTOR";

    private static final Logger log = LoggerFactory.getLogger(EnvironmentNames.class);
    private static final List<String> USED = List.of(
            "OPENAI_API_KEY",
            "OPENAI_API_BASE",
            "SERPAPI_API_KEY",
            "KAGGLE_USERNAME",
            "KAGGLE_KEY",
            ExternalKeyVault.VARIABLE);
    private static final Map<String, String> NOT_USED = Map.of(
            "REDIS_URL", "results are cached in the workspace",
            "S3_BUCKET", "files are kept in the workspace; an ArtifactStore bean of your own takes its place");

    private final Map<String, String> ignored = new LinkedHashMap<>();

    EnvironmentNames(Environment environment) {
        NOT_USED.keySet().stream()
                .sorted()
                .filter(environment::containsProperty)
                .forEach(name -> ignored.put(name, NOT_USED.get(name)));
    }

    /** What the studio takes in place of the process's environment, which Spring's begins with. */
    static Map<String, String> used(Environment environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : USED) {
            String value = environment.getProperty(name, "");
            if (!value.isBlank()) {
                variables.put(name, value);
            }
        }
        return variables;
    }

    /** A sentence for each that is set and not used. */
    List<String> ignored() {
        List<String> sentences = new ArrayList<>();
        ignored.forEach((name, instead) -> sentences.add(name + " is set and not used: " + instead));
        return sentences;
    }

    @Override
    public void afterPropertiesSet() {
        ignored().forEach(log::warn);
    }
}
