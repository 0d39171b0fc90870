package dev.datastudio.spring;

import dev.datastudio.core.Studio;
import dev.datastudio.ml.Training;
import dev.datastudio.ml.TrainingJobs;
import dev.datastudio.ml.explore.ExploringJobs;
import dev.datastudio.ml.registry.Models;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Training and trained models, where studio-ml-gpu is on the class path. */
@AutoConfiguration(after = StudioAutoConfiguration.class)
@ConditionalOnClass(Training.class)
public class StudioLearningAutoConfiguration {
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Training training(Studio studio) {
        return Training.of(studio);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Models trainedModels(Studio studio) {
        return Models.of(studio);
    }

    /** Lazy: whoever asks for it has this process do the trainings of the workspace. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    TrainingJobs trainingJobs(Studio studio) {
        return TrainingJobs.of(studio);
    }

    /** Lazy: whoever asks for it has this process do the explorations of the workspace. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    ExploringJobs exploringJobs(Studio studio) {
        return ExploringJobs.of(studio);
    }
}
