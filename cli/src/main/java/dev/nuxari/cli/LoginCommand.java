package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Broker;
import dev.nuxari.cli.api.DeviceLogin;
import dev.nuxari.cli.api.Discovery;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.LoopbackLogin;
import dev.nuxari.cli.api.ProofKey;
import dev.nuxari.cli.api.Session;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Signs in with the browser, or on another device; shows and forgets who is signed in. */
@Command(
        name = "login",
        description = "Sign in with your browser. What the other commands do, they do as you.",
        footer = {
            "",
            "Examples:",
            "  nuxari login                                       on the stack of this checkout",
            "  nuxari login --server https://nuxari.example       on another server",
            "  nuxari login --device                              with a code, when this machine has no browser",
            "  nuxari login who                                   show who is signed in",
            "  nuxari login out                                   forget the session on this machine"
        })
final class LoginCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Terminal terminal;
    private final Door door;

    @Option(names = "--server", paramLabel = "URL", description = "The server; by default the stack of this checkout.")
    private @Nullable URI server;

    @Option(names = "--issuer", paramLabel = "URL", description = "Its identity broker, if it cannot be asked for it.")
    private @Nullable URI issuer;

    @Option(names = "--device", description = "Show a code to type on another device instead of opening a browser.")
    private boolean device;

    @Option(
            names = "--no-proof",
            description =
                    "Take tokens that are good in anybody's hands. By default they are bound to a key of this machine"
                            + " (DPoP, RFC 9449).")
    private boolean withoutProof;

    @Option(names = "--no-browser", description = "Print the address instead of opening it.")
    private boolean withoutBrowser;

    LoginCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Override
    public Integer call() {
        URI chosen = server == null ? localServer() : server;
        Broker broker = new Broker(
                issuer == null ? Discovery.issuer(chosen) : issuer,
                door.clock(),
                withoutProof ? Optional.empty() : Optional.of(ProofKey.fresh()));
        Session.Tokens tokens = device
                ? new DeviceLogin(broker).signIn(this::showCode)
                : new LoopbackLogin(broker, PATIENCE).signIn(this::openBrowser);
        return remember(chosen, broker.issuer(), tokens);
    }

    @Command(name = "who", description = "Show who is signed in, and what they may do.")
    int who() {
        Json.Obj me = door.api().me();
        terminal.answer(me, () -> show(me));
        return Exit.DONE.code();
    }

    @Command(name = "out", description = "Forget the session on this machine.")
    int out() {
        terminal.line(door.sessions().forget() ? "Signed out on this machine." : "Nobody was signed in.");
        return Exit.DONE.code();
    }

    private URI localServer() {
        return door.place()
                .stack()
                .map(stack -> URI.create(stack.string("url")))
                .orElseThrow(() -> new Usage("There is no stack in this checkout. Start one with \"nuxari up\", "
                        + "or name a server: nuxari login --server URL"));
    }

    private int remember(URI chosen, URI broker, Session.Tokens tokens) {
        Json.Obj me = new Api(chosen, "", tokens.credential(door.clock())).me();
        Session session =
                new Session(chosen, broker, Fields.text(me, "organization.id"), Fields.text(me, "email"), tokens);
        door.sessions().save(session);
        terminal.answer(me, () -> show(me));
        return Exit.DONE.code();
    }

    private void show(Json.Obj me) {
        terminal.line(terminal.colours().strong(Fields.text(me, "displayName")) + " <" + Fields.text(me, "email")
                + ">, " + Fields.text(me, "role") + " of " + Fields.text(me, "organization.name"));
        terminal.line("May: " + Fields.text(me, "permissions"));
    }

    private void showCode(String address, String code) {
        terminal.note("Open " + address);
        terminal.note("and confirm the code " + code);
    }

    private void openBrowser(URI address) {
        terminal.note("Sign in here, if no browser opens by itself:");
        terminal.note("  " + address);
        if (!withoutBrowser) {
            open(address);
        }
    }

    /** A browser that does not open is no error: the address stands on the screen. */
    private static void open(URI address) {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
        try {
            new ProcessBuilder(List.of(mac ? "open" : "xdg-open", address.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // No such program on this machine.
        }
    }
}
