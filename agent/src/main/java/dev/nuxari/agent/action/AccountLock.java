package dev.nuxari.agent.action;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Locks an account or opens it. A locked password alone lets SSH keys in, so a locked account is an expired one as well: on the
 * day after 1970 began, which no account expires on by itself.
 */
final class AccountLock implements Action {
    private static final String LONG_AGO = "1";

    private final ActionType type;
    private final HostRoot root;
    private final Accounts accounts;

    private AccountLock(ActionType type, HostRoot root) {
        this.type = type;
        this.root = root;
        this.accounts = new Accounts(root);
    }

    static AccountLock locking(HostRoot root) {
        return new AccountLock(ActionType.ACCOUNT_LOCK, root);
    }

    static AccountLock unlocking(HostRoot root) {
        return new AccountLock(ActionType.ACCOUNT_UNLOCK, root);
    }

    @Override
    public ActionType type() {
        return type;
    }

    private String expiry(Json.Obj values) {
        return values.has("expires") ? Long.toString(values.integer("expires")) : "";
    }

    @Override
    public Sight look(Json.Obj parameters) {
        return Looking.at(() -> accounts.secret(parameters.string("account")).map(secret -> seen(parameters, secret)));
    }

    private Sight seen(Json.Obj parameters, Accounts.Secret secret) {
        String password = password(secret.password());
        boolean asAsked = type == ActionType.ACCOUNT_LOCK
                ? (password.equals("locked") || password.equals("none"))
                        && secret.expires().equals(LONG_AGO)
                : !password.equals("locked") && secret.expires().equals(expiry(parameters));
        Json.Obj values = Json.object("password", password);
        return new Sight.Seen(
                asAsked,
                new Summary(
                        SummaryKind.ACCOUNT_STATE,
                        secret.expires().isEmpty()
                                ? values
                                : values.with("expires", Long.parseLong(secret.expires()))));
    }

    private static String password(String field) {
        String behind = field.replaceFirst("^!+", "");
        if (field.isEmpty()) {
            return "empty";
        }
        if (!behind.startsWith("$") && !behind.matches("[A-Za-z0-9./]{13}")) {
            return "none"; // no hash of any kind: nothing that is typed leads to it
        }
        return behind.equals(field) ? "set" : "locked";
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        String account = parameters.string("account");
        return type == ActionType.ACCOUNT_LOCK
                ? change(account, "-L", LONG_AGO)
                : change(account, "-U", expiry(parameters));
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        boolean open = before.values().string("password").equals("set");
        change(parameters.string("account"), open ? "-U" : "-L", expiry(before.values()));
        return look(parameters) instanceof Sight.Seen(var _, Summary now) && now.equals(before);
    }

    private Optional<Failure> change(String account, String lock, String expiry) {
        List<String> words = new ArrayList<>(List.of(lock, "-e", expiry));
        if (!root.isThisMachine()) {
            words.addAll(List.of("-P", root.path().toString()));
        }
        words.add(account);
        return Program.at(Path.of("/usr/sbin/usermod")).run(words);
    }
}
