package dev.nuxari.protocol.agent;

import dev.nuxari.protocol.agent.ValueType.AbsolutePath;
import dev.nuxari.protocol.agent.ValueType.AccountName;
import dev.nuxari.protocol.agent.ValueType.AgentVersion;
import dev.nuxari.protocol.agent.ValueType.Choice;
import dev.nuxari.protocol.agent.ValueType.Digest;
import dev.nuxari.protocol.agent.ValueType.Moment;
import dev.nuxari.protocol.agent.ValueType.PackageName;
import dev.nuxari.protocol.agent.ValueType.PackageVersion;
import dev.nuxari.protocol.agent.ValueType.ProgramPath;
import dev.nuxari.protocol.agent.ValueType.ServiceName;
import dev.nuxari.protocol.agent.ValueType.SshFingerprint;
import dev.nuxari.protocol.agent.ValueType.SshPublicKey;
import dev.nuxari.protocol.agent.ValueType.SudoersName;
import dev.nuxari.protocol.agent.ValueType.Truth;
import dev.nuxari.protocol.agent.ValueType.Whole;
import dev.nuxari.protocol.release.Release;
import java.util.Optional;
import java.util.stream.Stream;

/** What agents can do, and with which parameters. The server plans in these words; an agent knows some or all of them. */
public enum ActionType {
    /** Sets the permission bits of a file or folder. Never those that lend an identity (set-user-id, set-group-id). */
    FILE_MODE_SET(
            "file-mode.set",
            Shape.empty().with("path", new AbsolutePath()).with("mode", new Whole(0, ActionType.WITHOUT_LENDING))),

    /** Gives a file or folder to this account and group, by number. */
    FILE_OWNER_SET(
            "file-owner.set",
            Shape.empty()
                    .with("path", new AbsolutePath())
                    .with("owner", new Whole(0, ActionType.LARGEST_ID))
                    .with("group", new Whole(0, ActionType.LARGEST_ID))),

    /** Ends every way into an account: its password, and by its expiry its keys too. */
    ACCOUNT_LOCK("account.lock", Shape.empty().with("account", new AccountName())),

    /** Opens an account again, for ever or until a day, counted from 1970. */
    ACCOUNT_UNLOCK(
            "account.unlock",
            Shape.empty().with("account", new AccountName()).withOptional("expires", new Whole(2, 100_000))),

    /** Ends all that runs under a person's account. */
    SESSIONS_END("sessions.end", Shape.empty().with("account", new AccountName())),

    /** Makes an account a member of a group. */
    GROUP_MEMBER_ADD(
            "group-member.add", Shape.empty().with("account", new AccountName()).with("group", new AccountName())),

    /** Ends the membership of an account in a group that is not its first one. */
    GROUP_MEMBER_REMOVE(
            "group-member.remove",
            Shape.empty().with("account", new AccountName()).with("group", new AccountName())),

    /** Lets a group or an account run one program as another account: one rule in one file of {@code /etc/sudoers.d}. */
    SUDO_RULE_PLACE(
            "sudo-rule.place",
            Shape.empty()
                    .with("name", new SudoersName())
                    .with("subject", Choice.of("account", "group"))
                    .with("subjectName", new AccountName())
                    .with("runAs", new AccountName())
                    .with("program", new ProgramPath())
                    .with("arguments", Choice.of("any", "none"))
                    .with("password", new Truth())),

    /** Takes away a file of {@code /etc/sudoers.d}. */
    SUDO_RULE_REMOVE("sudo-rule.remove", Shape.empty().with("name", new SudoersName())),

    /** Lets a key into an account. */
    SSH_KEY_ADD("ssh-key.add", Shape.empty().with("account", new AccountName()).with("key", new SshPublicKey())),

    /** Keeps a key out of an account. */
    SSH_KEY_REMOVE(
            "ssh-key.remove",
            Shape.empty().with("account", new AccountName()).with("fingerprint", new SshFingerprint())),

    /** Restarts a service, unless it has been started since that time. */
    SERVICE_RESTART(
            "service.restart", Shape.empty().with("service", new ServiceName()).with("since", new Moment())),

    /** Brings an installed package to this version. */
    PACKAGE_UPDATE(
            "package.update", Shape.empty().with("package", new PackageName()).with("version", new PackageVersion())),

    /** Gives a role of a database on the host another password, unless the file that holds it was written since that time. */
    DATABASE_PASSWORD_ROTATE(
            "database-password.rotate",
            Shape.empty()
                    .with("socket", new AbsolutePath())
                    .with("port", new Whole(1, 65_535))
                    .with("role", new AccountName())
                    .with("file", new AbsolutePath())
                    .with("since", new Moment())),

    /** Brings the agent itself to a release: the one whose archive has this hash and length. */
    AGENT_UPDATE(
            "agent.update",
            Shape.empty()
                    .with("version", new AgentVersion())
                    .with("sha256", new Digest())
                    .with("length", new Whole(1, Release.LARGEST)));

    private static final long WITHOUT_LENDING = 0777;
    private static final long LARGEST_ID = 0x7fff_ffffL; // above it the JDK gives nothing away

    private final String spelled;

    @SuppressWarnings("ImmutableEnumChecker") // It is immutable; only the compiler has not been told.
    private final Shape parameters;

    ActionType(String spelled, Shape parameters) {
        this.spelled = spelled;
        this.parameters = parameters;
    }

    /** The word on the wire, {@code <noun>.<verb>}. */
    public String spelled() {
        return spelled;
    }

    public Shape parameters() {
        return parameters;
    }

    /** The type of this word, if there is one. */
    public static Optional<ActionType> find(String spelled) {
        return Stream.of(values()).filter(type -> type.spelled.equals(spelled)).findFirst();
    }
}
