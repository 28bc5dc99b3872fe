package dev.nuxari.e2e;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.demo.Ground;
import dev.nuxari.cli.demo.People;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Folders;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.Lifetime;
import dev.nuxari.platform.Ports;
import dev.nuxari.platform.Progress;
import dev.nuxari.platform.ScriptedLogin;
import dev.nuxari.platform.Stack;
import dev.nuxari.platform.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one stack that all tests of this module share: started before the first that needs it, stopped after the last. */
final class Composed implements AutoCloseable {
    static final Path HOME =
            Path.of(System.getProperty("nuxari.home", "..")).toAbsolutePath().normalize();
    static final Path DATA = HOME.resolve("e2e").resolve("target").resolve("stack");

    /** What the servers know of releases of the agent: whoever publishes some puts them there. */
    static final Path RELEASES = HOME.resolve("e2e").resolve("target").resolve("agent-releases");

    private static @Nullable Composed shared;

    private final Stack stack;
    private final ServerUnderTest server;
    private final Ground ground;
    private final Map<String, People> people = new ConcurrentHashMap<>();

    private final Program.Ended firstDemo;

    private Composed(Stack stack, Program.Ended firstDemo) {
        this.stack = stack;
        this.firstDemo = firstDemo;
        this.ground = Ground.of(stack.file().content());
        this.server = new ServerUnderTest(stack.file().content());
    }

    /** The stack, with the demonstration connected and its loop run once. */
    static synchronized Composed stack() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    static synchronized void stop() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    private static Composed start() {
        empty(DATA);
        // Recording a start takes longer than it saves in the two starts that happen here.
        StackOptions options = StackOptions.in(DATA, Ports.free())
                .living(Lifetime.OURS)
                .withoutRecording()
                .with(Map.of(
                        "nuxari.domains.dns-servers",
                        NameServer.instance().address(),
                        // The identity providers that organizations bring are on this machine, and without TLS.
                        "nuxari.federation.trusted-hosts",
                        "localhost",
                        "nuxari.agents.releases",
                        RELEASES.toString()));
        Stack stack = Stack.up(options, new Progress() {
            @Override
            public void step(String what) {
                System.out.println("[stack] " + what);
            }
        });
        Program.Ended demo = Program.run("demo", "--data", DATA.toString(), "--exit");
        if (demo.code() != 0) {
            stack.close();
            throw new IllegalStateException("the demonstration failed\n" + demo.out() + demo.notes());
        }
        return new Composed(stack, demo);
    }

    private static void empty(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new IllegalStateException("cannot empty " + folder, e);
        }
    }

    /** The demonstration that connected the systems: the first on this data. */
    Program.Ended firstDemo() {
        return firstDemo;
    }

    Ground ground() {
        return ground;
    }

    ServerUnderTest server() {
        return server;
    }

    Json.Obj file() {
        return stack.file().content();
    }

    Ground.Organization organization(String slug) {
        return ground.organizations().stream()
                .filter(organization -> organization.slug().equals(slug))
                .findFirst()
                .orElseThrow();
    }

    /** The people of an organization, each signed in at most once. */
    People people(String slug) {
        return people.computeIfAbsent(
                slug, missing -> new People(ground, organization(missing), InstantSource.system()));
    }

    /** The administration of its broker. */
    KeycloakAdmin keycloakAdmin() {
        return stack.file().keycloakAdmin();
    }

    /** The API as the person with that role in {@code acme}. */
    Api api(String role) {
        return people("acme").as(role).api();
    }

    /** The bare wire as the person with that role, with a fresh token. */
    Wire wire(String slug, String role) {
        Ground.Organization organization = organization(slug);
        Ground.Account account = organization.account(role);
        String token = new ScriptedLogin(ground.issuer())
                .signIn(account.email(), account.password())
                .accessToken();
        return new Wire(ground.url(), organization.id(), token);
    }

    /** The connector of that kind in {@code acme}. */
    Json.Obj connector(String kind) {
        Optional<Json.Obj> found = api("admin").list("/connectors", 200).stream()
                .filter(connector -> connector.string("kind").equals(kind))
                .filter(connector -> organization("acme").systems().stream()
                        .anyMatch(system -> system.string("name").equals(connector.string("name"))))
                .findFirst();
        return found.orElseThrow();
    }

    @Override
    public void close() {
        server.close();
        stack.close();
    }
}
