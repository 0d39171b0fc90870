package dev.datastudio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.datastudio.core.Studio;
import dev.datastudio.ml.Training;
import dev.datastudio.ml.TrainingJobs;
import dev.datastudio.ml.registry.Models;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StudioLearningAutoConfigurationTest {
    private static ApplicationContextRunner application() {
        return Starter.application().withConfiguration(AutoConfigurations.of(StudioLearningAutoConfiguration.class));
    }

    @Test
    void offersTrainingItsJobsAndTheTrainedModelsOfTheStudio() {
        application().run(context -> {
            assertThat(context)
                    .hasSingleBean(Training.class)
                    .hasSingleBean(Models.class)
                    .hasSingleBean(TrainingJobs.class);
            // Another class of this name keeps the configurations of language models.
            assertThat(context).hasBean("trainedModels").hasSingleBean(dev.datastudio.agents.model.Models.class);
            assertThat(context.getBean(Models.class).list()).isEmpty();
            assertThat(context.getBean(TrainingJobs.class)).isSameAs(TrainingJobs.of(context.getBean(Studio.class)));
        });
    }

    @Test
    void givesWayToTheBeansOfTheApplication() {
        try (Studio studio = Studio.inMemory()) {
            Training training = Training.of(studio);
            Models models = Models.of(studio);
            TrainingJobs jobs = TrainingJobs.of(studio);

            application()
                    .withBean("ours", Training.class, () -> training)
                    .withBean("ourModels", Models.class, () -> models)
                    .withBean("ourJobs", TrainingJobs.class, () -> jobs)
                    .run(context -> {
                        assertThat(context.getBean(Training.class)).isSameAs(training);
                        assertThat(context.getBean(Models.class)).isSameAs(models);
                        assertThat(context.getBean(TrainingJobs.class)).isSameAs(jobs);
                        assertThat(context).doesNotHaveBean("training").doesNotHaveBean("trainedModels");
                    });
        }
    }

    @Test
    void isLeftOutWithoutTheModuleOfLearning() {
        application()
                .withClassLoader(new FilteredClassLoader("dev.datastudio.ml"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Studio.class)
                        .doesNotHaveBean("trainingJobs"));
    }
}
