package dev.nuxari.server.agents;

import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.server.agents.Agent.Host;
import java.util.List;
import java.util.Optional;

/**
 * What an agent says of itself with its health.
 *
 * @param capabilities empty where it is of a version that does not say so
 */
record OwnWord(String version, Optional<List<String>> capabilities) {
    /** From this version on an agent says what it would do. */
    private static final int WITH_CAPABILITIES = 2;

    private static final String SOURCE = "agent-health";

    /**
     * The word in these, if they are of its health.
     *
     * @throws dev.nuxari.kernel.ProblemException if it would do more than there is
     */
    static Optional<OwnWord> in(Observations observations) {
        return observations.summaries().stream()
                .filter(summary -> summary.kind() == SummaryKind.AGENT_HEALTH)
                .findFirst()
                .map(health -> new OwnWord(health.values().string("version"), capabilities(observations)));
    }

    private static Optional<List<String>> capabilities(Observations observations) {
        if (!observations.source().equals(SOURCE) || observations.sourceVersion() < WITH_CAPABILITIES) {
            return Optional.empty();
        }
        List<String> capabilities = observations.summaries().stream()
                .filter(summary -> summary.kind() == SummaryKind.AGENT_CAPABILITY)
                .map(Summary::values)
                .map(values -> values.string("action"))
                .distinct()
                .sorted()
                .toList();
        if (capabilities.size() > Host.MOST_CAPABILITIES) {
            throw SignedMessage.refused("An agent has at most %d capabilities.".formatted(Host.MOST_CAPABILITIES));
        }
        return Optional.of(capabilities);
    }
}
