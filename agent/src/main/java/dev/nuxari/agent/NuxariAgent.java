package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.action.Actions;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The program: {@code enroll}, {@code run}, {@code status}, {@code evidence}, {@code posture}. */
public final class NuxariAgent {
    /** What the agent says of itself. */
    static final String VERSION = "0.1.0";

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    /** The service has to be started anew, and goes on as another release. */
    static final int RESTART = 75;

    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Set<String> PLACES = Set.of("--folder", "--policy");
    private static final Set<String> ENROLLING = Set.of(
            "--server",
            "--token",
            "--token-file",
            "--fingerprint",
            "--trusted-root",
            "--host-name",
            "--proxy",
            "--ca",
            "--pin",
            "--again");
    private static final String HELP = """
            nuxari agent enroll --server URL (--token T | --token-file FILE) [--fingerprint F | --trusted-root FILE]
                                [--host-name N] [--proxy HOST:PORT] [--ca FILE] [--pin KEYHASH] [--again]
            nuxari agent run
            nuxari agent status
            nuxari agent evidence list
            nuxari agent evidence show DIGEST [--raw]
            nuxari agent posture check
            nuxari agent posture take FILE [--key FILE]
            nuxari agent version
            All take --folder DIR (/var/lib/nuxari-agent) and --policy FILE (/etc/nuxari-agent/policy.json).
            """;

    private final PrintStream out;
    private final int policyOwner;
    private final InstantSource clock;
    private final Actions actions;

    /**
     * A program that writes here.
     *
     * @param policyOwner whose the host's policy has to be
     */
    NuxariAgent(PrintStream out, int policyOwner, InstantSource clock) {
        this(out, policyOwner, clock, Actions.ofThisHost());
    }

    /** One that can do this. */
    NuxariAgent(PrintStream out, int policyOwner, InstantSource clock, Actions actions) {
        this.out = out;
        this.policyOwner = policyOwner;
        this.clock = clock;
        this.actions = actions;
    }

    public static void main(String[] words) {
        System.exit(new NuxariAgent(System.out, PolicyFile.ROOT, InstantSource.system()).run(List.of(words)));
    }

    /** Answers the exit status. */
    int run(List<String> words) {
        try {
            return dispatch(words);
        } catch (Options.Misused e) {
            out.println(e.getMessage());
            out.print(HELP);
            return USAGE;
        } catch (AgentFolder.Unusable | Server.SaidNo | JsonException e) {
            out.println(e.getMessage());
            return REFUSED;
        } catch (IOException e) {
            out.println(e);
            return UNREACHABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return REFUSED;
        }
    }

    private int dispatch(List<String> words) throws IOException, InterruptedException {
        if (words.isEmpty()) {
            throw new Options.Misused("what is to be done?");
        }
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "enroll" -> {
                Set<String> known = new HashSet<>(ENROLLING);
                known.addAll(PLACES);
                yield enrol(Options.parse(rest, known));
            }
            case "run" -> runs(Options.parse(rest, PLACES));
            case "evidence" -> new HostCommands(out).evidence(rest);
            case "posture" -> new HostCommands(out).posture(rest);
            case "status" -> status(Options.parse(rest, PLACES));
            case "release" -> Releases.verify(rest, out);
            case "version" -> {
                out.println(VERSION);
                yield DONE;
            }
            case "help" -> {
                out.print(HELP);
                yield DONE;
            }
            default -> throw new Options.Misused("unknown command " + words.getFirst());
        };
    }

    private static Path folder(Options options) {
        return Path.of(options.find("--folder").orElse("/var/lib/nuxari-agent"));
    }

    private PolicyFile policy(Options options) {
        return new PolicyFile(Path.of(options.find("--policy").orElse("/etc/nuxari-agent/policy.json")), policyOwner);
    }

    private int enrol(Options options) throws IOException, InterruptedException {
        AgentFolder folder = AgentFolder.at(folder(options));
        Identity.Connection connection = connection(options);
        String token = Tokens.require(token(options), "nxe_");
        try (FileChannel _ = lock(folder)) {
            if (Files.exists(folder.identity().path())) {
                if (!options.has("--again")) {
                    out.println(
                            "This host has an agent. With --again it is enrolled anew, and what it remembers is put aside.");
                    return REFUSED;
                }
                folder.retire(clock.instant());
            }
            Enrolment.Root root = new Enrolment.Root(
                    options.find("--fingerprint"),
                    options.find("--trusted-root").map(Path::of));
            String name = options.find("--host-name").orElseGet(NuxariAgent::hostName);
            List<String> capable = capabilities().under(policy(options).read().policy());
            return say(new Enrolment(folder, connection, capable, clock).enrol(token, name, root));
        }
    }

    private Capabilities capabilities() {
        return new Capabilities(Releases.actions(actions));
    }

    private static Identity.Connection connection(Options options) {
        try {
            return new Identity.Connection(
                    URI.create(options.require("--server")),
                    options.find("--proxy"),
                    options.find("--ca")
                            .map(file -> Path.of(file).toAbsolutePath().toString()),
                    options.find("--pin"));
        } catch (IllegalArgumentException e) {
            throw new Options.Misused(String.valueOf(e.getMessage()));
        }
    }

    private static String token(Options options) throws IOException {
        Optional<String> file = options.find("--token-file");
        return file.isPresent()
                ? new String(Files.readAllBytes(Path.of(file.get())), UTF_8).strip()
                : options.require("--token");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            throw new Options.Misused("--host-name is missing, and this host does not know its own");
        }
    }

    private int say(Enrolment.Answer answer) {
        return switch (answer) {
            case Enrolment.Answer.Enrolled(var agent, var organization) -> {
                out.printf("Enrolled: agent %s of organization %s.%n", agent, organization);
                yield DONE;
            }
            case Enrolment.Answer.Unpinned(String fingerprint) -> {
                out.printf("""
                        The server's keys have the fingerprint
                            %s
                        Whoever holds these keys can give this host orders. Compare the fingerprint with the one that the console
                        shows, on another way than this connection, and say the same again with --fingerprint. Nothing was enrolled,
                        and the token is unused.
                        """, fingerprint);
                yield REFUSED;
            }
            case Enrolment.Answer.Distrusted(String reason) -> {
                out.printf("The server is not the one that was vouched for: %s. The token is unused.%n", reason);
                yield REFUSED;
            }
        };
    }

    private int runs(Options options) throws IOException {
        AgentFolder folder = AgentFolder.at(folder(options));
        try (FileChannel _ = lock(folder)) {
            Identity identity = Identity.parse(folder.require(folder.identity(), clock.instant()));
            Ed25519PrivateKey key = key(folder);
            Stop stop = new Stop();
            try (Server server = new Server(identity.connection(), key, clock, stop);
                    OrderlyEnd _ = new OrderlyEnd(stop, OrderlyEnd.LONGEST)) {
                Session session = new Session(server, folder.identity(), identity, clock);
                AgentLoop loop = loop(folder, session, key, policy(options), stop);
                loop.run(new Backoff(new SecureRandom()));
                return loop.isRestartDue() ? RESTART : DONE;
            }
        }
    }

    private AgentLoop loop(AgentFolder folder, Session session, Ed25519PrivateKey key, PolicyFile policy, Stop stop)
            throws IOException {
        Ledger ledger = Ledger.open(folder, clock.instant());
        return new AgentLoop(
                new AgentLoop.Parts(
                        session,
                        ledger,
                        new Reporting(session, ledger, new RefusedReceipts(folder), clock),
                        new Witness(ledger, new Alarm(folder.alarm()), key, clock),
                        new Orders(ledger, actions.with(Releases.update(folder, session, clock)), policy, key, clock),
                        new ObservationQueue(folder, ledger, key, clock),
                        policy,
                        capabilities(),
                        HostCommands.watch(folder, clock.instant()),
                        new OfferedPacks(new PostureShelf(folder.posture()), policy),
                        Releases.folder(folder),
                        folder.contact(),
                        stop),
                WAIT,
                clock);
    }

    private Ed25519PrivateKey key(AgentFolder folder) throws IOException {
        Json.Obj key = folder.require(folder.key(), clock.instant());
        return new Ed25519PrivateKey(StrictBase64.decode(key.string("ed25519")));
    }

    private static FileChannel lock(AgentFolder folder) throws IOException {
        return folder.lock()
                .orElseThrow(() -> new AgentFolder.Unusable("Another agent runs in " + folder.path() + "."));
    }

    private int status(Options options) throws IOException {
        return new StatusReport(new AgentFolder(folder(options)), policy(options), out).print() ? DONE : REFUSED;
    }
}
