package dev.datastudio.agents.chat.internal;

import dev.datastudio.agents.chat.Routing;
import dev.datastudio.agents.chat.Routing.By;
import dev.datastudio.agents.chat.Routing.Choice;
import dev.datastudio.agents.chat.Routing.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who answers when no model chooses. The first rule that fits takes the question:
 *
 * <ol>
 *   <li>neural networks and deep learning: the ML engineer
 *   <li>training, predicting, statistical tests, effects and significance: the data scientist
 *   <li>SQL, or a question for figures about a database: the SQL expert
 *   <li>charts: the visualisation expert
 *   <li>documents, or a question without any source: the RAG assistant, where there are tools for documents
 *   <li>everything else: the data analyst
 * </ol>
 *
 * <p>A question about data that speaks of documents too goes to both, at the same time. Where documents were chosen beside
 * data and the question does not speak of them, the one who answers from the data looks into them when the data hold no
 * answer.
 */
final class RoutingRules {
    static final String RAG = "rag_assistant";
    static final String ANALYST = "data_analyst";
    private static final String SQL = "sql_expert";

    private record Rule(String agent, Pattern words, String why) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "ml_engineer",
                    words("neural|deep learning|lstm|cnn|transformer|epochs?|neuronale?s?|réseau de neurones"),
                    "it is about neural networks"),
            new Rule(
                    "data_scientist",
                    words(
                            "train|predict\\w*|forecast\\w*|classif\\w+|cluster\\w*|regress\\w+|model(?:s|ling)?|feature importance"
                                    + "|hypothes\\w+|significan\\w+|p[- ]?values?|t[- ]?tests?|anova|chi[- ]?squared?|confidence interval"
                                    + "|vorhersag\\w+|signifikan\\w+|prédi\\w+"),
                    "it asks for a test or a model"),
            new Rule(SQL, words("sql|quer(?:y|ies)|select|join(?:s|ed)?|abfrage|requête"), "it asks for a query"),
            new Rule(
                    "visualization_expert",
                    words(
                            "charts?|plots?|graphs?|draw|visuali[sz]\\w*|histograms?|scatter|heat ?map|pie|bars?|diagramm\\w*"
                                    + "|graphique"),
                    "it asks for a picture"));
    private static final Pattern DOCUMENTS =
            words("documents?|pdfs?|reports?|contracts?|polic(?:y|ies)|manuals?|handbook|pages?"
                    + "|guidelines?|according to|dokument\\w*|vertrag\\w*|bericht\\w*|rapports?|contrats?");
    private static final Pattern FIGURES =
            words("how many|how much|total|sum|average|mean|count|number of|top|highest|lowest"
                    + "|most|least|per|by|each|list|which|wie viele|combien");
    private static final String ABOUT_DOCUMENTS = "it is about documents";

    private RoutingRules() {}

    private static Pattern words(String alternatives) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}_])(?:" + alternatives + ")(?![\\p{L}\\p{N}_])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /**
     * What a question is about.
     *
     * @param hasSources whether it names data sets or databases
     * @param hasDatabase whether one of them is a database
     * @param hasDocuments whether there are tools for documents
     * @param isOfDocuments whether the documents were chosen to be asked too
     */
    record About(boolean hasSources, boolean hasDatabase, boolean hasDocuments, boolean isOfDocuments) {}

    /**
     * Chooses.
     *
     * @param before why rules choose; empty when there is nothing to say of it
     */
    static Routing choose(String question, About about, Set<String> agents, String before) {
        boolean documents = about.hasDocuments() && DOCUMENTS.matcher(question).find();
        if (documents && !about.hasSources()) {
            return routing(List.of(RAG), agents, question, before, ABOUT_DOCUMENTS);
        }
        List<String> chosen = new ArrayList<>();
        String why = "";
        for (Rule rule : RULES) {
            if (chosen.isEmpty() && rule.words().matcher(question).find()) {
                chosen.add(rule.agent());
                why = rule.why();
            }
        }
        if (chosen.isEmpty() && about.hasDatabase() && FIGURES.matcher(question).find()) {
            chosen.add(SQL);
            why = "it asks for figures of a database";
        }
        if (chosen.isEmpty() && !about.hasSources() && about.hasDocuments()) {
            return routing(
                    List.of(RAG), agents, question, before, "it is about no data set, and there may be documents");
        }
        if (chosen.isEmpty()) {
            chosen.add(ANALYST);
            why = "it is a question about data in general";
        }
        if (documents) {
            chosen.add(RAG);
            why += ", and " + ABOUT_DOCUMENTS;
        } else if (about.isOfDocuments() && about.hasDocuments()) {
            why += "; the documents are asked where the data hold no answer";
        }
        return routing(chosen, agents, question, before, why);
    }

    private static Routing routing(
            List<String> chosen, Set<String> agents, String question, String before, String why) {
        List<Choice> choices = chosen.stream()
                .filter(agents::contains)
                .map(agent -> new Choice(agent, question))
                .toList();
        String told = before + (before.isEmpty() ? "Chosen" : " Chosen instead") + " by the words of the question: "
                + why + ".";
        return new Routing(choices, Order.TOGETHER, By.RULES, told);
    }
}
