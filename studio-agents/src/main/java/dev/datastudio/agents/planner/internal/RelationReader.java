package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Detail.TestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads what is asked about several columns together, or about the shape of one: tests, correlations and lines. */
final class RelationReader {
    private static final int MOST_COLUMNS = 30;
    private static final Set<TestKind> OF_NORMALITY =
            Set.of(TestKind.SHAPIRO_WILK, TestKind.DAGOSTINO_PEARSON, TestKind.KOLMOGOROV_SMIRNOV);

    private static final Pattern NORMAL = phrase(
            "(?:(?:adheres?|conforms?|follows?|following|comes? from|drawn from|has|have|is|are|fits?|like)(?: to| from)? )?(?:a )?(?:normally distributed|normal(?:ly)?(?: gaussian)? distribution|normality|gaussian(?: distribution)?|normalcy|normal|gaussian distributed)");
    private static final Pattern SKEWED = phrase(
            "(?:if yes ,? ?)?(?:(?:is|are|how|it|distribution|of|or) )*(?:positively |negatively |left |right )*(?:or )?(?:positively |negatively |left |right )?skewed(?: or| to)?(?: left| right)?");
    private static final Pattern DISTRIBUTION = phrase("distributions?(?: (?:of|values?|type))*");
    private static final Pattern SPREAD = phrase(
            "(?:explor(?:e|ing)|examin(?:e|ing)|analy[sz](?:e|ing)|show|plot|visuali[sz](?:e|ing)|describe|investigate|look at) distributions? of <cl>");
    private static final Pattern LEARNING = phrase("model|predict\\w*|train\\w*|split\\w*");
    private static final Pattern ASKS = phrase("which|what|list|columns? correlat\\w*|variables? correlat\\w*");
    private static final Pattern MATRIX = phrase("matrix");
    private static final Pattern BETWEEN = phrase("between");
    private static final Pattern COLUMN = phrase("<c>");
    private static final Pattern VALUE = phrase("<v>");
    /** "Smokers and non-smokers": the groups of one column. */
    private static final Pattern COUNTERPART = phrase("(?:and|or|vs|versus) non(?= §c)");

    private static final Pattern ALL_OTHERS = phrase(
            "(?:all (?:of )?|every |each )(?:other|remaining)(?: (?:numerical|numeric|continuous|quantitative))?(?: (?:variables?|columns?|features?|attributes?))?");
    private static final Pattern MAGNITUDE = phrase(
            "(?:and )?(?:take |select |choose |pick |report |return )?(?:variables?|ones?|pair)?(?: (?:which|that|with|has))*(?: highest| largest| greatest)(?: absolute)? (?:magnitude|values?)(?: of r| of correlation(?: coefficient)?)?(?: ignoring sign)?(?: is one with)?");
    private static final Pattern IT = phrase("(?:resulting|new|this|it|transformed|created)");
    private static final Pattern DIFFERENCE = phrase(
            "(?:statistically )?significant(?:ly)? (?:differen(?:ces?|t)|higher|lower|greater|larger)|differs? significantly|significantly differ");
    private static final Pattern EQUAL_VARIANCES = phrase(
            "(?:equal(?:ity of)?|same|homogene(?:ous|ity of)|homoscedasticity|unequal|different) ?variances?|variances? (?:are |is )?(?:equal|same|homogeneous)");
    private static final Pattern DEPENDENCE = phrase(
            "(?:statistically |significantly )?(?:independent|dependent|depends? (?:up)?on|associated|association|independence)(?: (?:of|from|on|with) (?:each other|each|one another)(?: other)?)?");
    private static final Pattern CORRELATION = phrase(
            "(?:(?:linear |significant |pearson |spearman |kendall |rank |product moment |tau |strong |monotonic |perform(?:ing)? |conduct )*(?:(?:auto)?correlat(?:ion|ions|e|es|ed|ing)|relations?hips?|relations?)(?: (?:coefficients?|analysis|matrix|values?|r|test|method))*|pearson|spearman|kendall)");
    private static final Pattern SCATTER = phrase(
            "(?:create |draw |make |generate |show |plot )?scatter ?(?:plot|chart|diagram|graph)? ?(?:of|between|for)? <cl>");
    private static final Pattern AMONG = phrase("(?:among|across|of|for|in|over|per)(?: all| all of| different)? <c>");
    private static final Pattern STRONGEST = phrase(
            "(?:strongest|highest|largest|most|greatest|maximum)(?: absolute| positive| negative| linear| pearson| spearman)*(?: correlat(?:ion|ed|ions)(?: coefficient)?)|most (?:strongly |highly )?correlated|correlates? (?:most|strongest)(?: strongly)?|most strongly");
    private static final Pattern ABOVE =
            phrase("(?:above|over|greater than|more than|of at least|at least|higher than|exceeding) <n>");
    private static final Pattern PAIR = phrase("(?:pairs?|two (?:variables|numeric(?:al)?))(?: of)?");
    private static final Pattern REGRESSION = phrase(
            "(?:(?:fit(?:ting)? |build(?:ing)? |create |train |conduct |perform )?(?:simple )?(?:linear |ols |ordinary |least squares )*regression(?: line| model| analysis)?|least squares line|line of best fit|linear model)");
    private static final Pattern EXPLAINED = phrase(
            "(?:predict(?:s|ing)?|regress(?:ing)?|explain(?:s|ing)?|(?:regression|line|model) (?:of|for)) <c>(?: (?:based on|from|by|on|using|with|against|as function of|explained by))+ <c>|<c> (?:as|is)(?: being)? (?:dependent|response|target|outcome|explained)(?: variable)?(?: ,)?(?: and| with)? <c> (?:as|is) (?:independent|predictor|explanatory|explaining|input)(?: variable| feature)?");
    private static final Pattern ROLES_TURNED = phrase(
            "<c> (?:as|is)(?: being)? (?:independent|predictor|explanatory|explaining|input)(?: variable| feature)?(?: ,)?(?: and| with)? <c> (?:as|is) (?:dependent|response|target|outcome|explained)(?: variable)?");
    private static final Pattern ON = phrase("<c> (?:on|against|versus|by|and|as function of|explained by) <c>");
    private static final Pattern AT = phrase(
            "(?:predicted(?: value)?|prediction|what would)?[^.]{0,30}?(?:at|for|when|if|where|with) <c> (?:of|is|=|equals|equal to) <n>");
    private static final Pattern SPLIT = phrase(
            "(?:train(?:ing)?|test(?:ing)? set|split(?:ting)?|random(?: state| seed)?|cross validation|forest|decision tree|classif\\w+|cluster\\w*|neural|logistic)");
    private static final Pattern UNSPLIT = phrase(
            "(?:without (?:any )?(?:train(?:ing)? test )?split(?:ting)?|do not split)(?: (?:up|data|rows|it|into|training|train|and|testing|test|sets?))*");
    private static final Pattern OF_THE_LINE = phrase(
            "(?:of |from )?(?:fitted |resulting |this )?(?:model|line|equation|regression)|how much of (?:total )?(?:variance|variation)(?: (?:in|of) <c>)?(?: (?:does|is|can|be|model|line|explain|explains|explained|by|regression))*|(?:by |using |with )?(?:ordinary )?least squares|ols|(?:fit|build|train)(?= )");
    private static final Pattern COEFFICIENT = phrase("(?:correlation )?coefficients?|r value");
    private static final Pattern TRANSFORMED = phrase(
            "(?:both |these |two )*(?:log )?(?:transformed|scaled|normali[sz]ed|standardi[sz]ed|resulting)(?: (?:values?|variables|features|versions|data|scores))*");
    private static final Pattern GROUPS_OF = phrase(
            "(?:between |across |among |for |of |in )*(?:both |two |three |four |five |all |these |different |independent )*(?:groups?|categories|levels|classes|samples?|types|means?)(?: (?:of|in|defined by|based on|by|according to))?(?= §c|[ ·,]| $)|(?:two|three|four|five)(?= §c)");
    private static final Pattern DIFFERS = phrase(
            "(?:significantly )?(?:differ(?:s|ed|ent|ences?)?|compare[sd]?|comparing|comparison|vary|varies|same|equal)(?: significantly)?");
    private static final Pattern FIT = phrase(
            "r squared|coefficient of determination|slope|intercept|rmse|root mean squared? error|goodness of fit");

    private final Sentence sentence;
    private final Request request;

    RelationReader(Sentence sentence, Request request) {
        this.sentence = sentence;
        this.request = request;
    }

    /** @param named the test that the sentence names */
    void read(Optional<TestKind> named) {
        sentence.takeAll(UNSPLIT);
        if (sentence.has(SPLIT) && (sentence.has(REGRESSION) || sentence.has(LEARNING))) {
            request.refuse("A model that is trained and tested on random parts of the rows can't be computed the same"
                    + " way twice here; train it with the learning tools instead.");
            return;
        }
        rowKeys();
        List<ColumnEntry> columns = columns();
        boolean normal = sentence.has(NORMAL);
        if (normal && !columns.isEmpty() && named.map(OF_NORMALITY::contains).orElse(true)) {
            List<ColumnEntry> quantities =
                    columns.stream().filter(ColumnEntry::isNumeric).toList();
            quantities.forEach(
                    c -> request.add(new RequestTask.Normality(List.of(request.current(c)), Condition.always())));
            sentence.takeAll(NORMAL);
        } else if (normal
                && columns.isEmpty()
                && sentence.has(IT)
                && request.lastDerived().isPresent()) {
            request.add(new RequestTask.Normality(List.of(request.lastDerived().get()), Condition.always()));
            sentence.takeAll(NORMAL);
            sentence.takeAll(IT);
        } else if (sentence.has(REGRESSION) || sentence.has(EXPLAINED)) {
            line(columns);
        } else if (isTest(named, columns)) {
            test(named.orElse(TestKind.AUTO), columns);
        } else if (sentence.has(SKEWED) && isOneNumber(columns)) {
            request.add(new RequestTask.Describe(
                    List.of("skewness"),
                    columns.stream().map(request::current).toList(),
                    List.of(),
                    Condition.always(),
                    false));
            sentence.takeAll(COLUMN);
        } else if (sentence.has(CORRELATION) || sentence.has(STRONGEST) || sentence.has(SCATTER)) {
            correlation(columns);
        }
        if (named.isPresent() || request.tasks().stream().anyMatch(RequestTask.Normality.class::isInstance)) {
            sentence.takeAll(NORMAL);
        }
        sentence.takeAll(CORRELATION);
        if (request.tasks().stream().anyMatch(RequestTask.Correlate.class::isInstance)) {
            take(MAGNITUDE, STRONGEST, COEFFICIENT);
        }
        if (request.tasks().stream().anyMatch(RequestTask.Line.class::isInstance)) {
            take(REGRESSION, FIT, OF_THE_LINE);
        }
        if (request.tasks().stream().anyMatch(RelationReader::isOfShape)) {
            sentence.takeAll(SKEWED);
            sentence.takeAll(DISTRIBUTION);
        }
        spread();
    }

    private static boolean isOneNumber(List<ColumnEntry> columns) {
        return columns.size() == 1 && columns.get(0).isNumeric();
    }

    private static boolean isOfShape(RequestTask task) {
        return task instanceof RequestTask.Normality
                || task instanceof RequestTask.Spread
                || (task instanceof RequestTask.Describe d
                        && (d.statistics().contains("skewness")
                                || d.statistics().contains("kurtosis")));
    }

    /** "Among countries" in a table of countries are all its rows. */
    private void rowKeys() {
        long rows = request.decisions().index().dataset().rowCount();
        Optional<MatchResult> found = sentence.find(AMONG);
        if (found.isPresent()) {
            ColumnEntry column = request.column(sentence.item(found.get().group(1)), c -> true);
            boolean isKey = !column.isNumeric() && column.column().distinctCount() >= rows && rows > 0;
            if (isKey) {
                sentence.take(AMONG);
            }
        }
    }

    private void spread() {
        for (MatchResult found : sentence.takeAll(SPREAD)) {
            List<ColumnEntry> columns = sentence.all(found.group(), 'c').stream()
                    .map(i -> request.current(request.column(i, c -> true)))
                    .toList();
            request.add(new RequestTask.Spread(columns, Condition.always()));
        }
    }

    private List<ColumnEntry> columns() {
        List<ColumnEntry> columns = new ArrayList<>();
        sentence.columns().forEach(i -> columns.add(request.column(i, c -> true)));
        return columns.stream().distinct().toList();
    }

    private boolean isTest(Optional<TestKind> named, List<ColumnEntry> columns) {
        boolean dependence = sentence.has(DEPENDENCE) && columns.size() == 2;
        boolean grouped = columns.stream().anyMatch(ColumnEntry::isQuantity)
                && (columns.stream().anyMatch(c -> !c.isQuantity() || c.isFlag())
                        || !sentence.values().isEmpty());
        boolean differs = request.namesTest && grouped && sentence.has(DIFFERS);
        boolean intent = differs || sentence.has(DIFFERENCE) || sentence.has(EQUAL_VARIANCES) || dependence;
        boolean enough = !columns.isEmpty() || !sentence.values().isEmpty();
        return (named.isPresent() || intent) && enough;
    }

    private void test(TestKind named, List<ColumnEntry> columns) {
        TestKind kind = named == TestKind.AUTO && sentence.has(EQUAL_VARIANCES) ? TestKind.LEVENE : named;
        sentence.takeAll(COUNTERPART);
        ColumnEntry grouping = null;
        Condition filter = Condition.always();
        List<Item> values = sentence.values();
        if (!values.isEmpty()) {
            ValueMatch first = request.decisions().value(values.get(0), c -> true);
            grouping = first.column();
            filter = oneOf(first, values);
        }
        List<ColumnEntry> quantities = new ArrayList<>();
        List<ColumnEntry> groups = new ArrayList<>(grouping == null ? List.of() : List.of(grouping));
        for (ColumnEntry column : columns) {
            boolean isGroup = !column.isQuantity()
                    || (column.isFlag() && columns.stream().anyMatch(c -> c.isQuantity() && !c.isFlag()));
            (isGroup ? groups : quantities).add(column);
        }
        List<ColumnEntry> distinct = groups.stream().distinct().toList();
        if (quantities.size() == 2 && distinct.isEmpty() && kind == TestKind.CHI_SQUARE) {
            request.add(new RequestTask.Test(kind, List.of(), quantities, filter));
        } else {
            request.add(new RequestTask.Test(
                    kind, quantities.stream().map(request::current).toList(), distinct, filter));
        }
        take(DIFFERENCE, EQUAL_VARIANCES, DEPENDENCE, DIFFERS, GROUPS_OF);
        takeMentions();
    }

    private Condition oneOf(ValueMatch first, List<Item> values) {
        var constants = values.stream()
                .flatMap(i -> i.values().stream()
                        .filter(v -> v.column().equals(first.column()))
                        .limit(1))
                .map(v -> new dev.datastudio.core.analysis.Expression.Constant(v.stored()))
                .distinct()
                .toList();
        if (constants.size() < values.size()) {
            request.refuse("The groups that are named are not of one column.");
        }
        return constants.size() < 2
                ? new Condition.Comparison(first.column().ref(), Condition.Comparator.EQUAL, constants.get(0))
                : new Condition.OneOf(first.column().ref(), constants);
    }

    private void correlation(List<ColumnEntry> named) {
        List<ColumnEntry> columns = named.stream()
                .filter(ColumnEntry::isNumeric)
                .map(request::current)
                .distinct()
                .toList();
        boolean strongest = sentence.has(STRONGEST);
        Optional<MatchResult> above = sentence.find(ABOVE);
        boolean lists = sentence.has(ASKS);
        boolean others = !sentence.takeAll(ALL_OTHERS).isEmpty();
        Optional<ColumnEntry> made = columns.size() == 1 && !strongest ? request.lastDerived() : Optional.empty();
        if (named.size() > columns.size() && !named.isEmpty()) {
            return;
        }
        if (columns.isEmpty()
                && sentence.has(TRANSFORMED)
                && request.transformed().size() == 2) {
            add(request.transformed(), Detail.Layout.MATRIX, 0, Optional.empty());
            take(TRANSFORMED);
            return;
        }
        if (columns.size() == 1 && others) {
            add(withOthers(columns.get(0)), Detail.Layout.WITH_FIRST, 0, above);
        } else if (columns.size() == 1 && (strongest || (above.isPresent() && lists))) {
            add(withOthers(columns.get(0)), Detail.Layout.WITH_FIRST, strongest ? 1 : 0, above);
        } else if (columns.isEmpty() && (strongest || (above.isPresent() && sentence.has(PAIR)))) {
            add(quantities(), Detail.Layout.PAIRS, strongest ? 1 : 0, above);
        } else if (columns.isEmpty() && sentence.has(MATRIX)) {
            add(quantities(), Detail.Layout.MATRIX, 0, Optional.empty());
        } else if (columns.size() > 1) {
            add(columns, strongest ? Detail.Layout.PAIRS : Detail.Layout.MATRIX, strongest ? 1 : 0, Optional.empty());
        } else if (columns.size() == 1 && made.isPresent() && !made.get().equals(columns.get(0))) {
            add(List.of(made.get(), columns.get(0)), Detail.Layout.MATRIX, 0, Optional.empty());
        } else {
            return;
        }
        take(SCATTER, STRONGEST, PAIR, MAGNITUDE);
        sentence.takeAll(COLUMN);
    }

    private void add(List<ColumnEntry> columns, Detail.Layout layout, int most, Optional<MatchResult> above) {
        double least = above.map(a -> sentence.number(a.group(1))).orElse(0.0);
        above.ifPresent(a -> sentence.takeAll(ABOVE));
        if (least < 0 || least > 1) {
            request.refuse("A coefficient of correlation lies between -1 and 1.");
            return;
        }
        request.add(new RequestTask.Correlate(columns, layout, most, least, Condition.always()));
    }

    private List<ColumnEntry> quantities() {
        return request.decisions().index().columns().stream()
                .filter(ColumnEntry::isQuantity)
                .limit(MOST_COLUMNS)
                .toList();
    }

    private List<ColumnEntry> withOthers(ColumnEntry first) {
        List<ColumnEntry> columns = new ArrayList<>(List.of(first));
        quantities().stream().filter(c -> !c.equals(first)).forEach(columns::add);
        return columns;
    }

    private void line(List<ColumnEntry> columns) {
        Optional<MatchResult> explained = sentence.find(EXPLAINED).or(() -> sentence.find(ON));
        boolean rolesTurned = sentence.find(ROLES_TURNED).isPresent();
        List<ColumnEntry> quantities = columns.stream()
                .filter(ColumnEntry::isNumeric)
                .map(request::current)
                .distinct()
                .toList();
        if (quantities.isEmpty()) {
            take(REGRESSION, FIT);
            return;
        }
        if (quantities.size() != 2) {
            request.refuse("A line explains one column by one other; " + quantities.size() + " are named.");
            return;
        }
        boolean turned = rolesTurned
                || explained
                        .map(e -> e.group(1) != null ? e.group(1) : e.group(3))
                        .map(e -> request.current(request.quantity(sentence.item(e)))
                                .equals(quantities.get(1)))
                        .orElse(false);
        boolean relates = explained.isEmpty() || (sentence.has(BETWEEN) && !sentence.has(EXPLAINED));
        ColumnEntry y = turned ? quantities.get(1) : quantities.get(relates ? 1 : 0);
        ColumnEntry x = y.equals(quantities.get(0)) ? quantities.get(1) : quantities.get(0);
        Detail detail = sentence.take(AT)
                .<Detail>map(a -> new Detail.Prediction(sentence.number(a.group(2))))
                .orElse(new Detail.None());
        request.add(new RequestTask.Line(y, x, detail, Condition.always()));
        take(REGRESSION, EXPLAINED, ROLES_TURNED, FIT);
        sentence.takeAll(COLUMN);
    }

    private void take(Pattern... patterns) {
        for (Pattern pattern : patterns) {
            sentence.takeAll(pattern);
        }
    }

    /** Every column and value of the sentence is part of its task. */
    private void takeMentions() {
        sentence.takeAll(COLUMN);
        sentence.takeAll(VALUE);
    }
}
