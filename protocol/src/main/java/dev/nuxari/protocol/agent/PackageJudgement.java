package dev.nuxari.protocol.agent;

import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.PublishedKey;
import dev.nuxari.protocol.agent.PackageReading.Authentic;
import dev.nuxari.protocol.agent.PackageReading.Unread;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What an agent thinks of a package. To take one is a promise to run it at most once, so it is written down first. */
public sealed interface PackageJudgement {
    /** The largest envelope, in its canonical form. */
    int LARGEST = 256 * 1024;

    /** It may be carried out, as what it is. */
    record Taken(ActionPackage order, ActionType type) implements PackageJudgement {}

    /**
     * It is not carried out.
     *
     * @param packageId empty unless the action key has signed it
     */
    record Rejected(Rejection reason, Optional<UUID> packageId) implements PackageJudgement {}

    /**
     * From where an agent looks at packages.
     *
     * @param actions those that this agent can carry out
     */
    record Standpoint(Remembered remembered, HostPolicy policy, Set<ActionType> actions) {
        public Standpoint {
            actions = Set.copyOf(actions);
        }
    }

    /**
     * Judges a package: no I/O, and the same answer for the same arguments.
     *
     * @param log what the checkpoint was found to be that came with it
     * @param now by the host's own clock
     */
    static PackageJudgement judge(Delivery delivery, Standpoint standpoint, LogJudgement log, Instant now) {
        PublishedKey key = standpoint.remembered().keys().key(KeyName.ACTION);
        return switch (PackageReading.of(delivery, key)) {
            case Unread(Rejection reason) -> new Rejected(reason, Optional.empty());
            case Authentic(ActionPackage order) ->
                PackageRule.objection(new PackageCase(order, delivery, standpoint, log, now))
                        .<PackageJudgement>map(reason -> new Rejected(reason, Optional.of(order.packageId())))
                        .orElseGet(() ->
                                new Taken(order, ActionType.find(order.type()).orElseThrow()));
        };
    }
}
