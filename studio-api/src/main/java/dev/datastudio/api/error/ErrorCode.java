package dev.datastudio.api.error;

/** What went wrong, as a stable name that programs may compare and logs may count. */
public enum ErrorCode {
    FILE_NOT_FOUND(ErrorType.USER_INPUT),
    FILE_NOT_READABLE(ErrorType.USER_INPUT),
    FILE_EMPTY(ErrorType.USER_INPUT),
    FILE_HAS_NO_ROWS(ErrorType.USER_INPUT),
    FILE_IS_BINARY(ErrorType.USER_INPUT),
    FILE_FORMAT_UNKNOWN(ErrorType.USER_INPUT),
    FILE_MALFORMED(ErrorType.USER_INPUT),
    INVALID_ARGUMENT(ErrorType.USER_INPUT),
    INVALID_NAME(ErrorType.USER_INPUT),
    DATASET_NOT_FOUND(ErrorType.NOT_FOUND),
    UNKNOWN_TABLE(ErrorType.USER_INPUT),
    UNKNOWN_COLUMN(ErrorType.USER_INPUT),
    INVALID_PLAN(ErrorType.USER_INPUT),
    SQL_INVALID(ErrorType.USER_INPUT),
    SQL_REFUSED(ErrorType.NOT_ALLOWED),
    QUERY_TIMEOUT(ErrorType.LIMIT),
    QUERY_OUT_OF_MEMORY(ErrorType.LIMIT),
    LIMIT_EXCEEDED(ErrorType.LIMIT),
    CANCELLED(ErrorType.CANCELLED),
    CHART_INVALID(ErrorType.USER_INPUT),
    CHART_UNSUPPORTED(ErrorType.USER_INPUT),
    ARTIFACT_NOT_FOUND(ErrorType.NOT_FOUND),
    ARTIFACT_KEY_INVALID(ErrorType.NOT_ALLOWED),
    GRAPH_INVALID(ErrorType.USER_INPUT),
    NODE_FAILED(ErrorType.INTERNAL),
    NODE_TIMEOUT(ErrorType.LIMIT),
    NODE_TYPE_UNKNOWN(ErrorType.USER_INPUT),
    BUDGET_EXCEEDED(ErrorType.LIMIT),
    RUN_INTERRUPTED(ErrorType.USER_INPUT),
    RUN_SUPERSEDED(ErrorType.NOT_ALLOWED),
    THREAD_NOT_FOUND(ErrorType.NOT_FOUND),
    THREAD_EXISTS(ErrorType.USER_INPUT),
    THREAD_BUSY(ErrorType.NOT_ALLOWED),
    GRAPH_VERSION_MISMATCH(ErrorType.USER_INPUT),
    TYPE_NOT_STORABLE(ErrorType.USER_INPUT),
    CHECKPOINT_DAMAGED(ErrorType.EXTERNAL),
    EFFECT_UNCERTAIN(ErrorType.EXTERNAL),
    MODEL_FAILED(ErrorType.EXTERNAL),
    MODEL_REFUSED(ErrorType.USER_INPUT),
    MODEL_ANSWER_INVALID(ErrorType.EXTERNAL),
    STORAGE_FULL(ErrorType.EXTERNAL),
    STORAGE_NOT_WRITABLE(ErrorType.EXTERNAL),
    STORAGE_FAILED(ErrorType.EXTERNAL),
    STORAGE_BUSY(ErrorType.EXTERNAL),
    WORKSPACE_TOO_NEW(ErrorType.USER_INPUT),
    WORKSPACE_DAMAGED(ErrorType.EXTERNAL),
    DEPENDENCY_MISSING(ErrorType.USER_INPUT),
    INTERNAL(ErrorType.INTERNAL);

    private final ErrorType type;

    ErrorCode(ErrorType type) {
        this.type = type;
    }

    /** Who can do something about it. */
    public ErrorType type() {
        return type;
    }
}
