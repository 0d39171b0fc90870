package dev.datastudio.ml;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobError;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.job.RetryPolicy;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.upload.Upload;
import dev.datastudio.ml.drift.Drift;
import dev.datastudio.ml.internal.JobCheckpoints;
import dev.datastudio.ml.internal.TrainingData;
import dev.datastudio.ml.internal.TrainingJobJson;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.registry.internal.ModelStore;
import dev.datastudio.ml.train.Checkpoints;
import dev.datastudio.ml.train.Epoch;
import dev.datastudio.ml.tune.Try;
import dev.datastudio.ml.tune.Tuned;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Trainings in the background, in the queue for trainings, with progress and a way to cancel them.
 *
 * <pre>{@code
 * TrainingJobs jobs = TrainingJobs.of(studio);
 * JobId job = jobs.submit(studio.caller(), TrainingRequest.of(sales, TrainingSpec.predicting("profit")));
 * studio.jobs().await(studio.caller(), job, Duration.ofMinutes(5));
 * TrainedModel model = jobs.model(studio.caller(), job).orElseThrow();
 * }</pre>
 *
 * <p>A training outlasts its process: another one begins it again, deep models at the last epoch that was kept. It keeps
 * one model, whose id is made of the job's, so that a training that was lost after its model was kept does not keep a
 * second. Trainings that run at once share processors and heap. Works as long as the studio is open. Thread-safe.
 */
public final class TrainingJobs {
    /** The type of jobs that train; their result is {@code {"type":"trained-model","id":"…","tries":[…]}}. */
    public static final String TRAIN = "model.train";

    /** The type of jobs that predict a data set; their result is {@code {"type":"dataset","id":"…"}}. */
    public static final String PREDICT = "model.predict";

    /** The type of jobs that make rows; their result is as that of {@link #PREDICT}. */
    public static final String GENERATE = "model.generate";

    /** The type of jobs that compare a data set with training rows; their result is {@code {"type":"drift","id":"…","drift":{…}}}. */
    public static final String DRIFT = "model.drift";

    /** The type of jobs that make a data set of an archive of pictures; their result is as that of {@link #PREDICT}. */
    public static final String PICTURES = "dataset.pictures";

    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private final Studio studio;

    /** Of the trainings that run in this process. */
    private final Map<JobId, List<Epoch>> epochs = new ConcurrentHashMap<>();

    private TrainingJobs(Studio studio) {
        this.studio = studio;
    }

    /** Of a studio; the first call has this process do the trainings of its workspace. */
    public static TrainingJobs of(Studio studio) {
        return studio.feature(TrainingJobs.class, any -> {
            TrainingJobs made = new TrainingJobs(any);
            any.jobs().handle(TRAIN, made::train);
            any.jobs().handle(PREDICT, made::predict);
            any.jobs().handle(GENERATE, made::generate);
            any.jobs().handle(DRIFT, made::drift);
            any.jobs().handle(PICTURES, made::pictures);
            return made;
        });
    }

    /**
     * Has a model trained.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when this caller has no such data set, {@link
     *     ErrorCode#UNKNOWN_COLUMN} when it has no such target or feature, {@link ErrorCode#QUOTA_EXCEEDED} when too many
     *     jobs wait. What else is wrong is told by the job
     */
    public JobId submit(Caller caller, TrainingRequest asked) {
        Dataset dataset = studio.datasets().as(caller).get(asked.dataset());
        TrainingData.requireColumns(dataset, asked.spec());
        return studio.jobs()
                .submit(
                        caller,
                        JobRequest.of(TRAIN, TrainingJobJson.write(asked))
                                .in(QueueName.TRAINING)
                                .withRetry(RetryPolicy.NONE)
                                .withTimeout(asked.time()));
    }

    /**
     * As {@link #submit}, and waits for the model.
     *
     * @param cancellation stops the training
     * @param progress told how far it is, on a thread of the queue
     * @throws StudioException as {@link #submit}, and what went wrong with the training
     */
    public Tuned train(Caller caller, TrainingRequest asked, Cancellation cancellation, ProgressListener progress) {
        cancellation.throwIfCancelled();
        JobId id = submit(caller, asked);
        awaited(caller, id, cancellation, progress);
        return tuned(caller, id).orElseThrow(() -> JobQueue.notFound(id));
    }

    @SuppressWarnings("try") // both are only to be ended
    private void awaited(Caller caller, JobId id, Cancellation cancellation, ProgressListener progress) {
        JobQueue queue = studio.jobs();
        try (Cancellation.Registration stop = cancellation.onCancel(() -> queue.cancel(caller, id));
                Cancellation.Registration watch =
                        queue.watch(caller, id, job -> job.progress().ifPresent(progress::onProgress))) {
            queue.await(caller, id, LONGEST_WAIT);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED) { // whoever waits was interrupted, so nobody does any more
                queue.cancel(caller, id);
            }
            throw e;
        }
    }

    /**
     * Has all rows of a data set predicted, into a new data set.
     *
     * @param name of the new data set
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_NOT_FOUND} or {@link ErrorCode#DATASET_NOT_FOUND} when
     *     this caller has no such, {@link ErrorCode#UNKNOWN_COLUMN} when the data set lacks a column that the model needs,
     *     {@link ErrorCode#INVALID_NAME}, {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public JobId submitPrediction(Caller caller, String model, Dataset dataset, String name) {
        Datasets.requireName(name);
        Dataset own = studio.datasets().as(caller).get(dataset.id());
        Models.of(studio).as(caller).get(model).columns().keySet().forEach(own::column);
        String payload = TrainingJobJson.prediction(model, own.id(), name);
        return studio.jobs()
                .submit(
                        caller,
                        JobRequest.of(PREDICT, payload).in(QueueName.TRAINING).withRetry(RetryPolicy.NONE));
    }

    /**
     * Has a generative network make rows, into a new data set.
     *
     * @param rows how many, from 1 to {@value Models#MOST_MADE}
     * @param seed the same gives the same rows
     * @param name of the new data set
     * @throws StudioException as {@link Models#requireMaker}, and with {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public JobId submitGeneration(Caller caller, String model, long rows, long seed, String name) {
        Models.of(studio).as(caller).requireMaker(model, rows, name);
        String payload = TrainingJobJson.generation(model, rows, seed, name);
        return studio.jobs()
                .submit(
                        caller,
                        JobRequest.of(GENERATE, payload).in(QueueName.TRAINING).withRetry(RetryPolicy.NONE));
    }

    /**
     * Has it found out whether the rows of a data set look like those that a model learnt from.
     *
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_NOT_FOUND} or {@link ErrorCode#DATASET_NOT_FOUND} when
     *     this caller has no such, {@link ErrorCode#UNKNOWN_COLUMN} when the data set lacks a column that the model needs,
     *     {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public JobId submitDrift(Caller caller, String model, Dataset dataset) {
        Dataset own = studio.datasets().as(caller).get(dataset.id());
        Models.of(studio).as(caller).get(model).columns().keySet().forEach(own::column);
        return studio.jobs()
                .submit(
                        caller,
                        JobRequest.of(DRIFT, TrainingJobJson.drift(model, own.id()))
                                .in(QueueName.TRAINING)
                                .withRetry(RetryPolicy.NONE));
    }

    /**
     * What a comparison with training rows came to; empty while it is at it.
     *
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND} also when it is a job of another type; why it failed or
     *     that it was cancelled
     */
    public Optional<Drift> drift(Caller caller, JobId id) {
        return done(caller, id, DRIFT).map(TrainingJobJson::drift);
    }

    /**
     * Has a data set made of a ZIP archive of pictures that was uploaded, as {@link PictureFolders#loadArchive} does; the
     * upload goes when it is done.
     *
     * @param upload the id of the archive
     * @param size points a side that pictures are brought to, from 4 to 512
     * @param name of the new data set
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when no such file of this caller waits, {@link
     *     ErrorCode#INVALID_NAME}, {@link ErrorCode#INVALID_ARGUMENT} for another size, {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public JobId submitPictures(Caller caller, String upload, int size, String name) {
        waiting(
                caller,
                upload); // first, so that a file of others is as one that does not exist, whatever else is wrong
        Datasets.requireName(name);
        PictureFolders.requireSize(size);
        return studio.jobs()
                .submit(
                        caller,
                        JobRequest.of(PICTURES, TrainingJobJson.pictures(upload, size, name))
                                .in(QueueName.GENERAL)
                                .withRetry(RetryPolicy.NONE));
    }

    private Upload waiting(Caller caller, String id) {
        return studio.uploads()
                .find(caller, id)
                .filter(upload -> upload.dataset().isEmpty())
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND,
                        "There is no file " + StudioException.quote(id) + " that waits for its import",
                        "Send it again"));
    }

    /**
     * The model that a training came to; empty while it is at it.
     *
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND} also when it is a job of another type; why it failed or
     *     that it was cancelled; {@link ErrorCode#TRAINED_MODEL_NOT_FOUND} when the model was deleted since
     */
    public Optional<TrainedModel> model(Caller caller, JobId id) {
        return done(caller, id, TRAIN)
                .map(result -> Models.of(studio).as(caller).get(TrainingJobJson.model(result)));
    }

    /**
     * As {@link #model}, with all that was tried on the way; nothing was where the request had no budget.
     *
     * @throws StudioException as {@link #model}
     */
    public Optional<Tuned> tuned(Caller caller, JobId id) {
        return done(caller, id, TRAIN)
                .map(result -> new Tuned(
                        Models.of(studio).as(caller).get(TrainingJobJson.model(result)),
                        TrainingJobJson.tries(result)));
    }

    /**
     * How the passes of a deep model went so far that is trained by this process, with those of a process that was lost;
     * empty for other trainings.
     *
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND}
     */
    public List<Epoch> epochs(Caller caller, JobId id) {
        studio.jobs().get(caller, id);
        return List.copyOf(epochs.getOrDefault(id, List.of()));
    }

    /**
     * What a training was asked for.
     *
     * @throws StudioException {@link ErrorCode#JOB_NOT_FOUND} also when it is a job of another type
     */
    public TrainingRequest asked(Caller caller, JobId id) {
        Job job = studio.jobs().get(caller, id);
        if (!job.request().type().equals(TRAIN)) {
            throw JobQueue.notFound(id);
        }
        return TrainingJobJson.read(job.request().payload());
    }

    /** The id that the model of a training has, also before there is one. */
    public static String modelOf(JobId id) {
        byte[] seed = ("trained by " + id).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(seed).toString();
    }

    /**
     * All that was tried by a training that is done; nothing where the request had no budget.
     *
     * @throws StudioException as {@link #model}, but not when the model was deleted since
     */
    public List<Try> tries(Caller caller, JobId id) {
        return done(caller, id, TRAIN).map(TrainingJobJson::tries).orElse(List.of());
    }

    private Optional<String> done(Caller caller, JobId id, String type) {
        Job job = studio.jobs().get(caller, id);
        if (!job.request().type().equals(type)) {
            throw JobQueue.notFound(id);
        }
        if (!job.state().isFinal()) {
            return Optional.empty();
        }
        if (job.state() != JobState.SUCCEEDED) {
            throw job.error().map(JobError::toException).orElseGet(Cancellation::cancelledError);
        }
        return job.result();
    }

    private String train(JobContext job) {
        String id = modelOf(job.id());
        Optional<TrainedModel> kept = new ModelStore(studio, job.caller()).find(id);
        if (kept.isPresent()) { // by a try whose process was lost before it could say so
            return TrainingJobJson.result(kept.get(), List.of());
        }
        TrainingRequest asked = TrainingJobJson.read(job.payload());
        Dataset dataset = studio.datasets().as(job.caller()).get(asked.dataset());
        JobCheckpoints checkpoints = new JobCheckpoints(studio.artifacts(), job.caller(), id);
        List<Epoch> passed = new CopyOnWriteArrayList<>();
        epochs.put(job.id(), passed);
        TrainingOptions options = TrainingOptions.DEFAULT
                .named(asked.name())
                .described(asked.description())
                .within(share(asked.limits()))
                .stoppedBy(job.cancellation())
                .telling(job.progress())
                // A search that begins again may find another algorithm, which can't go on from there.
                .keeping(asked.budget().isPresent() ? Checkpoints.NONE : checkpoints)
                .tellingEpochs(passed::add);
        try {
            Tuned tuned = trained(Training.of(studio).as(job.caller()), id, dataset, asked, options);
            checkpoints.delete();
            return TrainingJobJson.result(tuned.model(), tuned.tries());
        } catch (RuntimeException e) {
            if (!mayGoOn(job)) {
                checkpoints.delete();
            }
            throw e;
        } finally {
            epochs.remove(job.id());
        }
    }

    private static Tuned trained(
            Training training, String id, Dataset dataset, TrainingRequest asked, TrainingOptions options) {
        return asked.budget().isPresent()
                ? training.best(id, dataset, asked.spec(), asked.budget().get(), options)
                : new Tuned(training.train(id, dataset, asked.spec(), options), List.of());
    }

    /** Whether another process takes the training up: this one ends, and nobody asked the training to stop. */
    private boolean mayGoOn(JobContext job) {
        return job.cancellation().isCancelled()
                && studio.jobs()
                        .find(job.caller(), job.id())
                        .filter(each -> !each.cancelRequested() && !isOverdue(each))
                        .isPresent();
    }

    private boolean isOverdue(Job job) {
        return job.startedAt()
                .filter(begin -> Duration.between(begin, studio.clock().instant())
                                .compareTo(job.request().timeout())
                        > 0)
                .isPresent();
    }

    /** What one of the trainings that run at once may take, so that they leave something to each other. */
    private TrainingLimits share(TrainingLimits asked) {
        int atOnce = studio.jobOptions().workers().getOrDefault(QueueName.TRAINING, 1);
        int threads = asked.threads() > 0
                ? asked.threads()
                : Math.max(1, Runtime.getRuntime().availableProcessors() / atOnce);
        long memory = Math.min(asked.memoryBytes(), Runtime.getRuntime().maxMemory() / atOnce);
        return new TrainingLimits(threads, memory);
    }

    private String pictures(JobContext job) {
        TrainingJobJson.Pictures asked = TrainingJobJson.readPictures(job.payload());
        Upload upload = waiting(job.caller(), asked.upload());
        try (InputStream archive = studio.artifacts().open(upload.incoming())) {
            Dataset dataset = PictureFolders.of(studio)
                    .as(job.caller())
                    .loadArchive(archive, asked.size(), asked.name(), job.progress(), job.cancellation());
            studio.uploads().discard(job.caller(), upload.id());
            return TrainingJobJson.result(dataset);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED, "The archive of pictures can't be read", "Send it again", e);
        }
    }

    /** Done again after its process was lost, it gives the version that is there: rows that are equal make no new one. */
    private String predict(JobContext job) {
        TrainingJobJson.Prediction asked = TrainingJobJson.readPrediction(job.payload());
        Dataset dataset = studio.datasets().as(job.caller()).get(asked.dataset());
        ImportTarget target =
                ImportTarget.named(asked.name()).reportingTo(job.progress()).stoppedBy(job.cancellation());
        Dataset predicted = Models.of(studio).as(job.caller()).predict(asked.model(), dataset, target);
        return TrainingJobJson.result(predicted);
    }

    /** As {@link #predict(JobContext)}: the same seed gives equal rows. */
    private String generate(JobContext job) {
        TrainingJobJson.Generation asked = TrainingJobJson.readGeneration(job.payload());
        ImportTarget target =
                ImportTarget.named(asked.name()).reportingTo(job.progress()).stoppedBy(job.cancellation());
        return TrainingJobJson.result(
                Models.of(studio).as(job.caller()).generate(asked.model(), asked.rows(), asked.seed(), target));
    }

    private String drift(JobContext job) {
        TrainingJobJson.Comparison asked = TrainingJobJson.readDrift(job.payload());
        Dataset dataset = studio.datasets().as(job.caller()).get(asked.dataset());
        Drift found =
                Models.of(studio).as(job.caller()).drift(asked.model(), dataset, job.cancellation(), job.progress());
        return TrainingJobJson.result(asked.model(), found);
    }
}
