package dev.datastudio.app.document;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelUse;
import dev.datastudio.agents.model.Models;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.SearchIndex.Retriever;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.answer.AnswerOptions;
import dev.datastudio.rag.answer.Citation;
import dev.datastudio.rag.answer.DocumentAnswer;
import dev.datastudio.rag.answer.DocumentAnswer.Method;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.answer.Exchange;
import dev.datastudio.rag.answer.Statement;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Documents searched and asked. */
@RestController
@RequestMapping("/api/v1/documents")
@Tag(name = "documents")
@Needs(Scopes.DOCUMENT_GET)
class DocumentSearchController {
    private static final int REMEMBERED = 10;
    private static final int DEFAULT_HITS = 10;

    private final Studio studio;

    DocumentSearchController(Studio studio) {
        this.studio = studio;
    }

    /**
     * What to search for.
     *
     * @param query a question, or some words
     * @param limit how many hits at most, 1 to 50; 10 unless told
     * @param documentIds where to search; everywhere when absent
     */
    @Schema(name = "DocumentSearch")
    record Search(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String query,

            @Nullable Integer limit,
            @Nullable List<String> documentIds) {}

    /**
     * What was found, the best first.
     *
     * @param hits passages of documents
     */
    @Schema(name = "DocumentHits")
    record Hits(List<Hit> hits) {}

    /**
     * A passage that was found.
     *
     * @param documentId of which document
     * @param documentName its name
     * @param chunk the number of the passage
     * @param text exactly as in the document
     * @param pageFrom page of its first character; null when the format has none
     * @param pageTo page of its last character
     * @param from where it begins in the text of the document
     * @param to where it ends there, exclusive
     * @param score by which hits are in order; comparable within one search only
     * @param scores what each retriever gave
     * @param highlights where words of the question stand in the text
     */
    @Schema(name = "DocumentHit")
    record Hit(
            String documentId,
            String documentName,
            int chunk,
            String text,
            Optional<Integer> pageFrom,
            Optional<Integer> pageTo,
            long from,
            long to,
            double score,
            Scores scores,
            List<Span> highlights) {
        static Hit of(Evidence found) {
            return new Hit(
                    found.passage().key().version().document(),
                    found.passage().name(),
                    found.passage().key().ordinal(),
                    found.passage().text(),
                    Pages.known(found.passage().pageFrom()),
                    Pages.known(found.passage().pageTo()),
                    found.passage().from(),
                    found.passage().to(),
                    found.score(),
                    new Scores(
                            Optional.ofNullable(found.scores().get(Retriever.WORDS)),
                            Optional.ofNullable(found.scores().get(Retriever.MEANING))),
                    found.highlights().stream()
                            .map(each -> new Span(each.from(), each.to()))
                            .toList());
        }
    }

    /**
     * What each retriever gave; null when it did not find the passage.
     *
     * @param words BM25, from 0 up
     * @param meaning the cosine, -1 to 1
     */
    @Schema(name = "DocumentScores")
    record Scores(Optional<Double> words, Optional<Double> meaning) {}

    /**
     * A part of a text, in UTF-16 units from its beginning.
     *
     * @param from its first character
     * @param to behind its last character
     */
    @Schema(name = "TextSpan")
    record Span(int from, int to) {}

    @PostMapping("/search")
    @Operation(operationId = "searchDocuments", summary = "The passages that fit a question or some words best")
    Hits search(Caller caller, @RequestBody Search search) {
        AnswerOptions options =
                options(search.documentIds()).withPassages(search.limit() == null ? DEFAULT_HITS : search.limit());
        return new Hits(Documents.of(studio).as(caller).search(text(search.query()), options).stream()
                .map(Hit::of)
                .toList());
    }

    private static AnswerOptions options(@Nullable List<String> documents) {
        return documents == null ? AnswerOptions.DEFAULT : AnswerOptions.DEFAULT.about(documents);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * A question to documents.
     *
     * @param question in any words
     * @param conversationId the conversation that it goes on with, which keeps it
     * @param documentIds which documents are asked; all when absent
     * @param model the name of the configuration of the model that writes the answer; the active one when absent
     */
    @Schema(name = "DocumentQuestion")
    record Question(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String question,

            @Nullable String conversationId,
            @Nullable List<String> documentIds,
            @Nullable String model) {}

    /**
     * What the documents say.
     *
     * @param status whether there is an answer
     * @param text the answer; empty when there is none
     * @param statements the answer part by part, each with the numbers of what it rests on
     * @param citations the words of documents that it rests on, numbered from 1
     * @param extractive whether it is made of sentences of the documents, as no model wrote it
     * @param hits the passages that were found, also when they hold no answer
     * @param warnings what a reader should know
     * @param dropped how many quotes of a model were not in the documents, and were left out
     */
    @Schema(name = "DocumentAnswer")
    record Reply(
            @Schema(allowableValues = {"answered", "not_in_documents", "not_supported"})
            String status,

            String text,
            List<Part> statements,
            List<Source> citations,
            boolean extractive,
            List<Hit> hits,
            List<String> warnings,
            int dropped) {
        static Reply of(DocumentAnswer answer) {
            List<Source> sources = new ArrayList<>();
            List<Part> parts = new ArrayList<>();
            for (Statement statement : answer.statements()) {
                List<Integer> numbers = new ArrayList<>();
                for (Citation citation : statement.citations()) {
                    sources.add(Source.of(sources.size() + 1, citation));
                    numbers.add(sources.size());
                }
                parts.add(new Part(statement.text(), numbers));
            }
            return new Reply(
                    answer.status().name().toLowerCase(Locale.ROOT),
                    answer.text(),
                    parts,
                    sources,
                    answer.method() == Method.EXTRACT,
                    answer.evidence().stream().map(Hit::of).toList(),
                    answer.warnings(),
                    answer.droppedCitations());
        }
    }

    /**
     * A part of an answer.
     *
     * @param text one or a few sentences
     * @param citations the numbers of what it rests on
     */
    @Schema(name = "DocumentStatement")
    record Part(String text, List<Integer> citations) {}

    /**
     * Words of a document, found there letter by letter.
     *
     * @param number by which statements name it
     * @param documentId of which document
     * @param documentName its name
     * @param page that they stand on; null when the format has none
     * @param quote the words
     * @param from their first character in the text of the document
     * @param to behind their last character
     * @param chunk the number of the passage that they stand in
     */
    @Schema(name = "DocumentCitation")
    record Source(
            int number,
            String documentId,
            String documentName,
            Optional<Integer> page,
            String quote,
            long from,
            long to,
            int chunk) {
        static Source of(int number, Citation citation) {
            return new Source(
                    number,
                    citation.passage().key().version().document(),
                    citation.passage().name(),
                    Pages.known(citation.page()),
                    citation.quote(),
                    citation.from(),
                    citation.to(),
                    citation.passage().key().ordinal());
        }
    }

    @PostMapping("/ask")
    @Operation(
            operationId = "askDocuments",
            summary = "What the documents say to a question, each statement with the exact words that it rests on")
    Reply ask(Caller caller, @RequestBody Question question) {
        Conversations conversations = Conversations.of(studio.metadata(), caller);
        String asked = text(question.question());
        if (asked.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "There is no question", "Send what you want to know as 'question'");
        }
        String conversation = text(question.conversationId());
        List<Exchange> before =
                conversation.isEmpty() ? List.of() : exchanges(conversations.branch(conversation, REMEMBERED));
        DocumentAnswer answer = documents(caller, text(question.model()), conversation)
                .ask(asked, options(question.documentIds()).after(before));
        if (!conversation.isEmpty()) {
            conversations.add(conversation, Message.Role.USER, asked, "{}");
            conversations.add(conversation, Message.Role.ASSISTANT, answer.text(), "{}");
        }
        return Reply.of(answer);
    }

    /** Those of the caller, with the model of the caller to write answers, where there is one. */
    private Documents documents(Caller caller, String model, String conversation) {
        Documents documents = Documents.of(studio).as(caller);
        Models models = Models.of(studio).as(caller).in(ModelUse.NONE.inConversation(conversation));
        Optional<ModelConfig> config = model.isEmpty() ? models.configs().active() : Optional.of(models.config(model));
        return config.map(each -> documents.answeredBy(models.create(each))).orElse(documents);
    }

    private static List<Exchange> exchanges(List<Message> branch) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i + 1 < branch.size(); i++) {
            if (branch.get(i).role() == Message.Role.USER && branch.get(i + 1).role() == Message.Role.ASSISTANT) {
                exchanges.add(
                        new Exchange(branch.get(i).text(), branch.get(i + 1).text()));
            }
        }
        return exchanges;
    }
}
