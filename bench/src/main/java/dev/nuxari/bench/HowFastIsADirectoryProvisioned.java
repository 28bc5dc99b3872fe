package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Ten thousand users by SCIM, one in a request and many in one. A directory has its answer before the broker has made the account,
 * so that is waited for, too: at the end all of them are members who can sign in.
 */
final class HowFastIsADirectoryProvisioned implements Question {
    private static final int CLIENTS = 8;
    private static final int IN_EACH = 100;
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(100);

    @Override
    public String name() {
        return "scim";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        int users = ground.quick() ? 500 : 10_000;
        return Json.object(
                "posts",
                provisioned(
                        SentDirectory.in(ground, ground.organization(), ground.as("owner")),
                        directory -> directory.post(users, CLIENTS)),
                "bulk",
                provisioned(
                        SentDirectory.in(ground, ground.second(), ground.ofTheSecond("owner")),
                        directory -> directory.bulk(users, IN_EACH, CLIENTS)));
    }

    private interface Sending {
        Json.Obj by(SentDirectory directory);
    }

    private static Json.Obj provisioned(SentDirectory directory, Sending sending) {
        long began = System.nanoTime();
        Json.Obj requests = sending.by(directory);
        long membersThen = directory.members();
        while (directory.members() < directory.sent() && System.nanoTime() - began < LONGEST.toNanos()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long members = directory.members();
        return Json.object(
                "requests",
                requests,
                "membersWhenAllWasSent",
                membersThen,
                "members",
                members,
                "secondsUntilThen",
                Load.rounded(seconds),
                "membersPerSecond",
                Load.rounded(members / seconds));
    }
}
