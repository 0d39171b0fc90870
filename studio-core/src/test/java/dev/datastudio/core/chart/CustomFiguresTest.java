package dev.datastudio.core.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.testkit.chart.SampleCharts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomFiguresTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BARS = "{\"data\": [{\"type\": \"bar\", \"x\": [\"a\", \"b\"], \"y\": [1, 2.5]%s}]%s}";

    private static String refusal(String figure) {
        StudioException refused = assertThrows(StudioException.class, () -> CustomFigures.parse(figure), figure);
        assertEquals(ErrorCode.CHART_INVALID, refused.code());
        return refused.getMessage();
    }

    @Test
    void handsOnTheNumbersAsTheyAre() throws IOException {
        CustomChart chart = CustomFigures.parse(BARS.formatted(
                ", \"marker\": {\"color\": \"#ff0000\"}", ", \"layout\": {\"title\": \"H<sub>2</sub>O\"}"));

        JsonNode figure = JSON.readTree(PlotlyJson.of(chart));

        assertEquals("[1,2.5]", figure.path("data").get(0).path("y").toString());
        assertEquals("#ff0000", figure.at("/data/0/marker/color").asText());
        assertEquals("H<sub>2</sub>O", figure.at("/layout/title/text").asText());
        assertEquals("H2O", chart.text().title());
    }

    @Test
    void refusesUnknownAttributesWithTheNearestName() {
        String message =
                refusal(BARS.formatted(", \"markr\": {}, \"opacitty\": 1", ", \"layout\": {\"titel\": \"x\"}"));

        assertTrue(
                message.contains("'data[0].markr' is not allowed in a 'bar' trace; 'marker' is the nearest"), message);
        assertTrue(message.contains("'opacity' is the nearest"), message);
        assertTrue(message.contains("'layout.titel' is not allowed in a layout; 'title' is the nearest"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"customdata\": [1, 2]",
                "\"meta\": 1",
                "\"xsrc\": \"me:1\"",
                "\"transforms\": []",
                "\"name\": \"<a href='x'>y</a>\"",
                "\"name\": \"<img src=x onerror=alert(1)>\"",
                "\"name\": \"<\\u0000script>alert(1)</script>\"",
                "\"name\": \"<b onclick=alert(1)>x</b>\"",
                "\"name\": \"see http://example.org\"",
                "\"name\": \"java\\u0001script:alert(1)\"",
                "\"hovertemplate\": \"%{x} <a href=\\\"data:text/html,x\\\">\"",
                "\"text\": [\"ok\", \"//evil.example\"]",
                "\"text\": \"JaVaScRiPt : alert(1)\"",
                "\"marker\": {\"color\": \"url(#x)\"}",
                "\"marker\": {\"color\": [\"red\", \"expression(alert(1))\"]}",
                "\"marker\": {\"line\": {\"width\": 1e9}}",
                "\"xaxis\": \"x');alert(1)\"",
                "\"opacity\": 7",
                "\"width\": [1, \"wide\"]"
            })
    void refusesWhatCouldLinkLoadOrAct(String attribute) {
        refusal(BARS.formatted(", " + attribute, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"images\": [{\"source\": \"http://x\"}]",
                "\"updatemenus\": []",
                "\"sliders\": []",
                "\"template\": {}",
                "\"mapbox\": {}",
                "\"width\": 100000",
                "\"shapes\": [{\"type\": \"path\", \"path\": \"M0 0\"}]",
                "\"annotations\": [{\"text\": \"x\", \"clicktoshow\": \"onoff\"}]",
                "\"xaxis99\": {}",
                "\"xaxis\": {\"rangeslider\": {}}",
                "\"font\": {\"family\": \"<style>x</style>\"}"
            })
    void refusesLayoutsThatDoMoreThanShow(String attribute) {
        refusal(BARS.formatted("", ", \"layout\": {" + attribute + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"data\": []}",
                "{\"data\": {}}",
                "{\"data\": [1]}",
                "{\"data\": [{\"type\": \"scattermapbox\"}]}",
                "{\"data\": [{\"type\": \"image\"}]}",
                "{\"data\": [{\"type\": \"bar\", \"y\": [1], \"y\": [2]}]}",
                "{\"data\": [{\"type\": \"bar\", \"y\": [1]}], \"frames\": []}",
                "{\"data\": [{\"type\": \"bar\", \"y\": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}]}",
                "{\"data\": [{\"type\": \"bar\", \"y\": [NaN]}]}",
                "{\"data\": [{\"type\": \"bar\", \"y\": [1e999]}]}"
            })
    void refusesWhatIsNoFigure(String figure) {
        refusal(figure);
    }

    @Test
    void capsItsSize() {
        String trace = "{\"type\": \"bar\", \"y\": [1]}";
        assertTrue(refusal("{\"data\": [" + (trace + ", ").repeat(50) + trace + "]}")
                .contains("51 traces"));
        String many = "0,".repeat(200_001) + "0";
        assertTrue(refusal("{\"data\": [{\"type\": \"bar\", \"y\": [" + many + "]}]}")
                .contains("200000 values"));
        assertTrue(refusal("x".repeat(2_000_001)).contains("2000001"));
        assertTrue(refusal(BARS.formatted(", \"name\": \"" + "x".repeat(1001) + "\"", ""))
                .contains("longer than 1000"));
    }

    @Test
    void keepsSignsThatAreNoTagsAsText() throws IOException {
        CustomChart chart = CustomFigures.parse(BARS.formatted(", \"name\": \"p < 0.05 and $x$\"", ""));

        String name = JSON.readTree(PlotlyJson.of(chart)).at("/data/0/name").asText();

        assertEquals("p &lt; 0.05 and &#36;x&#36;", name);
        assertEquals(chart, CustomFigures.parse(chart.figure()));
    }

    @Test
    void neverHandsOnAFigureThatWasNotChecked() {
        CustomChart unchecked = new CustomChart(ChartText.of("x"), BARS.formatted(", \"customdata\": [1]", ""));

        assertThrows(StudioException.class, () -> PlotlyJson.of(unchecked));
        assertThrows(
                StudioException.class,
                () -> new Java2dChartRenderer().render(unchecked, ChartFormat.SVG, ChartStyle.DEFAULT));
    }

    @Test
    void drawsFiguresOfOneKindAndRefusesOthersByName() {
        Java2dChartRenderer renderer = new Java2dChartRenderer();
        for (String trace : List.of(
                "{\"type\": \"scatter\", \"mode\": \"markers\", \"x\": [1, 2], \"y\": [3, 4]}",
                "{\"type\": \"scatter\", \"x\": [\"2024-01-01\", \"2024-02-01\"], \"y\": [3, 4]}",
                "{\"type\": \"scatter\", \"fill\": \"tozeroy\", \"x\": [1, 2], \"y\": [3, 4]}",
                "{\"type\": \"histogram\", \"x\": [1, 2, 2, 3]}",
                "{\"type\": \"box\", \"y\": [1, 2, 2, 3]}",
                "{\"type\": \"violin\", \"name\": \"v\", \"y\": [1, 2, 2, 3]}",
                "{\"type\": \"heatmap\", \"z\": [[1, 2], [3, null]]}",
                "{\"type\": \"pie\", \"labels\": [\"a\", \"b\"], \"values\": [1, 2]}")) {
            CustomChart chart = CustomFigures.parse("{\"data\": [" + trace + "]}");
            assertTrue(renderer.render(chart, ChartFormat.SVG, ChartStyle.DEFAULT).length > 900, trace);
        }
        CustomChart funnel =
                CustomFigures.parse("{\"data\": [{\"type\": \"funnel\", \"x\": [2, 1], \"y\": [\"a\", \"b\"]}]}");
        StudioException refused =
                assertThrows(StudioException.class, () -> renderer.render(funnel, ChartFormat.PNG, ChartStyle.DEFAULT));
        assertEquals(ErrorCode.CHART_UNSUPPORTED, refused.code());
        assertTrue(refused.getMessage().contains("traces of the type 'funnel'"), refused.getMessage());
    }

    @Test
    void takesTheFiguresThatItWritesItself() {
        SampleCharts.filled(ChartText.of("Sales"), List.of("a", "b")).forEach((kind, chart) -> {
            if (!chart.kind().equals("custom")) {
                assertFalse(CustomFigures.parse(PlotlyJson.of(chart)).isEmpty(), chart.kind());
            }
        });
    }
}
