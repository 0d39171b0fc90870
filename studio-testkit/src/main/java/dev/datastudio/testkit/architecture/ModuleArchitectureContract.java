package dev.datastudio.testkit.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The rules that the compiled classes of every module keep; each module adds one class that names itself. */
public abstract class ModuleArchitectureContract {
    private static final Map<StudioModule, JavaClasses> IMPORTED = new ConcurrentHashMap<>();

    /** The module whose production classes are checked; they must be on the class path. */
    protected abstract StudioModule module();

    /** Full names of the packages and classes that may start processes or run code; none unless a module says so. */
    protected Set<String> sandboxes() {
        return Set.of();
    }

    @Test
    void findsTheClassesOfTheModule() {
        assertFalse(classes().isEmpty(), () -> "no class found in " + module().packagePrefix());
    }

    @Test
    void standsOnLowerLayersOnly() {
        LayerRules.standsOnLowerLayersOnly(module()).check(classes());
    }

    @Test
    void hasNoPackageCycles() {
        LayerRules.hasNoPackageCycles(module()).check(classes());
    }

    @Test
    void marksEveryPackageNullMarked() {
        LayerRules.isNullMarked(module()).check(classes());
    }

    @Test
    void showsNoInternalType() {
        ApiLeakRules.internalTypesStayInternal().check(classes());
    }

    @Test
    void showsNoTypeOfJackson() {
        ApiLeakRules.jacksonStaysPrivate().check(classes());
    }

    @Test
    void runsNoForeignCodeOutsideItsSandboxes() {
        HostSafetyRules.runsNoForeignCode(sandboxes()).check(classes());
    }

    @Test
    void logsThroughSlf4jOnly() {
        HostSafetyRules.logsThroughSlf4jOnly().check(classes());
    }

    @Test
    void printsNothingWhenItIsALibrary() {
        assumeTrue(module().isLibrary(), () -> module() + " is a program and may print");

        HostSafetyRules.printsNothing().check(classes());
    }

    /** The production classes of the module, read once. */
    protected final JavaClasses classes() {
        return IMPORTED.computeIfAbsent(
                module(),
                module -> new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(module.packagePrefix()));
    }
}
