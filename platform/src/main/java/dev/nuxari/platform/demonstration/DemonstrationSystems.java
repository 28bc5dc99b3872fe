package dev.nuxari.platform.demonstration;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Directory;
import dev.nuxari.platform.Keycloak;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.Lifetime;
import dev.nuxari.platform.Postgres;
import dev.nuxari.platform.PostgresOptions;
import dev.nuxari.platform.RememberedPorts;
import dev.nuxari.platform.Secrets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The governed systems of the demonstration's organizations, running. */
public final class DemonstrationSystems implements AutoCloseable {
    private final List<String> organizations;
    private final Map<String, Postgres> clusters;
    private final Directory directory;
    private final Secrets secrets;

    private DemonstrationSystems(
            List<String> organizations, Map<String, Postgres> clusters, Directory directory, Secrets secrets) {
        this.organizations = List.copyOf(organizations);
        this.clusters = clusters;
        this.directory = directory;
        this.secrets = secrets;
    }

    /** A person of an organization who is a member of Nuxari. */
    public record Member(String role, String email, String firstName, String lastName) {}

    /** The six members of an organization, one for each role. */
    public static List<Member> members(String slug) {
        Population population = Population.of(slug);
        return Population.ROLES.stream()
                .map(role -> {
                    Person person = population.member(role);
                    return new Member(role, person.email(), person.firstName(), person.lastName());
                })
                .toList();
    }

    /** Starts the database clusters and the directory, filled on the first start. The realms come with {@link #realms}. */
    public static DemonstrationSystems start(
            Path folder, List<String> organizations, RememberedPorts ports, Lifetime lifetime) {
        Secrets secrets = new Secrets(folder.resolve("secrets"));
        Map<String, Postgres> clusters = new LinkedHashMap<>();
        try {
            for (String slug : organizations) {
                Postgres cluster = Postgres.start(
                        folder.resolve("postgres-" + slug),
                        PostgresOptions.small()
                                .onPort(ports.port("postgres-" + slug))
                                .living(lifetime));
                clusters.put(slug, cluster);
                database(slug, secrets).seed(cluster);
            }
            Path tree = folder.resolve("directory");
            organizations.forEach(slug -> directory(slug).seed(tree));
            Directory directory = Directory.start(
                    tree,
                    organizations.stream()
                            .map(slug -> directory(slug).tree(ports.port("directory-" + slug)))
                            .toList(),
                    lifetime);
            return new DemonstrationSystems(organizations, clusters, directory, secrets);
        } catch (RuntimeException e) {
            clusters.values().forEach(Postgres::close);
            throw e;
        }
    }

    /** Imports the governed realms unless they are there. */
    public void realms(Keycloak keycloak) {
        organizations.forEach(slug -> realm(slug, keycloak.admin()).seed());
    }

    /** The systems of an organization, each as a connector is registered: kind, name, settings, credentials. */
    public List<Json.Obj> systems(String slug, String keycloakUrl) {
        return List.of(
                realm(slug, new KeycloakAdmin(keycloakUrl, "", "")).connection(keycloakUrl),
                database(slug, secrets).connection(cluster(slug).port()),
                directory(slug).connection(directory.tree(slug)));
    }

    /**
     * Changes some assignments in each system of an organization by hand, past every approval, always the same ones. To be
     * done after the first observation was accepted as the baseline.
     *
     * @param systems what {@link #systems} said, perhaps in another process
     */
    public static void drift(String slug, List<Json.Obj> systems, KeycloakAdmin admin) {
        for (Json.Obj system : systems) {
            Json.Obj settings = system.object("settings");
            Json.Obj operator = system.object("credentials").object("execute");
            switch (system.string("kind")) {
                case "keycloak" -> GovernedRealm.drift(Content.of(Population.of(slug), Catalogue.REALM), admin);
                case "postgresql" ->
                    GovernedDatabase.drift(
                            Content.of(Population.of(slug), Catalogue.DATABASE),
                            port(settings),
                            operator.string("password"));
                case "ldap" -> directory(slug).drift(port(settings), operator.string("password"));
                default -> throw new IllegalArgumentException("no such kind: " + system.string("kind"));
            }
        }
    }

    private static int port(Json.Obj settings) {
        return Math.toIntExact(settings.integer("port"));
    }

    private Postgres cluster(String slug) {
        Postgres cluster = clusters.get(slug);
        if (cluster == null) {
            throw new IllegalArgumentException("no organization " + slug);
        }
        return cluster;
    }

    private GovernedRealm realm(String slug, KeycloakAdmin admin) {
        return new GovernedRealm(Content.of(Population.of(slug), Catalogue.REALM), admin, secrets);
    }

    private static GovernedDatabase database(String slug, Secrets secrets) {
        return new GovernedDatabase(Content.of(Population.of(slug), Catalogue.DATABASE), secrets);
    }

    private static GovernedDirectory directory(String slug) {
        return new GovernedDirectory(Content.of(Population.of(slug), Catalogue.DIRECTORY));
    }

    public Directory directory() {
        return directory;
    }

    /** The database clusters by organization. */
    public Map<String, Postgres> clusters() {
        return Map.copyOf(clusters);
    }

    @Override
    public void close() {
        directory.close();
        clusters.values().forEach(Postgres::close);
    }
}
