package dev.datastudio.agents.model;

import dev.datastudio.testkit.model.ModelProtocol;

class MistralModelsTest extends ProviderContract {
    MistralModelsTest() {
        super(Provider.MISTRAL, ModelProtocol.MISTRAL);
    }
}
