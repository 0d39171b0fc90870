package dev.datastudio.agents.eval.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.eval.internal.AnswerForm.Field;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AnswerFormTest {
    @Test
    void readsNamesAndDecimals() {
        AnswerForm form = AnswerForm.parse(
                "@mean_weight[mean] @weight_sd[sd], where \"mean\" and \"sd\" are numbers, rounded to two decimal places.",
                "");

        assertEquals(
                List.of("mean_weight", "weight_sd"),
                form.fields().stream().map(Field::name).toList());
        assertEquals(OptionalInt.of(2), form.fields().get(0).decimals());
        assertEquals(OptionalInt.of(2), form.fields().get(1).decimals());
    }

    @Test
    void tellsEachFieldByItsOwnWords() {
        AnswerForm form = AnswerForm.parse(
                "@r[r_value] @p[p_value] @kind[kind] where \"r_value\" is a number, rounded to two decimal places. "
                        + "\"p_value\" is a number, rounded to four decimal places. \"kind\" is a string that can "
                        + "either be \"strong\" or \"weak\".",
                "");

        assertEquals(OptionalInt.of(2), form.fields().get(0).decimals());
        assertEquals(OptionalInt.of(4), form.fields().get(1).decimals());
        assertEquals(List.of(), form.fields().get(0).options());
        assertEquals(List.of("strong", "weak"), form.fields().get(2).options());
    }

    @Test
    void takesQuotedColumnsForNoOptions() {
        AnswerForm form = AnswerForm.parse(
                "@r[corr] where \"corr\" is a decimal number, the correlation of 'Height' and 'Weight'.", "");

        assertEquals(List.of(), form.fields().get(0).options());
    }

    @Test
    void roundsAsTheFormSays() {
        assertTrue(NamedAnswerCheck.roundsTo(1.005, 1.01, 2));
        assertTrue(NamedAnswerCheck.roundsTo(1.0049, 1.0, 2));
        assertFalse(NamedAnswerCheck.roundsTo(1.0151, 1.01, 2));
        assertFalse(NamedAnswerCheck.roundsTo(12, 13, 0));
    }
}
