package dev.datastudio.testkit.architecture;

import org.junit.jupiter.api.Test;

/** Here rather than in studio-api, which the test kit stands on. */
class ApiArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.API;
    }

    @Test
    void namesTheJdkSlf4jAndJSpecifyOnly() {
        LayerRules.standsOnTheFoundationOnly(module()).check(classes());
    }
}
