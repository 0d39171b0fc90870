package dev.datastudio.testkit.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What has to hold across the modules' build files; each finding is also seen on a planted fault. */
class ProjectLayoutTest {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
    private static final Pattern MODULE_NAME = Pattern.compile("<studio\\.module\\.name>([^<]+)</");

    private final Path root = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theBomListsEveryPublishedModule() throws IOException {
        assertEquals(List.of(), missingFromBom(modules(), read("studio-bom/pom.xml")));
    }

    @Test
    void aModuleMissingFromTheBomIsFound() throws IOException {
        String planted = read("studio-bom/pom.xml").replace("<artifactId>studio-graph<", "<artifactId>graph<");

        assertEquals(List.of("studio-graph"), missingFromBom(modules(), planted));
    }

    @Test
    void everyModuleHasAFixedModuleName() throws IOException {
        List<String> names = Arrays.stream(StudioModule.values())
                .map(StudioModule::packagePrefix)
                .toList();

        for (String module : jarModules()) {
            List<String> declared = all(MODULE_NAME, read(module + "/pom.xml"));

            assertEquals(1, declared.size(), module + "/pom.xml must set studio.module.name once");
            assertTrue(names.containsAll(declared), () -> module + " is named " + declared + ", not one of " + names);
        }
    }

    @Test
    void noTwoModulesShareAModuleName() throws IOException {
        List<String> declared = new ArrayList<>();
        for (String module : jarModules()) {
            declared.addAll(all(MODULE_NAME, read(module + "/pom.xml")));
        }

        assertEquals(declared.size(), Set.copyOf(declared).size(), declared::toString);
    }

    @Test
    void everyLibraryWithClassesTestsItsArchitecture() throws IOException {
        for (String module : jarModules()) {
            boolean untested = module.equals("studio-api") || module.equals("benchmarks");
            if (!untested && holds(module + "/src/main/java", ".java")) {
                assertTrue(
                        holds(module + "/src/test/java", "ArchitectureTest.java"),
                        () -> module + " has classes but no *ArchitectureTest that extends "
                                + ModuleArchitectureContract.class.getSimpleName());
            }
        }
    }

    private List<String> modules() throws IOException {
        List<String> modules = all(MODULE, read("pom.xml"));
        assertTrue(modules.size() > 5, modules::toString);
        return modules;
    }

    private List<String> jarModules() throws IOException {
        return modules().stream()
                .filter(module -> !module.equals("studio-bom") && !module.startsWith("examples/"))
                .toList();
    }

    private static List<String> missingFromBom(List<String> modules, String bom) {
        List<String> listed = all(ARTIFACT, bom);
        return modules.stream()
                .filter(module -> module.startsWith("studio-"))
                .filter(module -> !listed.contains(module))
                .toList();
    }

    private boolean holds(String folder, String ending) throws IOException {
        Path start = root.resolve(folder);
        if (!Files.isDirectory(start)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.anyMatch(file -> file.toString().endsWith(ending));
        }
    }

    private String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(ProjectLayoutTest::first).toList();
    }

    private static String first(MatchResult match) {
        return match.group(1);
    }
}
