package dev.datastudio.agents.model;

import dev.datastudio.testkit.model.ModelProtocol;

class OllamaModelsTest extends ProviderContract {
    OllamaModelsTest() {
        super(Provider.OLLAMA, ModelProtocol.OLLAMA);
    }
}
