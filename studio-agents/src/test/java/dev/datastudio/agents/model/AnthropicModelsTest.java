package dev.datastudio.agents.model;

import dev.datastudio.testkit.model.ModelProtocol;

class AnthropicModelsTest extends ProviderContract {
    AnthropicModelsTest() {
        super(Provider.ANTHROPIC, ModelProtocol.ANTHROPIC);
    }
}
