package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.agent.ValueType.Choice;
import dev.nuxari.protocol.agent.ValueType.Digest;
import dev.nuxari.protocol.agent.ValueType.Identifier;
import dev.nuxari.protocol.agent.ValueType.Moment;
import dev.nuxari.protocol.agent.ValueType.PackageVersion;
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

    /**
     * How far an account is open. {@code none}: no password would open it, whether it is locked or not. {@code expires} counts days
     * from 1970.
     */
    ACCOUNT_STATE(Shape.empty()
            .with("password", Choice.of("set", "locked", "none", "empty"))
            .withOptional("expires", new Whole(0, SummaryKind.LARGEST_ID))),

    /** What runs under an account. */
    SESSIONS(Shape.empty().with("processes", new Whole(0, SummaryKind.LARGEST_ID))),

    /** Whether an account is in a group. */
    GROUP_MEMBER(Shape.empty().with("member", new Truth()).with("first", new Truth())),

    /** A file of sudo's rules. */
    SUDO_RULE(Shape.empty().with("present", new Truth()).withOptional("digest", new Digest())),

    /** Whether a key opens an account, and how many do. */
    SSH_KEY(Shape.empty().with("present", new Truth()).with("keys", new Whole(0, 100_000))),

    /** How a service is, and since when it is active. */
    SERVICE(Shape.empty()
            .with("state", Choice.of("active", "inactive", "failed", "changing"))
            .withOptional("since", new Moment())),

    /** An installed package. */
    PACKAGE(Shape.empty().with("version", new PackageVersion())),

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
