package dev.nuxari.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E4")
class AccountActionsTest {
    private static final Json.Obj ANN = Json.object("account", "ann");
    private static final Json.Obj IN_OPS = Json.object("account", "ann", "group", "ops");
    private static final Summary OPEN = Summary.of(SummaryKind.ACCOUNT_STATE, "password", "set");
    private static final Summary CLOSED = Summary.of(SummaryKind.ACCOUNT_STATE, "password", "locked", "expires", 1);

    @TempDir
    private Path folder;

    private CopiedHost host;

    @BeforeEach
    void make() throws IOException {
        host = CopiedHost.at(folder);
    }

    @Test
    void lockedAccountLetsNoPasswordAndNoKeyIn() throws IOException {
        AccountLock lock = AccountLock.locking(host.root());
        assertThat(lock.look(ANN)).isEqualTo(new Sight.Seen(false, OPEN));

        assertThat(lock.perform(ANN)).isEmpty();

        assertThat(lock.look(ANN)).isEqualTo(new Sight.Seen(true, CLOSED));
        assertThat(host.line("/etc/shadow", "ann")).isEqualTo("ann:!$6$salt$hash:19000:0:99999:7::1:");
        assertThat(lock.undo(ANN, OPEN)).isTrue();
        assertThat(host.line("/etc/shadow", "ann")).isEqualTo("ann:$6$salt$hash:19000:0:99999:7:::");
    }

    @Test
    void lockedPasswordAloneIsNotLocked() throws IOException {
        Path shadow = host.file("/etc/shadow");
        Files.writeString(shadow, Files.readString(shadow).replace("ann:$", "ann:!$"));

        assertThat(AccountLock.locking(host.root()).look(ANN))
                .isEqualTo(new Sight.Seen(false, Summary.of(SummaryKind.ACCOUNT_STATE, "password", "locked")));
    }

    @Test
    void accountIsOpenedForEverOrUntilADay() {
        AccountLock.locking(host.root()).perform(ANN);
        AccountLock unlock = AccountLock.unlocking(host.root());
        Json.Obj untilThen = ANN.with("expires", 30_000);

        assertThat(unlock.look(untilThen)).isEqualTo(new Sight.Seen(false, CLOSED));
        assertThat(unlock.perform(untilThen)).isEmpty();
        assertThat(unlock.look(untilThen))
                .isEqualTo(new Sight.Seen(
                        true, Summary.of(SummaryKind.ACCOUNT_STATE, "password", "set", "expires", 30_000)));
        assertThat(unlock.perform(ANN)).isEmpty();
        assertThat(unlock.look(ANN)).isEqualTo(new Sight.Seen(true, OPEN));
        assertThat(unlock.undo(ANN, CLOSED)).isTrue();
    }

    @Test
    void membershipBeginsAndEnds() throws IOException {
        Membership adding = Membership.adding(host.root());
        Membership removing = Membership.removing(host.root());
        Summary outside = Summary.of(SummaryKind.GROUP_MEMBER, "member", false, "first", false);
        Summary inside = Summary.of(SummaryKind.GROUP_MEMBER, "member", true, "first", false);

        assertThat(adding.look(IN_OPS)).isEqualTo(new Sight.Seen(false, outside));
        assertThat(adding.perform(IN_OPS)).isEmpty();
        assertThat(adding.look(IN_OPS)).isEqualTo(new Sight.Seen(true, inside));
        assertThat(host.line("/etc/group", "ops")).isEqualTo("ops:x:61300:ann");

        assertThat(removing.perform(IN_OPS)).isEmpty();
        assertThat(removing.look(IN_OPS)).isEqualTo(new Sight.Seen(true, outside));
        assertThat(removing.undo(IN_OPS, inside)).isTrue();
        assertThat(removing.look(IN_OPS)).isEqualTo(new Sight.Seen(false, inside));
    }

    @Test
    void firstGroupIsNoMembershipThatEnds() {
        Json.Obj own = Json.object("account", "ann", "group", "ann");

        assertThat(Membership.removing(host.root()).look(own))
                .isEqualTo(new Sight.Seen(false, Summary.of(SummaryKind.GROUP_MEMBER, "member", false, "first", true)));
        assertThat(Membership.removing(host.root()).perform(own)).contains(Failure.REFUSED_BY_HOST);
    }

    @Test
    void whoIsNotThereIsNotFound() {
        Json.Obj bob = Json.object("account", "bob", "group", "ops");

        assertThat(AccountLock.locking(host.root()).look(Json.object("account", "bob")))
                .isEqualTo(new Sight.Unseen(Failure.NOT_FOUND));
        assertThat(Membership.adding(host.root()).look(bob)).isEqualTo(new Sight.Unseen(Failure.NOT_FOUND));
        assertThat(new SessionsEnd(host.root()).look(bob)).isEqualTo(new Sight.Unseen(Failure.NOT_FOUND));
    }

    @Test
    void sessionsOfAnAccountEnd() throws Exception {
        SessionsEnd action = new SessionsEnd(host.root());
        Process running = new ProcessBuilder(
                        "setpriv", "--reuid", Long.toString(CopiedHost.ANN), "--clear-groups", "/bin/sleep", "600")
                .start();
        try {
            while (action.look(ANN) instanceof Sight.Seen(boolean none, var _) && none && running.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(action.look(ANN))
                    .isEqualTo(new Sight.Seen(false, Summary.of(SummaryKind.SESSIONS, "processes", 1)));

            assertThat(action.perform(ANN)).isEmpty();

            assertThat(running.waitFor()).isEqualTo(128 + 9);
            assertThat(action.look(ANN))
                    .isEqualTo(new Sight.Seen(true, Summary.of(SummaryKind.SESSIONS, "processes", 0)));
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void nothingThatTheHostLivesOnIsKilled() {
        SessionsEnd action = new SessionsEnd(host.root());
        Json.Obj daemon = Json.object("account", "daemon");

        assertThat(action.look(daemon)).isEqualTo(new Sight.Unseen(Failure.REFUSED_BY_HOST));
        assertThat(action.perform(daemon)).contains(Failure.REFUSED_BY_HOST);
    }
}
