package dev.nuxari.server.api;

import dev.nuxari.kernel.ProblemType;

/** A caller has to show a second factor first. Becomes a problem that says where that begins. */
public final class StepUpRequired extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient StepUp stepUp;

    StepUpRequired(ProblemType type, String detail, StepUp stepUp) {
        super(detail);
        this.type = type;
        this.stepUp = stepUp;
    }

    ProblemType type() {
        return type;
    }

    StepUp stepUp() {
        return stepUp;
    }
}
