package dev.datastudio.rag.answer;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.core.model.internal.JsonQuestion.Asking;
import dev.datastudio.rag.answer.DocumentAnswer.Method;
import dev.datastudio.rag.answer.DocumentAnswer.Status;
import dev.datastudio.rag.answer.internal.Extracts;
import dev.datastudio.rag.answer.internal.FollowUpQuestions;
import dev.datastudio.rag.answer.internal.ModelReader;
import dev.datastudio.rag.answer.internal.QuestionLanguage;
import dev.datastudio.rag.answer.internal.QuestionWords;
import dev.datastudio.rag.answer.internal.Terms;
import dev.datastudio.rag.chunk.TokenCounter;
import dev.datastudio.rag.document.DocumentCatalog;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.retrieve.Retrieval;
import dev.datastudio.rag.retrieve.RetrievalRequest;
import dev.datastudio.rag.retrieve.RetrievedPassage;
import dev.datastudio.rag.retrieve.Retriever;
import dev.langchain4j.model.chat.ChatModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions out of the documents that a caller sees. Thread-safe.
 *
 * <p>With a model, the model writes the answer out of the passages that were found, and each of its quotes is looked up;
 * without one, the answer is made of the sentences that fit the question best. What a document says is never taken for an
 * order, by the built-in way because it follows none, by a model as far as it keeps to its instructions.
 */
public final class Answerer {
    private static final int MOST_EXCHANGES = 6;

    private final Retriever retriever;
    private final IndexName index;
    private final DocumentCatalog catalog;
    private final SearchFilter visible;
    private final TokenCounter tokens;
    private final @Nullable ModelReader reader;
    private final Terms terms = Terms.in("en");

    /**
     * Answers out of an index.
     *
     * @param catalog the documents that the caller sees; decides which versions count
     * @param visible lets through what the caller may see
     * @param tokens counts what a model is given
     * @param model writes the answers; null for none
     */
    public Answerer(
            Retriever retriever,
            IndexName index,
            DocumentCatalog catalog,
            SearchFilter visible,
            TokenCounter tokens,
            @Nullable ChatModel model) {
        this.retriever = Objects.requireNonNull(retriever, "retriever");
        this.index = Objects.requireNonNull(index, "index");
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.visible = Objects.requireNonNull(visible, "visible");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.reader = model == null ? null : new ModelReader(model);
    }

    /**
     * The passages that fit a question best.
     *
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} for a blank question, {@link ErrorCode#CANCELLED}, and
     *     what the index and the embedder throw
     */
    public List<Evidence> search(String question, AnswerOptions options) {
        return evidence(question, retrieve(question, options));
    }

    /**
     * The answer to a question.
     *
     * @throws StudioException as {@link #search}, and {@link ErrorCode#MODEL_FAILED}, {@link ErrorCode#MODEL_REFUSED},
     *     {@link ErrorCode#MODEL_ANSWER_INVALID} of a model
     */
    public DocumentAnswer answer(String question, AnswerOptions options) {
        AtomicInteger spent = new AtomicInteger();
        Asking asking = new Asking("The model that answers from documents", options.cancellation(), spent::addAndGet);
        String alone = standAlone(question, options, asking);
        Retrieval found = retrieve(alone, options);
        List<Evidence> evidence = evidence(alone, found);
        if (!Answerability.mayAnswer(alone, found, evidence)) {
            return nothing(alone, evidence, spent.get());
        }
        return reader == null
                ? extract(alone, evidence, spent.get())
                : read(reader, alone, within(evidence, options.contextTokens()), asking, spent);
    }

    private String standAlone(String question, AnswerOptions options, Asking asking) {
        List<Exchange> before = options.before();
        if (before.isEmpty()) {
            return question;
        }
        List<Exchange> end = before.subList(Math.max(0, before.size() - MOST_EXCHANGES), before.size());
        return reader == null
                ? new FollowUpQuestions(terms).complete(question, end)
                : reader.rephrase(question, end, asking);
    }

    private Retrieval retrieve(String question, AnswerOptions options) {
        if (question.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "The question is empty", "Ask for something that documents may say");
        }
        SearchFilter filter = options.documents().isEmpty()
                ? visible
                : SearchFilter.all(visible, DocumentPassage.of(options.documents()));
        RetrievalRequest request = RetrievalRequest.of(question)
                .language(QuestionLanguage.of(question))
                .filter(filter)
                .limit(options.passages());
        return SettledRetrieval.of(
                catalog, live -> retriever.retrieve(index, request.live(live), options.cancellation()));
    }

    private List<Evidence> evidence(String question, Retrieval found) {
        QuestionWords words = new QuestionWords(question);
        List<Evidence> evidence = new ArrayList<>();
        for (RetrievedPassage each : found.passages()) {
            Map<SearchIndex.Retriever, Double> scores = new EnumMap<>(SearchIndex.Retriever.class);
            each.found().forEach((by, place) -> scores.put(by, place.score()));
            DocumentPassage passage = DocumentPassage.of(each.passage());
            evidence.add(new Evidence(passage, each.score(), scores, highlights(passage, words)));
        }
        return evidence;
    }

    private List<Evidence.Highlight> highlights(DocumentPassage passage, QuestionWords words) {
        return words.in(passage.text(), passage.language()).stream()
                .map(occurrence -> new Evidence.Highlight(occurrence.from(), occurrence.to()))
                .toList();
    }

    /** The first ones that a model is given room for, at least one. */
    private List<Evidence> within(List<Evidence> evidence, int most) {
        List<Evidence> given = new ArrayList<>();
        int used = 0;
        for (Evidence each : evidence) {
            used += tokens.count(each.passage().context())
                    + tokens.count(each.passage().text());
            if (used > most && !given.isEmpty()) {
                break;
            }
            given.add(each);
        }
        return given;
    }

    private static DocumentAnswer nothing(String question, List<Evidence> evidence, int spent) {
        return new DocumentAnswer(
                Status.NOT_IN_DOCUMENTS, Method.EXTRACT, question, List.of(), evidence, 0, spent, List.of());
    }

    private DocumentAnswer extract(String question, List<Evidence> evidence, int spent) {
        List<Statement> statements = new Extracts(new QuestionWords(question)).answer(evidence);
        Status status = statements.isEmpty() ? Status.NOT_IN_DOCUMENTS : Status.ANSWERED;
        return new DocumentAnswer(status, Method.EXTRACT, question, statements, evidence, 0, spent, List.of());
    }

    private static DocumentAnswer read(
            ModelReader reader, String question, List<Evidence> evidence, Asking asking, AtomicInteger spent) {
        ModelReader.Read read = reader.read(question, evidence, asking);
        if (!read.isAnswerable()) {
            return new DocumentAnswer(
                    Status.NOT_IN_DOCUMENTS,
                    Method.MODEL,
                    question,
                    List.of(),
                    evidence,
                    read.dropped(),
                    spent.get(),
                    List.of());
        }
        boolean isSupported = read.statements().stream().anyMatch(Statement::isSupported);
        return new DocumentAnswer(
                isSupported ? Status.ANSWERED : Status.NOT_SUPPORTED,
                Method.MODEL,
                question,
                isSupported ? read.statements() : List.of(),
                evidence,
                read.dropped(),
                spent.get(),
                warnings(read, isSupported));
    }

    private static List<String> warnings(ModelReader.Read read, boolean isSupported) {
        List<String> warnings = new ArrayList<>();
        if (read.dropped() > 0) {
            warnings.add(read.dropped() + " of the model's quotes are not in the passages and were left out.");
        }
        long bare = read.statements().stream()
                .filter(statement -> !statement.isSupported())
                .count();
        if (isSupported && bare > 0) {
            warnings.add(bare + " of the " + read.statements().size() + " statements rest on no quote.");
        }
        return warnings;
    }
}
