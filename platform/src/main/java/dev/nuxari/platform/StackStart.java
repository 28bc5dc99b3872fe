package dev.nuxari.platform;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Stack.StackParts;
import dev.nuxari.platform.demonstration.DemonstrationSystems;
import dev.nuxari.platform.demonstration.DemonstrationSystems.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One start of the {@link Stack}, in order. */
final class StackStart {
    private final StackOptions options;
    private final Progress progress;
    private final StackParts parts;
    private final Secrets secrets;
    private final RememberedPorts ports;

    StackStart(StackOptions options, Progress progress, StackParts parts) {
        this.options = options;
        this.progress = progress;
        this.parts = parts;
        this.secrets = new Secrets(options.data().resolve("secrets"));
        this.ports = new RememberedPorts(options.data().resolve("ports.json"));
    }

    StackFile run() {
        Path jar = ServerProgram.find();
        progress.step("Starting PostgreSQL");
        Postgres postgres = Postgres.start(
                options.data().resolve("postgres"),
                PostgresOptions.main().onPort(ports.port("postgres")).living(options.lifetime()));
        parts.add("postgres", postgres.pid(), postgres);
        DatabaseRoles roles = DatabaseRoles.ensure(postgres, options.data().resolve("secrets"));
        secrets.key("door");
        secrets.key("master");
        int keycloakPort = ports.port("keycloak");
        MailServer mail = MailServer.start(
                mails(), ports.port("mail"), options.data().resolve("logs/mail.log"), options.lifetime());
        parts.add("mail", mail.pid(), mail);

        progress.step("Starting the server and Keycloak");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ServerProcess> starting = threads.submit(() -> startServer(jar, postgres, keycloakPort));
            Future<Keycloak> brokering = threads.submit(() -> startKeycloak(postgres, keycloakPort));
            Future<List<DemonstrationSystems>> filling = threads.submit(this::startSystems);
            List<PlatformFailure> failures = new ArrayList<>();
            Keycloak keycloak = outcome(brokering, failures);
            List<DemonstrationSystems> systems = outcome(filling, failures);
            ServerProcess server = outcome(starting, failures);
            if (keycloak == null || systems == null || server == null) {
                throw failures.getFirst();
            }
            List<Json.Obj> organizations =
                    systems.isEmpty() ? List.of() : organizations(postgres, roles, keycloak, systems.getFirst());
            progress.done();
            return new StackFile(options.data(), content(postgres, keycloak, server, organizations));
        }
    }

    private ServerProcess startServer(Path jar, Postgres postgres, int keycloakPort) {
        Map<String, String> settings = new HashMap<>(options.settings());
        settings.put("spring.datasource.url", postgres.jdbcUrl(DatabaseRoles.DATABASE));
        settings.put("nuxari.public.base-url", url());
        settings.put("nuxari.oidc.issuer", "http://localhost:" + keycloakPort + "/realms/" + RealmTemplate.REALM);
        settings.put("nuxari.oidc.client-id", "nuxari-console");
        settings.put("nuxari.tenancy.door-key-file", secrets.file("door.key").toString());
        settings.put("nuxari.door-key-file", secrets.file("door.key").toString());
        settings.put("nuxari.master-key-file", secrets.file("master.key").toString());
        settings.put("nuxari.mail.host", Postgres.HOST);
        settings.put("nuxari.mail.port", Integer.toString(ports.port("mail")));
        settings.put("nuxari.mail.from", "nuxari@mail.example");
        settings.put("nuxari.mail.protection", "none");
        settings.put(
                "nuxari.log-watch.memory", options.data().resolve("log-memory").toString());
        Map<String, String> hidden = Map.of(
                "SPRING_DATASOURCE_PASSWORD", secrets.password(DatabaseRoles.APPLICATION),
                "SPRING_FLYWAY_PASSWORD", secrets.password(DatabaseRoles.OWNER),
                "NUXARI_TIMERS_PASSWORD", secrets.password(DatabaseRoles.TIMER),
                "NUXARI_OIDC_CLIENTSECRET", secrets.password("console-client"),
                "NUXARI_BROKER_CLIENTSECRET", secrets.password("server-client"));
        ServerProcess server = ServerProcess.start(
                ServerProgram.unpack(jar),
                new ServerOptions(
                        options.data(), options.port(), settings, hidden, options.recorded(), options.lifetime()),
                progress);
        return parts.add("server", server.pid(), server);
    }

    private Keycloak startKeycloak(Postgres postgres, int port) {
        Keycloak keycloak = Keycloak.start(
                postgres,
                KeycloakOptions.in(
                                options.data().resolve("logs"), options.data().resolve("secrets"))
                        .onPort(port)
                        .living(options.lifetime()),
                progress);
        parts.add("keycloak", keycloak.pid(), keycloak);
        String realm =
                RealmTemplate.render(url(), secrets.password("console-client"), secrets.password("server-client"));
        if (!keycloak.admin().ensureRealm(realm)) {
            RealmUpgrade.run(keycloak.admin(), RealmTemplate.REALM, Json.parseObject(realm));
            keycloak.admin().moveClient(RealmTemplate.REALM, "nuxari-console", url());
            keycloak.admin().ensureServiceAccount(realm, "nuxari-server");
        }
        return keycloak;
    }

    private List<DemonstrationSystems> startSystems() {
        if (!options.demonstration()) {
            return List.of();
        }
        return List.of(parts.add(DemonstrationSystems.start(
                options.data().resolve("governed"), Stack.SLUGS, ports, options.lifetime())));
    }

    private List<Json.Obj> organizations(
            Postgres postgres, DatabaseRoles roles, Keycloak keycloak, DemonstrationSystems systems) {
        progress.step("Preparing the demonstration's organizations and governed systems");
        systems.realms(keycloak);
        try (Provisioning provisioning = Provisioning.open(postgres, roles)) {
            return Stack.SLUGS.stream()
                    .map(slug -> organization(slug, provisioning, keycloak, systems))
                    .toList();
        }
    }

    private Json.Obj organization(
            String slug, Provisioning provisioning, Keycloak keycloak, DemonstrationSystems systems) {
        String name = Stack.ORGANIZATIONS.getOrDefault(slug, slug);
        KeycloakAdmin admin = keycloak.admin();
        String id = admin.ensureOrganization(RealmTemplate.REALM, slug, name, slug + ".example");
        provisioning.organization(UUID.fromString(id), slug, name);
        List<Json.Obj> accounts = new ArrayList<>();
        for (Member member : DemonstrationSystems.members(slug)) {
            String password = secrets.password("demo-" + slug + "-" + member.role());
            String subject = admin.ensureUser(
                    RealmTemplate.REALM,
                    new KeycloakAdmin.NewUser(member.email(), member.firstName(), member.lastName(), password));
            admin.ensureMember(RealmTemplate.REALM, id, subject);
            provisioning.member(
                    UUID.fromString(id),
                    new Provisioning.NewMember(
                            subject, member.email(), member.firstName() + " " + member.lastName(), member.role()));
            accounts.add(Json.object("role", member.role(), "email", member.email(), "password", password));
        }
        return Json.object(
                "id",
                id,
                "slug",
                slug,
                "name",
                name,
                "accounts",
                accounts,
                "systems",
                systems.systems(slug, keycloak.url()));
    }

    private Json.Obj content(Postgres postgres, Keycloak keycloak, ServerProcess server, List<Json.Obj> organizations) {
        List<OwnProcess> processes = new ArrayList<>(parts.processes());
        if (options.lifetime() == Lifetime.OURS) {
            // Whoever stops us is to ask this JVM, which then stops the rest in order.
            processes.addFirst(OwnProcess.of("launcher", ProcessHandle.current().pid()));
        }
        return Json.object(
                "v",
                1,
                "url",
                url(),
                "keycloak",
                Json.object(
                        "url",
                        keycloak.url(),
                        "realm",
                        RealmTemplate.REALM,
                        "adminUser",
                        Keycloak.ADMINISTRATOR,
                        "adminPassword",
                        keycloak.adminPassword(),
                        "pid",
                        keycloak.pid()),
                "postgres",
                Json.object(
                        "host",
                        Postgres.HOST,
                        "port",
                        postgres.port(),
                        "superuserPassword",
                        postgres.superuserPassword(),
                        "pid",
                        postgres.pid()),
                "server",
                Json.object("pid", server.pid(), "port", server.port()),
                "mails",
                mails().toAbsolutePath().toString(),
                "processes",
                processes.stream().map(OwnProcess::json).toList(),
                "organizations",
                organizations);
    }

    /** Where the mails are that the server has sent. */
    private Path mails() {
        return options.data().resolve("mail");
    }

    private String url() {
        return "http://localhost:" + options.port();
    }

    /** Waits; a failure is collected, so that whatever the others have started is known before anything is stopped. */
    private static <T> @Nullable T outcome(Future<T> future, List<PlatformFailure> failures) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            failures.add(
                    e.getCause() instanceof PlatformFailure failure
                            ? failure
                            : new PlatformFailure("Something unforeseen went wrong: " + e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(new PlatformFailure("Interrupted while starting", e));
        }
        return null;
    }
}
