package dev.datastudio.agents.model;

import dev.datastudio.testkit.model.ModelProtocol;

class AzureOpenAiModelsTest extends ProviderContract {
    AzureOpenAiModelsTest() {
        super(Provider.AZURE_OPENAI, ModelProtocol.AZURE_OPENAI);
    }
}
