package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.explore.Aggregation;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.ExploreSpecJson;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.explore.Period;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row A27: what is looked for is the same as JSON. */
class ExploreSpecJsonTest {
    static Stream<ExploreSpec> specs() {
        return Stream.of(
                ClusterSpec.DEFAULT,
                ClusterSpec.DEFAULT.by("spent", "a \"quoted\" one").into(4).seeded(Long.MIN_VALUE),
                ComponentSpec.DEFAULT,
                ComponentSpec.DEFAULT.of("x", "y").keeping(2),
                AnomalySpec.DEFAULT,
                AnomalySpec.DEFAULT.by("x").expecting(0.025).showing(3).seeded(7),
                ForecastSpec.ofRows(),
                ForecastSpec.of("sales")
                        .over("day")
                        .by(Aggregation.MEAN)
                        .ahead(6, Period.MONTH)
                        .within(0.8));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSpecIsTheSameAfterItWasWritten(ExploreSpec spec) {
        assertEquals(spec, ExploreSpecJson.parse(ExploreSpecJson.write(spec)));
        assertEquals(spec, ExploreSpecJson.parse(ExploreSpecJson.write(spec), spec.getClass()));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        assertEquals(
                ClusterSpec.DEFAULT.by("spent").into(3),
                ExploreSpecJson.parse("{\"type\":\"clusters\",\"columns\":[\"spent\"],\"clusters\":3}"));
        assertEquals(ForecastSpec.ofRows(), ExploreSpecJson.parse("{\"type\":\"forecast\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{}",
                "{'type':'clusters'} {'clusters':3}",
                "{'type':'clusters','clusters':3,'clusters':4}",
                "{'type':'magic'}",
                "{'type':7}",
                "{'type':'clusters','clusers':3}",
                "{'type':'clusters','clusters':1}",
                "{'type':'clusters','clusters':2.5}",
                "{'type':'clusters','clusters':'3'}",
                "{'type':'clusters','clusters':99999999999}",
                "{'type':'clusters','clusters':null}",
                "{'type':'clusters','seed':1e3}",
                "{'type':'clusters','columns':'spent'}",
                "{'type':'clusters','columns':[1]}",
                "{'type':'components','clusters':3}",
                "{'type':'anomalies','share':'much'}",
                "{'type':'anomalies','share':0.9}",
                "{'type':'forecast','period':'fortnight'}",
                "{'type':'forecast','period':3}"
            })
    void whatIsUnknownOrOutOfItsRangeIsRefused(String text) {
        StudioException refused =
                assertThrows(StudioException.class, () -> ExploreSpecJson.parse(text.replace('\'', '"')));

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(!refused.what().isBlank() && !refused.mend().isBlank(), refused::toString);
    }

    @Test
    void anotherKindIsRefused() {
        String text = ExploreSpecJson.write(ComponentSpec.DEFAULT);

        assertThrows(StudioException.class, () -> ExploreSpecJson.parse(text, ClusterSpec.class));
    }
}
