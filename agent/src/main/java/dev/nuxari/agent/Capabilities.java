package dev.nuxari.agent;

import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.HostPolicy;
import java.util.List;
import java.util.Set;

/**
 * What this agent would do if people approved it.
 *
 * @param known what it knows how to do
 */
record Capabilities(Set<ActionType> known) {
    Capabilities {
        known = Set.copyOf(known);
    }

    /** What of it the host lets it do, as the protocol spells it, in order. */
    List<String> under(HostPolicy policy) {
        return known.stream()
                .filter(policy::allows)
                .map(ActionType::spelled)
                .sorted()
                .toList();
    }
}
