package dev.datastudio.agents.model;

import dev.datastudio.testkit.model.ModelProtocol;

class OpenAiModelsTest extends ProviderContract {
    OpenAiModelsTest() {
        super(Provider.OPENAI, ModelProtocol.OPENAI);
    }
}
