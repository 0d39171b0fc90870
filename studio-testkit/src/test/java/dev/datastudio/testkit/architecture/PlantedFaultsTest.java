package dev.datastudio.testkit.architecture;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.datastudio.agents.planted.KnowsCli;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.planted.NamesThirdParty;
import dev.datastudio.cli.planted.Command;
import dev.datastudio.core.planted.KnowsGraph;
import dev.datastudio.graph.planted.KnowsCore;
import dev.datastudio.ml.left.Left;
import dev.datastudio.ml.right.Right;
import dev.datastudio.rag.planted.KnowsAgents;
import dev.datastudio.testkit.planted.Foreign;
import dev.datastudio.testkit.planted.Leaks;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that is green proves nothing until it has been seen to fail: each meets a fault made for it. */
class PlantedFaultsTest {
    @Nested
    class Layers {
        @Test
        void aCoreThatKnowsTheGraphEngineIsRefused() {
            refuses(LayerRules.standsOnLowerLayersOnly(StudioModule.CORE), KnowsGraph.class);
        }

        @Test
        void aGraphEngineThatKnowsTheCoreIsRefused() {
            refuses(LayerRules.standsOnLowerLayersOnly(StudioModule.GRAPH), KnowsCore.class);
        }

        @Test
        void agentsThatKnowTheCommandLineAreRefused() {
            refuses(LayerRules.standsOnLowerLayersOnly(StudioModule.AGENTS), KnowsCli.class);
        }

        @Test
        void documentsThatKnowTheAgentsAreRefused() {
            refuses(LayerRules.standsOnLowerLayersOnly(StudioModule.RAG), KnowsAgents.class);
        }

        @Test
        void aCommandLineThatKnowsTheApiIsFine() {
            accepts(LayerRules.standsOnLowerLayersOnly(StudioModule.CLI), Command.class);
        }

        @Test
        void anApiThatNamesAThirdPartyIsRefused() {
            refuses(LayerRules.standsOnTheFoundationOnly(StudioModule.API), NamesThirdParty.class);
            accepts(LayerRules.standsOnTheFoundationOnly(StudioModule.API), Dataset.class);
        }

        @Test
        void twoPackagesThatKnowEachOtherAreRefused() {
            refuses(LayerRules.hasNoPackageCycles(StudioModule.ML), Left.class, Right.class);
        }

        @Test
        void aPackageWithoutNullMarkedIsRefused() {
            refuses(LayerRules.isNullMarked(StudioModule.GRAPH), KnowsCore.class);
        }
    }

    @Nested
    class Leaking {
        @ParameterizedTest
        @ValueSource(
                classes = {
                    Leaks.ByParameter.class,
                    Leaks.ByResult.class,
                    Leaks.ByTypeArgument.class,
                    Leaks.ByBound.class,
                    Leaks.ByException.class,
                    Leaks.ByField.class,
                    Leaks.BySupertype.class,
                    Leaks.BySupertypeArgument.class,
                    Leaks.ByComponent.class
                })
        void anInternalTypeInAPublicTypeIsRefused(Class<?> leaking) {
            refuses(ApiLeakRules.internalTypesStayInternal(), leaking);
        }

        @Test
        void aTypeOfJacksonInAPublicTypeIsRefused() {
            refuses(ApiLeakRules.jacksonStaysPrivate(), Leaks.OfJackson.class);
        }

        @Test
        void whatStaysPrivateIsFine() throws ClassNotFoundException {
            Class<?> hiddenType = Class.forName(Leaks.class.getName() + "$InAPackagePrivateType");

            accepts(ApiLeakRules.internalTypesStayInternal(), Leaks.InPrivate.class, hiddenType);
            accepts(ApiLeakRules.jacksonStaysPrivate(), Leaks.InPrivate.class);
        }
    }

    @Nested
    class HostSafety {
        static Stream<Class<?>> dangers() {
            return Arrays.stream(Foreign.class.getDeclaredClasses())
                    .filter(type -> !Set.of("Harmless", "OldLog", "Printer", "TracePrinter")
                            .contains(type.getSimpleName()));
        }

        @ParameterizedTest
        @MethodSource("dangers")
        void codeFromOutsideIsRefused(Class<?> danger) {
            refuses(HostSafetyRules.runsNoForeignCode(Set.of()), danger);
        }

        @ParameterizedTest
        @MethodSource("dangers")
        void aNamedSandboxMayRunIt(Class<?> danger) {
            accepts(HostSafetyRules.runsNoForeignCode(Set.of("dev.datastudio.testkit.planted")), danger);
        }

        @ParameterizedTest
        @MethodSource("dangers")
        void aNamedClassMayRunIt(Class<?> danger) {
            accepts(HostSafetyRules.runsNoForeignCode(Set.of(danger.getName())), danger);
        }

        @ParameterizedTest
        @MethodSource("dangers")
        void aSandboxElsewhereChangesNothing(Class<?> danger) {
            refuses(
                    HostSafetyRules.runsNoForeignCode(
                            Set.of("dev.datastudio.testkit.plant", danger.getName() + "Other")),
                    danger);
        }

        @Test
        void printingToTheConsoleIsRefused() {
            refuses(HostSafetyRules.printsNothing(), Foreign.Printer.class);
            refuses(HostSafetyRules.printsNothing(), Foreign.TracePrinter.class);
        }

        @Test
        void javaUtilLoggingIsRefused() {
            refuses(HostSafetyRules.logsThroughSlf4jOnly(), Foreign.OldLog.class);
        }

        @Test
        void theRestOfTheRuntimeIsFine() {
            accepts(HostSafetyRules.runsNoForeignCode(Set.of()), Foreign.Harmless.class);
            accepts(HostSafetyRules.printsNothing(), Foreign.Harmless.class);
            accepts(HostSafetyRules.logsThroughSlf4jOnly(), Foreign.Harmless.class);
        }
    }

    private static void refuses(ArchRule rule, Class<?>... planted) {
        JavaClasses classes = new ClassFileImporter().importClasses(planted);

        AssertionError refusal = assertThrows(AssertionError.class, () -> rule.check(classes));

        assertTrue(
                refusal.toString().contains(planted[0].getSimpleName()),
                () -> "the refusal does not name " + planted[0] + ": " + refusal);
    }

    private static void accepts(ArchRule rule, Class<?>... clean) {
        JavaClasses classes = new ClassFileImporter().importClasses(clean);

        assertDoesNotThrow(() -> rule.check(classes));
    }
}
