package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.agent.ValueType.Choice;
import dev.nuxari.protocol.agent.ValueType.Identifier;
import dev.nuxari.protocol.agent.ValueType.Truth;
import dev.nuxari.protocol.agent.ValueType.Whole;

/** All that can be said of a host. What has no place here does not leave it. */
public enum SummaryKind {
    /** A file's permission bits and owner; only {@code present} where there is none. */
    FILE_MODE(Shape.empty()
            .with("present", new Truth())
            .withOptional("mode", new Whole(0, SummaryKind.PERMISSIONS))
            .withOptional("owner", new Whole(0, SummaryKind.LARGEST_ID))
            .withOptional("group", new Whole(0, SummaryKind.LARGEST_ID))),

    /** How the agent itself is. */
    AGENT_HEALTH(Shape.empty()
            .with("version", new Identifier())
            .with("policy", Choice.of("valid", "absent", "refused"))
            .with("log", Choice.of("followed", "refused"))
            .with("actions", new Whole(0, 1_000))
            .with("waitingReceipts", new Whole(0, 1_000_000))
            .with("droppedObservations", new Whole(0, SummaryKind.LARGEST_ID))
            .with("clockDifference", new Whole(-SummaryKind.LARGEST_ID, SummaryKind.LARGEST_ID)));

    private static final long PERMISSIONS = 07777;
    private static final long LARGEST_ID = 0xffff_ffffL;

    @SuppressWarnings("ImmutableEnumChecker") // It is immutable; only the compiler has not been told.
    private final Shape shape;

    SummaryKind(Shape shape) {
        this.shape = shape;
    }

    /** What its values are. */
    public Shape shape() {
        return shape;
    }

    /** The word on the wire. */
    public String spelled() {
        return Spelling.of(this);
    }
}
