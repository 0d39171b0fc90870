package dev.datastudio.agents.model;

import dev.datastudio.testkit.model.ModelProtocol;

class GenericModelsTest extends ProviderContract {
    GenericModelsTest() {
        super(Provider.GENERIC, ModelProtocol.OPENAI);
    }
}
