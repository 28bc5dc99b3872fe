package dev.nuxari.agent;

import dev.nuxari.agent.action.Actions;
import dev.nuxari.agent.action.HostRoot;
import dev.nuxari.agent.evidence.EvidenceVault;
import dev.nuxari.agent.observe.Collector;
import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** An agent in a folder of a test, enrolled at its server, turn by turn. A new one of the same folder is the agent started anew. */
final class EnrolledAgent implements AutoCloseable {
    final AgentFolder folder;
    final Ledger ledger;
    final ObservationQueue observations;
    private final Server server;
    private final AgentLoop loop;

    private EnrolledAgent(Path home, Actions actions, List<Collector> collectors, InstantSource clock)
            throws IOException {
        this.folder = new AgentFolder(home.resolve("agent"));
        Instant now = clock.instant();
        Identity identity = Identity.parse(folder.require(folder.identity(), now));
        Ed25519PrivateKey key = new Ed25519PrivateKey(
                StrictBase64.decode(folder.require(folder.key(), now).string("ed25519")));
        this.server = new Server(identity.connection(), key, clock);
        this.ledger = Ledger.open(folder, now);
        this.observations = new ObservationQueue(folder, ledger, key, clock);
        PolicyFile policy = policy(home);
        Session session = new Session(server, folder.identity(), identity, clock);
        AgentLoop.Parts parts = new AgentLoop.Parts(
                session,
                ledger,
                new Reporting(session, ledger, new RefusedReceipts(folder), clock),
                new Witness(ledger, new Alarm(folder.alarm()), key, clock),
                new Orders(ledger, actions, policy, key, clock),
                observations,
                policy,
                new Capabilities(actions.types()),
                new Watch(
                        new HostRoot(home.resolve("host")),
                        policy.owner(),
                        collectors,
                        new EvidenceSafe(folder)
                                .vault(new EvidenceVault.Limits(Duration.ofDays(90), 1L << 30, 0), now)),
                new OfferedPacks(new PostureShelf(folder.posture()), policy),
                Releases.folder(folder),
                folder.contact(),
                new Stop());
        this.loop = new AgentLoop(parts, Duration.ZERO, clock);
    }

    /** The policy of the test's host, whose owner is whoever runs the test. */
    static PolicyFile policy(Path home) throws IOException {
        int owner = (Integer) Files.getAttribute(home, "unix:uid");
        return new PolicyFile(home.resolve("policy").resolve("policy.json"), owner);
    }

    static void allow(Path home, String policy) throws IOException {
        Path folder = home.resolve("policy");
        if (!Files.exists(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        Path file = folder.resolve("policy.json");
        Files.writeString(file, policy);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    static EnrolledAgent enrol(Path home, PlatformServer server, Actions actions, InstantSource clock)
            throws IOException, InterruptedException {
        AgentFolder folder = AgentFolder.at(home.resolve("agent"));
        Enrolment.Root root =
                new Enrolment.Root(Optional.of(server.platform.manifest().fingerprint()), Optional.empty());
        Enrolment.Answer answer = new Enrolment(
                        folder,
                        server.connection(),
                        new Capabilities(actions.types())
                                .under(policy(home).read().policy()),
                        clock)
                .enrol(PlatformServer.ENROLMENT_TOKEN, "db1.example", root);
        if (!(answer instanceof Enrolment.Answer.Enrolled)) {
            throw new IllegalStateException(answer.toString());
        }
        return start(home, actions, clock);
    }

    static EnrolledAgent start(Path home, Actions actions, InstantSource clock) throws IOException {
        return new EnrolledAgent(home, actions, List.of(), clock);
    }

    /** One that looks at the tree in {@code host} as well. */
    static EnrolledAgent watching(Path home, List<Collector> collectors, InstantSource clock) throws IOException {
        return new EnrolledAgent(home, Actions.ofThisHost(), collectors, clock);
    }

    void turn() throws IOException, InterruptedException {
        loop.turn();
    }

    Json.Obj alarm() throws IOException {
        return folder.require(folder.alarm(), Instant.EPOCH);
    }

    @Override
    public void close() {
        server.close();
    }
}
