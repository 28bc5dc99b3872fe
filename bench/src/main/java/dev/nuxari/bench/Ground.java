package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.ScriptedLogin;
import dev.nuxari.platform.Stack;
import dev.nuxari.platform.StackFile;
import dev.nuxari.platform.StackOptions;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is measured: a seeded stack, which starts when it is first asked for and stops with this. */
final class Ground implements AutoCloseable {
    private final Path home;
    private final StackOptions options;
    private final boolean quick;
    private @Nullable Stack stack;

    private Ground(Path home, StackOptions options, boolean quick) {
        this.home = home;
        this.options = options;
        this.quick = quick;
    }

    static Ground on(Path home, Path data, int port, boolean quick) {
        return new Ground(home, StackOptions.in(data, port), quick);
    }

    private Stack stack() {
        if (stack == null) {
            FirstStart.demonstrate(home, options.data(), Map.of());
            stack = Stack.up(options, Bench::say);
        }
        return stack;
    }

    /** Stops everything and starts it again; the nanoseconds from the order to readiness. */
    long restart() {
        stack().close();
        long began = System.nanoTime();
        stack = Stack.up(options, _ -> {});
        return System.nanoTime() - began;
    }

    /** The checkout. */
    Path home() {
        return home;
    }

    /** Whether it is only to be seen that measuring works. */
    boolean quick() {
        return quick;
    }

    /** A folder for what is measured without the stack. */
    Path folder(String name) {
        return options.data().resolveSibling(name);
    }

    StackFile file() {
        return stack().file();
    }

    /** The same, started anew where a question before has put another server in the place of the stack's. */
    StackFile whole() {
        long server = (long) file().content().object("server").number("pid");
        if (ProcessHandle.of(server).isEmpty()) {
            restart();
        }
        return file();
    }

    /** Where the stack keeps everything. */
    Path data() {
        return options.data();
    }

    /** The demonstration's first organization. */
    Json.Obj organization() {
        return file().organizations().getFirst();
    }

    /** Signs one person of that organization in, as a program does. */
    Client as(String role) {
        return as(organization(), role);
    }

    /** The demonstration's other organization. */
    Json.Obj second() {
        return file().organizations().get(1);
    }

    /** The same for somebody of {@link #second}. */
    Client ofTheSecond(String role) {
        return as(second(), role);
    }

    private Client as(Json.Obj organization, String role) {
        Json.Obj account = organization.objects("accounts").stream()
                .filter(candidate -> candidate.string("role").equals(role))
                .findFirst()
                .orElseThrow();
        String token = new ScriptedLogin(file().issuer())
                .signIn(account.string("email"), account.string("password"))
                .accessToken();
        return new Client(file().url(), organization.string("id"), token);
    }

    @Override
    public void close() {
        if (stack != null) {
            stack.close();
        }
    }
}
