package dev.datastudio.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

/**
 * What every {@link ChartRenderer} must do. A renderer's test extends this class and makes its subject in
 * {@link #createRenderer()}; kinds and formats that it doesn't declare are proved to be refused.
 */
public abstract class ChartRendererContract {
    private static final ChartText TEXT = ChartText.of("Sales by Region")
            .withSubtitle("Superstore, 2018 and 2019")
            .withNote("3 missing values left out");
    private static final List<String> CATEGORIES = List.of("Central", "East", "South", "West");
    private static final List<String> HOSTILE = List.of(
            "<script>alert('x')</script>",
            "a & b \"quoted\" ]]> <!-- ",
            "bell\u0007 null\u0000 tab\t line\n",
            "\u202Eturned around",
            "مرحبا بالعالم",
            "😀👩‍👩‍👧",
            "\uD800 half a character \uFFFF",
            "x".repeat(300),
            "");
    private static final ChartStyle SMALL = new ChartStyle(480, 320, 1.5, Locale.ENGLISH);

    private ChartRenderer renderer;

    /** Makes the subject under test; called before each test and again within tests. */
    protected abstract ChartRenderer createRenderer();

    @BeforeEach
    void makeTheRenderer() {
        renderer = createRenderer();
    }

    @Test
    void hasANameFormatsAndKinds() {
        assertFalse(renderer.name().isBlank());
        assertFalse(renderer.formats().isEmpty());
        assertFalse(renderer.kinds().isEmpty());
    }

    @Test
    void theSamplesCoverEveryKindThereIs() {
        Set<Class<?>> kinds = Set.of(Chart.class.getPermittedSubclasses());

        assertEquals(kinds, SampleCharts.filled(TEXT, CATEGORIES).keySet());
        assertEquals(kinds.size(), SampleCharts.empty(TEXT).size());
    }

    @Test
    void drawsEveryKindAsAPngOfTheAskedSizeWithSomethingOnIt() throws IOException {
        for (Chart chart : drawable(ChartFormat.PNG, TEXT, CATEGORIES)) {
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(renderer.render(chart, ChartFormat.PNG, SMALL)));

            assertEquals(720, image.getWidth(), chart.kind());
            assertEquals(480, image.getHeight(), chart.kind());
            assertTrue(inkShare(image) > 0.01, chart.kind() + " is nearly blank");
            assertTrue(colours(image) > 20, chart.kind() + " is not smooth");
        }
    }

    @Test
    void drawsEveryKindAsXmlWithoutScriptsAndReferences() throws Exception {
        for (Chart chart : drawable(ChartFormat.SVG, TEXT, CATEGORIES)) {
            Document svg = parse(renderer.render(chart, ChartFormat.SVG, SMALL));

            assertEquals("svg", svg.getDocumentElement().getLocalName());
            assertTrue(svg.getDocumentElement().getTextContent().contains("Sales by Region"), chart.kind());
            assertTrue(svg.getElementsByTagNameNS("*", "desc").getLength() > 0, chart.kind() + " has no description");
            assertHarmless(svg);
        }
    }

    @Test
    void drawsAnyTextAsTextAndNeverAsMarkup() throws Exception {
        ChartText hostile = ChartText.of(HOSTILE.get(0))
                .withSubtitle(HOSTILE.get(1))
                .withNote(HOSTILE.get(2))
                .withAltText(HOSTILE.get(0));
        for (Chart chart : drawable(ChartFormat.SVG, hostile, HOSTILE)) {
            Document svg = parse(renderer.render(chart, ChartFormat.SVG, ChartStyle.DEFAULT));

            assertTrue(svg.getDocumentElement().getTextContent().contains("<script>"), chart.kind());
            assertHarmless(svg);
        }
        for (Chart chart : drawable(ChartFormat.PNG, hostile, HOSTILE)) {
            assertTrue(renderer.render(chart, ChartFormat.PNG, SMALL).length > 1000);
        }
    }

    @Test
    void givesTheSameBytesForTheSameChart() {
        for (ChartFormat format : renderer.formats()) {
            for (Chart chart : drawable(format, TEXT, CATEGORIES)) {
                assertArrayEquals(
                        renderer.render(chart, format, SMALL),
                        createRenderer().render(chart, format, SMALL),
                        chart.kind());
            }
        }
    }

    @Test
    void drawsOnSeveralThreadsAtOnce() throws Exception {
        ChartFormat format = renderer.formats().iterator().next();
        Chart chart = drawable(format, TEXT, CATEGORIES).get(0);
        byte[] expected = renderer.render(chart, format, SMALL);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<byte[]>> work = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                work.add(() -> renderer.render(chart, format, SMALL));
            }
            for (Future<byte[]> done : threads.invokeAll(work)) {
                assertArrayEquals(expected, done.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void drawsChartsWithoutValues() {
        for (ChartFormat format : renderer.formats()) {
            for (Chart chart : SampleCharts.empty(TEXT)) {
                if (renderer.kinds().contains(chart.getClass())) {
                    assertTrue(renderer.render(chart, format, SMALL).length > 300, chart.kind());
                }
            }
        }
    }

    @Test
    void drawsTheSmallestAndTheLargestSize() {
        for (ChartFormat format : renderer.formats()) {
            for (Chart chart : drawable(format, TEXT, CATEGORIES)) {
                assertTrue(renderer.render(chart, format, SMALL.withSize(200, 150)).length > 300, chart.kind());
            }
            Chart chart = drawable(format, TEXT, CATEGORIES).get(0);
            assertTrue(renderer.render(chart, format, SMALL.withSize(4000, 4000).withScale(0.5)).length > 300);
        }
    }

    @Test
    void refusesWhatItDoesNotDeclare() {
        for (Chart chart : SampleCharts.filled(TEXT, CATEGORIES).values()) {
            for (ChartFormat format : ChartFormat.values()) {
                boolean declared = renderer.kinds().contains(chart.getClass())
                        && renderer.formats().contains(format);
                if (!declared) {
                    StudioException refusal =
                            assertThrows(StudioException.class, () -> renderer.render(chart, format, SMALL));
                    assertEquals(ErrorCode.CHART_UNSUPPORTED, refusal.code());
                }
            }
        }
    }

    /** The samples that the renderer declares, or none when it lacks the format. */
    private List<Chart> drawable(ChartFormat format, ChartText text, List<String> categories) {
        List<Chart> charts = new ArrayList<>();
        for (Chart chart : SampleCharts.filled(text, categories).values()) {
            if (renderer.formats().contains(format) && renderer.kinds().contains(chart.getClass())) {
                charts.add(chart);
            }
        }
        return charts;
    }

    private static Document parse(byte[] svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static void assertHarmless(Document svg) {
        Set<String> dangerous = Set.of("script", "foreignobject", "image", "use", "a", "iframe", "style");
        NodeList elements = svg.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            assertFalse(dangerous.contains(element.getLocalName().toLowerCase(Locale.ROOT)), element.getLocalName());
            NamedNodeMap attributes = element.getAttributes();
            for (int a = 0; a < attributes.getLength(); a++) {
                String name = attributes.item(a).getNodeName().toLowerCase(Locale.ROOT);
                assertFalse(name.startsWith("on") || name.endsWith("href"), name);
                assertFalse(attributes.item(a).getNodeValue().contains("url("), name);
            }
        }
    }

    private static double inkShare(BufferedImage image) {
        long ink = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                ink += (image.getRGB(x, y) & 0xFFFFFF) != 0xFFFFFF ? 1 : 0;
            }
        }
        return (double) ink / image.getWidth() / image.getHeight();
    }

    private static int colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours.size();
    }
}
