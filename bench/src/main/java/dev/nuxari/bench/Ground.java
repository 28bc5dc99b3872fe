package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.ScriptedLogin;
import dev.nuxari.platform.Stack;
import dev.nuxari.platform.StackFile;
import dev.nuxari.platform.StackOptions;
import java.nio.file.Path;

/** What is measured: a seeded stack that this process starts and stops. */
final class Ground implements AutoCloseable {
    private final StackOptions options;
    private Stack stack;

    private Ground(StackOptions options, Stack stack) {
        this.options = options;
        this.stack = stack;
    }

    static Ground on(Path data, int port) {
        StackOptions options = StackOptions.in(data, port);
        return new Ground(options, Stack.up(options, Bench::say));
    }

    /** Stops everything and starts it again; the nanoseconds from the order to readiness. */
    long restart() {
        stack.close();
        long began = System.nanoTime();
        stack = Stack.up(options, _ -> {});
        return System.nanoTime() - began;
    }

    StackFile file() {
        return stack.file();
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

    /** The same for the demonstration's other organization. */
    Client ofTheSecond(String role) {
        return as(file().organizations().get(1), role);
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
        stack.close();
    }
}
