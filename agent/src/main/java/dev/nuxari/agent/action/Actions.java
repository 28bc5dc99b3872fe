package dev.nuxari.agent.action;

import dev.nuxari.protocol.agent.ActionType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this agent can do. */
public record Actions(List<Action> all) {
    public Actions {
        all = List.copyOf(all);
    }

    /** Everything there is for this kind of host. */
    public static Actions ofThisHost() {
        return of(
                HostRoot.THIS, Path.of("/usr/sbin/visudo"), Path.of("/usr/bin/systemctl"), Path.of("/usr/bin/apt-get"));
    }

    /** The same for a host whose files are there, with these programs. */
    static Actions of(HostRoot root, Path visudo, Path systemctl, Path aptGet) {
        return new Actions(List.of(
                new FileMode(root),
                new FileOwner(root),
                AccountLock.locking(root),
                AccountLock.unlocking(root),
                new SessionsEnd(root),
                Membership.adding(root),
                Membership.removing(root),
                SudoRule.placing(root, visudo),
                SudoRule.removing(root, visudo),
                SshKeys.adding(root),
                SshKeys.removing(root),
                new ServiceRestart(systemctl),
                new PackageUpdate(root, aptGet),
                new DatabasePassword(root)));
    }

    /** With one more. */
    public Actions with(Action more) {
        return new Actions(Stream.concat(all.stream(), Stream.of(more)).toList());
    }

    public Optional<Action> find(ActionType type) {
        return all.stream().filter(action -> action.type() == type).findFirst();
    }

    public Set<ActionType> types() {
        return all.stream().map(Action::type).collect(Collectors.toUnmodifiableSet());
    }
}
