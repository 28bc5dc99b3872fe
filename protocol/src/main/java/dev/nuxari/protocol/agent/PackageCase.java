package dev.nuxari.protocol.agent;

import dev.nuxari.protocol.agent.PackageJudgement.Standpoint;
import java.time.Instant;

/** All that a rule may look at. */
record PackageCase(ActionPackage order, Delivery delivery, Standpoint standpoint, LogJudgement log, Instant now) {
    Remembered remembered() {
        return standpoint.remembered();
    }

    HostPolicy policy() {
        return standpoint.policy();
    }
}
