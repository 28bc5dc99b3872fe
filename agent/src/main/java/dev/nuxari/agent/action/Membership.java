package dev.nuxari.agent.action;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts an account into a group, or takes it out. The first group of an account is not touched. */
final class Membership implements Action {
    private final ActionType type;
    private final HostRoot root;
    private final Accounts accounts;

    private Membership(ActionType type, HostRoot root) {
        this.type = type;
        this.root = root;
        this.accounts = new Accounts(root);
    }

    static Membership adding(HostRoot root) {
        return new Membership(ActionType.GROUP_MEMBER_ADD, root);
    }

    static Membership removing(HostRoot root) {
        return new Membership(ActionType.GROUP_MEMBER_REMOVE, root);
    }

    @Override
    public ActionType type() {
        return type;
    }

    private boolean isAdding() {
        return type == ActionType.GROUP_MEMBER_ADD;
    }

    @Override
    public Sight look(Json.Obj parameters) {
        return Looking.at(() -> seen(parameters));
    }

    private Optional<Sight> seen(Json.Obj parameters) throws IOException {
        Optional<Accounts.Account> account = accounts.account(parameters.string("account"));
        Optional<Accounts.Group> group = accounts.group(parameters.string("group"));
        if (account.isEmpty() || group.isEmpty()) {
            return Optional.empty();
        }
        boolean member = group.get().members().contains(account.get().name());
        boolean first = group.get().number() == account.get().group();
        boolean asAsked = isAdding() ? member || first : !member && !first;
        return Optional.of(
                new Sight.Seen(asAsked, Summary.of(SummaryKind.GROUP_MEMBER, "member", member, "first", first)));
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        return change(parameters, isAdding());
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        return change(parameters, before.values().bool("member")).isEmpty();
    }

    private Optional<Failure> change(Json.Obj parameters, boolean member) {
        List<String> words = new ArrayList<>();
        if (!root.isThisMachine()) {
            words.addAll(List.of("-Q", root.path().toString()));
        }
        words.addAll(List.of(member ? "-a" : "-d", parameters.string("account"), parameters.string("group")));
        return Program.at(Path.of("/usr/bin/gpasswd")).run(words);
    }
}
