package dev.datastudio.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.Person;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a data set to a model, to predictions, to nothing (A5, A6, A22). */
class LearningPagesTest {
    private static final Pattern MODEL = Pattern.compile("/learning/[0-9a-f-]{36}");

    private final AppServer server = AppServer.shared();
    private final Person person = server.newPerson();
    private final Browsing browsing = Browsing.open(server, 1280, 900);

    @AfterEach
    void close() {
        browsing.close();
    }

    private static String items(int rows) {
        SplittableRandom random = new SplittableRandom(6);
        StringBuilder csv = new StringBuilder("size,age,grade,price\n");
        IntStream.range(0, rows).forEach(i -> {
            double size = random.nextDouble(30);
            csv.append(size).append(',').append(random.nextInt(20));
            csv.append(',')
                    .append(size > 15 ? "high" : "low")
                    .append(',')
                    .append(size * 3)
                    .append('\n');
        });
        return csv.toString();
    }

    private static Locator section(Page page, String title) {
        return page.locator("section")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(title).setExact(true))));
    }

    @Test
    void aModelIsTrainedLookedAtUsedAndDeleted() {
        browsing.signInAs(person);
        Page page = browsing.page("/learning");
        assertThat(page.getByText("No models yet")).isVisible();
        page.navigate("/learning/new");
        assertThat(page.getByText("There is nothing to learn from yet")).isVisible();
        Belongings.dataset(person, "items.csv", items(300));
        page.navigate("/learning/new");

        page.getByLabel("Column to predict").selectOption("grade");
        page.getByLabel("Kind of model").selectOption("random_forest");
        page.getByLabel("Name").fill("Grades");
        page.getByText("Parameters of Random forest").click();
        page.getByLabel("Trees").fill("25");
        page.getByText("Columns and judgement").click();
        page.getByLabel("price").uncheck();
        Browsing.expectAccessible(page);
        Browsing.button(page, "Train").click();

        page.waitForURL(MODEL);
        assertThat(page.getByText("better than the baseline")).isVisible();
        assertThat(section(page, "Spec")).containsText("\"trees\": 25");
        assertThat(section(page, "About")).containsText("size, age");
        assertThat(page.locator("figure")).hasCount(5);
        Locator one = section(page, "Predict one row");
        one.getByLabel("size").fill("29");
        Browsing.button(page, "Predict").click();
        assertThat(one.getByRole(AriaRole.STATUS)).containsText("grade: high");
        Locator all = section(page, "Predict a data set");
        all.getByLabel("Name of the new data set").fill("Graded");
        Browsing.button(page, "Predict all rows").click();
        assertThat(all.getByRole(AriaRole.STATUS)).containsText("see the rows");
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        Browsing.expectAccessible(page);
        page.setViewportSize(1280, 900);

        page.getByText("Train another").click();
        page.getByLabel("Column to predict").selectOption("grade");
        page.getByLabel("Kind of model").selectOption("best");
        page.getByLabel("How long to look, in seconds").fill("2");
        page.getByLabel("Name").fill("Grades");
        Browsing.button(page, "Train").click();
        page.waitForURL(Pattern.compile("/learning/[0-9a-f-]{36}\\?job="));
        assertThat(page.getByText("What was tried:")).isVisible();
        assertThat(section(page, "Versions").getByRole(AriaRole.ROW)).hasCount(3);

        Browsing.button(page, "Delete").click();
        page.locator("dialog[open]")
                .getByText("Delete", new Locator.GetByTextOptions().setExact(true))
                .click();
        page.waitForURL(Pattern.compile("/learning$"));
        assertThat(page.getByLabel("Trained models").getByRole(AriaRole.ROW)).hasCount(2);
        browsing.expectNoErrors();
    }

    /** One prediction explained, other rows compared, two models side by side, a model taken away or the reason why not. */
    @Test
    void aModelIsQuestionedBeforeItIsTrusted() {
        String id = Belongings.dataset(person, "items.csv", items(200));
        String forest =
                Belongings.trained(person, id, "{'target':'price','features':['size','age','grade']}", "Prices");
        Belongings.trained(person, id, "{'target':'price','algorithm':'nearest_neighbours'}", "Neighbours");
        Belongings.dataset(person, "later.csv", items(200).replace(",high,", ",great,"));
        browsing.signInAs(person);
        Page page = browsing.page("/learning/" + forest);

        Locator one = section(page, "Predict one row");
        one.getByLabel("size").fill("29");
        Browsing.button(page, "Predict").click();
        Browsing.button(page, "Why this prediction?").click();
        Locator why = page.getByLabel("Why this prediction").locator("li");
        assertThat(why).hasCount(3);
        assertThat(why.filter(new Locator.FilterOptions().setHasText("size = 29")))
                .containsText("+");

        page.getByLabel("Data set to compare").selectOption("later.csv");
        Browsing.button(page, "Compare its rows").click();
        Locator columns = page.getByLabel("Columns compared with those of training");
        assertThat(columns.getByRole(AriaRole.ROW)).hasCount(4);
        assertThat(columns.getByRole(AriaRole.ROW).nth(1)).containsText("is different");
        assertThat(columns.getByRole(AriaRole.ROW).nth(1)).containsText("new: great");
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        Browsing.expectAccessible(page);

        page.setViewportSize(1280, 900);
        Download onnx = page.waitForDownload(() -> taken(page, "Model as ONNX"));
        assertEquals("Prices.onnx", onnx.suggestedFilename());

        expectModelsThatAppear(page, id);
        page.getByLabel("Compare Prices, version 1").check();
        assertThat(page.getByText("Choose two or more")).isVisible();
        page.getByLabel("Compare Neighbours, version 1").press("Space");
        page.getByText("Compare 2 models").click();
        Locator beside = page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Models side by side"));
        assertThat(beside.getByRole(AriaRole.ROW)).hasCount(5);
        assertThat(beside.getByRole(AriaRole.ROW).nth(1)).containsText(" to ");
        assertThat(beside.getByRole(AriaRole.COLUMNHEADER).last()).hasText("Baseline");
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        Browsing.expectAccessible(page);
        page.setViewportSize(1280, 900);

        beside.getByText("Neighbours", new Locator.GetByTextOptions().setExact(true))
                .click();
        browsing.expectNoErrors();
        taken(page, "Model as ONNX");
        assertThat(page.locator("p").filter(new Locator.FilterOptions().setHasText("is not exportable")))
                .isVisible();
        page.navigate("/learning");
        comesBack(page, onnx);
    }

    /** A model stands in the list as soon as its training has ended, and a long name leaves room for how good it is. */
    private void expectModelsThatAppear(Page page, String dataset) {
        AtomicBoolean isOpen = new AtomicBoolean(true);
        page.route(
                "**/api/v1/trainings",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(
                                isOpen.get()
                                        ? "[{\"job\":{\"id\":\"" + dataset
                                                + "\",\"kind\":\"model.train\",\"state\":\"running\","
                                                + "\"message\":\"growing trees\",\"progress\":0.5},"
                                                + "\"name\":\"\",\"target\":\"price\",\"algorithm\":\"random_forest\"}]"
                                        : "[]")));
        page.navigate("/learning");
        assertThat(section(page, "Being trained")).containsText("price · Random forest");
        Locator list = page.getByLabel("Trained models");
        assertThat(list.getByRole(AriaRole.ROW)).hasCount(3);
        Belongings.trained(person, dataset, "{'target':'price','features':['age']}", "Late".repeat(50));
        isOpen.set(false);
        assertThat(list.getByRole(AriaRole.ROW)).hasCount(4);
        assertEquals(
                true, list.evaluate("table => table.parentElement.scrollWidth <= table.parentElement.clientWidth"));
        page.unroute("**/api/v1/trainings");
    }

    /** Groups of rows with a new data set, then a forecast that can't be made, with the reason. */
    @Test
    void aDatasetIsExplored() {
        Belongings.dataset(person, "items.csv", items(200));
        browsing.signInAs(person);
        Page page = browsing.page("/learning");
        page.getByText("Explore", new Page.GetByTextOptions().setExact(true)).click();
        page.getByLabel("How many groups").fill("2");
        page.getByLabel("Name of a new data set").fill("Items in groups");
        page.getByLabel("Keep as a model named").fill("Kinds");
        page.getByText("Columns: all that fit").click();
        page.getByLabel("size").check();
        page.getByLabel("price").check();
        Browsing.expectAccessible(page);
        Browsing.button(page, "Explore").click();

        assertThat(section(page, "What was found")).containsText("Found 2 groups among 200 rows");
        assertThat(page.locator("figure")).hasCount(2);
        assertThat(page.getByText("See the new data set")).isVisible();
        assertThat(page.getByLabel("Means and most frequent values of the groups"))
                .containsText("share of all");
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        Browsing.expectAccessible(page);

        page.getByText("Use the model on new rows").click();
        page.waitForURL(MODEL);
        assertThat(section(page, "What was found")).containsText("Group 1: ");
        assertThat(page.getByText("Baseline")).hasCount(0);
        Locator one = section(page, "Predict one row");
        one.getByLabel("size").fill("29");
        one.getByLabel("price").fill("87");
        Browsing.button(page, "Predict").click();
        assertThat(one.getByRole(AriaRole.STATUS)).containsText("This row: group ");
        Browsing.button(page, "Compare its rows").click();
        assertThat(section(page, "Do other rows look alike?").getByRole(AriaRole.STATUS))
                .containsText("200 rows were looked at");
        Browsing.expectNoSidewaysScrolling(page);
        page.getByText("Explore again").click();
        page.getByLabel("Look for").selectOption("forecast");
        Browsing.expectNoSidewaysScrolling(page);
        assertThat(page.getByText("has no column of dates or years")).isVisible();
        assertThat(Browsing.button(page, "Explore")).isDisabled();
        browsing.expectNoErrors();
    }

    /** A file that is none is refused in the dialog, the right one is chosen there and read. */
    private static void comesBack(Page page, Download onnx) {
        Locator file = page.getByLabel("ONNX file");
        file.setInputFiles(new FilePayload("notes.onnx", "application/octet-stream", "no model".getBytes(UTF_8)));
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByLabel("Name")).isFocused();
        page.keyboard().press("Enter");
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("is no ONNX file");
        page.setViewportSize(320, 700);
        Browsing.expectAccessible(page);
        page.setViewportSize(1280, 900);
        file.setInputFiles(onnx.path());
        dialog.getByLabel("Name").fill("Prices again");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile("/learning/[0-9a-f-]{36}$"));
        assertThat(section(page, "About")).containsText("size, age, grade");
        assertThat(page.getByText("Compare its rows")).hasCount(0);
    }

    private static void taken(Page page, String what) {
        Browsing.button(page, "Download").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(what))
                .click();
    }

    @Test
    void aTrainingIsWatchedAndCancelled() {
        browsing.signInAs(person);
        String dataset = Belongings.dataset(person, "many.csv", items(30_000));
        Page page = browsing.page("/learning/new?dataset=" + dataset);
        page.getByLabel("Column to predict").selectOption("price");
        page.getByLabel("Kind of model").selectOption("random_forest");
        page.getByText("Parameters of Random forest").click();
        page.getByLabel("Trees").fill("2000");
        Browsing.button(page, "Train").click();
        assertThat(page.getByText("Under way")).isVisible();
        JsonNode open = person.get("/api/v1/trainings").is(200).json().path(0);
        assertEquals("price", open.path("target").asString());
        assertEquals("random_forest", open.path("algorithm").asString());
        page.reload();
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        Browsing.expectAccessible(page);
        Browsing.button(page, "Cancel").click();
        assertThat(page.getByText("The training was cancelled")).isVisible();
        page.navigate("/learning");
        assertThat(page.getByText("No models yet")).isVisible();
        browsing.expectNoErrors();
    }

    /** A bright or a dark square somewhere, as a file of PNG. */
    private static byte[] picture(boolean isBright, int at) {
        BufferedImage image = new BufferedImage(12, 12, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 36; i++) {
            image.setRGB(at % 6 + i % 6, at / 6 + i / 6, isBright ? 0xffffff : 0x402010);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    void aNetworkReadsPicturesThatAreChosenAsFiles() {
        StringBuilder csv = new StringBuilder("number,photo,light\n");
        IntStream.range(0, 60)
                .forEach(i -> csv.append(i)
                        .append(',')
                        .append(Base64.getEncoder().encodeToString(picture(i % 3 == 0, i % 36)))
                        .append(i % 3 == 0 ? ",bright\n" : ",dark\n"));
        browsing.signInAs(person);
        String dataset = Belongings.dataset(person, "photos.csv", csv.toString());
        Page page = browsing.page("/learning/new?dataset=" + dataset);
        page.getByLabel("Column to predict").selectOption("light");
        page.getByLabel("Kind of model").selectOption("convolutional_network");
        page.getByLabel("What a row is").selectOption("picture");
        page.getByText("Parameters of Convolutional network").click();
        assertThat(page.getByLabel("Text length")).hasCount(0);
        page.getByLabel("Picture size").fill("12");
        page.getByLabel("Filters").fill("4");
        page.getByLabel("Hidden").fill("");
        page.getByLabel("Epochs").fill("30");
        page.getByLabel("Learning rate").fill("0.05");
        Browsing.expectAccessible(page);
        Browsing.button(page, "Train").click();
        page.waitForURL(MODEL);
        assertThat(section(page, "About")).containsText("photo");

        Locator one = section(page, "Predict one row");
        one.getByLabel("photo").setInputFiles(new FilePayload("bright.png", "image/png", picture(true, 15)));
        assertThat(one.getByRole(AriaRole.IMG)).isVisible();
        Browsing.button(page, "Predict").click();
        assertThat(one.getByRole(AriaRole.STATUS)).containsText("light: bright");
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        Browsing.expectAccessible(page);
        browsing.expectNoErrors();
    }

    @Test
    void anArchiveOfPicturesBecomesADataSet() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (int i = 0; i < 6; i++) {
                zip.putNextEntry(new ZipEntry((i % 2 == 0 ? "bright/" : "dark/") + i + ".png"));
                zip.write(picture(i % 2 == 0, i));
            }
        }
        browsing.signInAs(person);
        Page page = browsing.page("/learning/new");
        page.getByText("Pictures of this computer as a new data set").click();
        page.getByLabel("ZIP archive")
                .setInputFiles(new FilePayload("photos.zip", "application/zip", archive.toByteArray()));
        page.getByLabel("Points a side").fill("16");
        Browsing.expectAccessible(page);
        Browsing.button(page, "Make a data set").click();

        assertThat(page.getByLabel("Column to predict").getByRole(AriaRole.OPTION))
                .hasText(new String[] {"file", "picture", "of"});
        assertThat(page.getByLabel("Data set", new Page.GetByLabelOptions().setExact(true))
                        .getByRole(AriaRole.OPTION))
                .hasText(new String[] {"photos"});
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        browsing.expectNoErrors();
    }

    @Test
    void unusualRowsAreLearntWithoutATarget() {
        browsing.signInAs(person);
        String dataset = Belongings.dataset(person, "items.csv", items(120));
        Page page = browsing.page("/learning/new?dataset=" + dataset);
        List.of(
                        "Multilayer perceptron",
                        "Convolutional network",
                        "Recurrent network",
                        "Transformer",
                        "Residual network",
                        "Custom network",
                        "Autoencoder (unusual rows)",
                        "Generative network (new rows)")
                .forEach(kind -> assertThat(page.getByLabel("Kind of model")).containsText(kind));
        page.getByLabel("Kind of model").selectOption("autoencoder");
        assertThat(page.getByLabel("Column to predict")).hasCount(0);
        page.getByText("Parameters of Autoencoder").click();
        page.getByLabel("Epochs").fill("3");
        Browsing.button(page, "Train").click();
        page.waitForURL(MODEL);
        assertThat(section(page, "About")).containsText("whether a row is unusual");
        String autoencoder = page.url().replaceAll(".*/learning/([0-9a-f-]{36}).*", "$1");
        Locator one = section(page, "Predict one row");
        one.getByLabel("price").fill("9000");
        Browsing.button(page, "Predict").click();
        assertThat(one.getByRole(AriaRole.STATUS)).containsText("This row: unusual");

        page.getByText("Train another").click();
        page.getByLabel("Kind of model").selectOption("generative_network");
        assertThat(page.getByText("makes new ones that are like them")).isVisible();
        page.getByText("Parameters of Generative network").click();
        page.getByLabel("Epochs").fill("2");
        Browsing.button(page, "Train").click();
        page.waitForURL(Pattern.compile("/learning/(?!" + autoencoder + ")[0-9a-f-]{36}"));
        assertThat(section(page, "Predict one row")).hasCount(0);
        Locator make = section(page, "Make rows");
        assertThat(make).containsText("none of them is real");
        make.getByLabel("How many rows").fill("20");
        make.getByLabel("Name of the new data set").fill("Made items");
        Browsing.button(page, "Make rows").click();
        assertThat(make.getByRole(AriaRole.STATUS)).containsText("see the rows that were made");
        page.setViewportSize(320, 700);
        Browsing.expectNoSidewaysScrolling(page);
        Browsing.expectAccessible(page);
        browsing.expectNoErrors();
    }
}
