package dev.nuxari.agent;

import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.HostPolicy;
import java.util.List;
import java.util.Set;

/**
 * What this agent would do if people approved it.
 *
 * @param known what it knows how to do
 * @param policy what its host lets it do
 */
record Capabilities(Set<ActionType> known, PolicyFile policy) {
    Capabilities {
        known = Set.copyOf(known);
    }

    /** As of now, as the protocol spells it, in order. */
    List<String> now() {
        HostPolicy allowed = policy.read().policy();
        return known.stream()
                .filter(allowed::allows)
                .map(ActionType::spelled)
                .sorted()
                .toList();
    }
}
