package dev.datastudio.graph;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.datastudio.testkit.architecture.ModuleArchitectureContract;
import dev.datastudio.testkit.architecture.StudioModule;
import org.junit.jupiter.api.Test;

class GraphArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.GRAPH;
    }

    /** Each is there only for those who use that part of the module. */
    @Test
    void touchesAnOptionalLibraryInOnePlaceOnly() {
        onlyIn("dev.datastudio.graph.telemetry..", "io.micrometer..", "io.opentelemetry..");
        onlyIn("dev.datastudio.graph.checkpoint..", "org.sqlite..", "org.postgresql..");
    }

    private void onlyIn(String place, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(place)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .because("who does not use " + place + " need not have the library")
                .check(classes());
    }
}
