package dev.datastudio.agents.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formulas of taught measures are measures, or refused (D12). */
class FormulaTest {
    @Test
    void namesItsColumns() {
        Meaning.OfMeasure measure = new Meaning.OfMeasure("sum(\"Unit Price\" * (1 - discount)) / count(*)");

        assertEquals(List.of("Unit Price", "discount"), measure.columns());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "price * quantity",
                "sum(price",
                "sum(price); drop table orders",
                "sum(price) + 1",
                "exec(price)",
                "sum()",
                "sum(price * )",
                "sum(\"price)",
                "sum(1..2)",
                "sum(((((((((((((((((((((((price)))))))))))))))))))))))"
            })
    void refusesWhatIsNoFormula(String formula) {
        StudioException refused = assertThrows(StudioException.class, () -> TaughtWord.measure("x", formula));

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(refused.getMessage().contains("at character"), refused.getMessage());
    }
}
