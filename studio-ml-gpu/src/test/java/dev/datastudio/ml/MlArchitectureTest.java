package dev.datastudio.ml;

import dev.datastudio.testkit.architecture.ModuleArchitectureContract;
import dev.datastudio.testkit.architecture.StudioModule;
import java.util.Set;

class MlArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.ML;
    }

    /** Cards are found by the driver's own program, by its full path and with fixed arguments. */
    @Override
    protected Set<String> sandboxes() {
        return Set.of("dev.datastudio.ml.device.internal.CardProbe");
    }
}
