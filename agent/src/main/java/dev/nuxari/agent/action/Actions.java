package dev.nuxari.agent.action;

import dev.nuxari.protocol.agent.ActionType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What this agent can do. */
public record Actions(List<Action> all) {
    public Actions {
        all = List.copyOf(all);
    }

    /** Everything there is for this kind of host. */
    public static Actions ofThisHost() {
        return new Actions(List.of(new FileMode()));
    }

    public Optional<Action> find(ActionType type) {
        return all.stream().filter(action -> action.type() == type).findFirst();
    }

    public Set<ActionType> types() {
        return all.stream().map(Action::type).collect(Collectors.toUnmodifiableSet());
    }
}
