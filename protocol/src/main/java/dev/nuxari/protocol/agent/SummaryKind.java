package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.agent.ValueType.AgentVersion;
import dev.nuxari.protocol.agent.ValueType.Choice;
import dev.nuxari.protocol.agent.ValueType.Digest;
import dev.nuxari.protocol.agent.ValueType.Identifier;
import dev.nuxari.protocol.agent.ValueType.Moment;
import dev.nuxari.protocol.agent.ValueType.PackageName;
import dev.nuxari.protocol.agent.ValueType.PackageVersion;
import dev.nuxari.protocol.agent.ValueType.SshFingerprint;
import dev.nuxari.protocol.agent.ValueType.Truth;
import dev.nuxari.protocol.agent.ValueType.Whole;
import dev.nuxari.protocol.release.ReleaseRefusal;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** A file with a password of a database: whether the database takes it, and since when it stands there. */
    DATABASE_PASSWORD(Shape.empty()
            .with("present", new Truth())
            .with("accepted", new Truth())
            .withOptional("changed", new Moment())),

    /** Which release of the agent runs, and, after an attempt, why it is no other one. */
    AGENT_RELEASE(Shape.empty()
            .with("version", new AgentVersion())
            .withOptional("refusal", new Choice(SummaryKind.refusals()))),

    /** One package of a host's database of packages. */
    INSTALLED_PACKAGE(Shape.empty().with("name", new PackageName()).with("version", new PackageVersion())),

    /**
     * What one look at the host has read, and whether that is kept there. The digest is salted by the host: nobody else can find out by
     * guessing what was read.
     */
    EVIDENCE(Shape.empty()
            .with("digest", new Digest())
            .with("files", new Whole(0, 100_000))
            .with("bytes", new Whole(0, SummaryKind.LARGEST_ID))
            .with("kept", new Truth())),

    /**
     * How often something was said in the host's journal of logins, until a moment. {@code gap}: what was said before {@code since}, and
     * after the counts before these, is lost, or nobody knows. {@code more}: the counts that follow begin where these end.
     */
    LOGIN_COUNTS(Shape.empty()
            .with("until", new Moment())
            .withOptional("since", new Moment())
            .withOptional("gap", new Truth())
            .withOptional("more", new Truth())
            .with("accepted", new Whole(0, SummaryKind.LARGEST_ID))
            .with("refused", new Whole(0, SummaryKind.LARGEST_ID))
            .with("sudo", new Whole(0, SummaryKind.LARGEST_ID))
            .with("sudoRefused", new Whole(0, SummaryKind.LARGEST_ID))
            .with("accountChanges", new Whole(0, SummaryKind.LARGEST_ID))),

    /** An account that is on the host. A name that is no identifier is the beginning of its digest. */
    HOST_ACCOUNT(Shape.empty()
            .with("name", new Identifier())
            .with("number", new Whole(0, SummaryKind.LARGEST_ID))
            .with("password", Choice.of("set", "locked", "none", "empty", "unknown"))
            .with("shell", new Truth())),

    /** A member of a group, by its line or by being the account's first group. */
    HOST_MEMBERSHIP(Shape.empty().with("group", new Identifier()).with("account", new Identifier())),

    /** Who may become whom by sudo. {@code all} commands or {@code some}. */
    SUDO_RIGHT(Shape.empty()
            .with("subject", Choice.of("account", "group", "everybody", "other"))
            .with("name", new Identifier())
            .with("runAs", Choice.of("root", "other"))
            .with("commands", Choice.of("all", "some"))
            .with("password", new Truth())),

    /** A key that opens an account. */
    SSH_ACCESS(Shape.empty().with("account", new Identifier()).with("fingerprint", new SshFingerprint())),

    /** An account whose keys could not be read. */
    SSH_UNREAD(Shape.empty().with("account", new Identifier())),

    /** What a check of a posture pack came to. */
    POSTURE_CHECK(Shape.empty()
            .with("check", new Identifier())
            .with("version", new Whole(1, 100_000))
            .with("result", Choice.of("pass", "fail", "not-applicable", "error"))),

    /** How the agent itself is. */
    AGENT_HEALTH(Shape.empty()
            .with("version", new Identifier())
            .with("policy", Choice.of("valid", "absent", "refused"))
            .with("log", Choice.of("followed", "refused"))
            .with("actions", new Whole(0, 1_000))
            .with("waitingReceipts", new Whole(0, 1_000_000))
            .with("droppedObservations", new Whole(0, SummaryKind.LARGEST_ID))
            .with("clockDifference", new Whole(-SummaryKind.LARGEST_ID, SummaryKind.LARGEST_ID))),

    /** A type of action that the agent knows and its host allows. The server may not know it yet. */
    AGENT_CAPABILITY(Shape.empty().with("action", new Identifier()));

    private static final long PERMISSIONS = 07777;
    private static final long LARGEST_ID = 0xffff_ffffL;

    @SuppressWarnings("ImmutableEnumChecker") // It is immutable; only the compiler has not been told.
    private final Shape shape;

    SummaryKind(Shape shape) {
        this.shape = shape;
    }

    private static Set<String> refusals() {
        return Stream.of(ReleaseRefusal.values()).map(ReleaseRefusal::spelled).collect(Collectors.toUnmodifiableSet());
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
