package dev.datastudio.core.analysis.internal;

import dev.datastudio.core.analysis.PlanProblem;
import java.util.List;

/** Collects what is wrong with a plan. Not thread-safe. */
record Problems(List<PlanProblem> list) {
    void add(String path, String what, String mend) {
        list.add(new PlanProblem(path, what, mend));
    }
}
