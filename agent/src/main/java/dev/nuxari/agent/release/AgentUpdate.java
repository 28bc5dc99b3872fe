package dev.nuxari.agent.release;

import dev.nuxari.agent.action.Outliving;
import dev.nuxari.agent.action.Program;
import dev.nuxari.agent.action.Sight;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.ReleaseRefusal;
import dev.nuxari.protocol.release.ReleaseVersion;
import dev.nuxari.protocol.release.Targets;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Brings the agent to a release that was ordered, approved, and signed by whoever makes releases; each of the three alone does nothing. It ends
 * with a link that the launcher follows at the next start. From there on the release has to check in, or the launcher goes back.
 */
public final class AgentUpdate implements Outliving {
    private static final Logger LOGGER = System.getLogger(AgentUpdate.class.getName());

    /** How many times an archive's size has to be free: it is unpacked while it is still there, and its start-up cache comes beside it. */
    private static final int ROOM = 4;

    private static final String ROOT = "release-root.json";

    private final ReleaseFolder folder;
    private final Home home;
    private final ReleaseClient client;
    private Optional<ReleaseRefusal> refusal = Optional.empty();

    /**
     * Where the agent's package is.
     *
     * @param launched whether its launcher has started the agent; nobody else would follow a link
     */
    public record Home(Path folder, boolean launched, String platform) {
        private static final String LAUNCHED = "nuxari.agent.package";

        /** The same for this process. */
        public static Home ofThisProcess() {
            String architecture = System.getProperty("os.arch", "unknown");
            return new Home(
                    Path.of(System.getProperty(LAUNCHED, "/usr/lib/nuxari-agent")),
                    System.getProperty(LAUNCHED) != null,
                    "linux-" + (architecture.equals("aarch64") ? "arm64" : architecture));
        }

        Path root() {
            return folder.resolve(ROOT);
        }

        /** Whether there can be updates at all. */
        public boolean isPrepared() {
            return launched && Files.isRegularFile(root());
        }
    }

    public AgentUpdate(
            ReleaseFolder folder, Home home, ReleaseSource source, ReleaseMemory memory, InstantSource clock) {
        this(folder, home, new ReleaseClient(source, memory, home.root(), ReleaseClient.Patience.USUAL, clock));
    }

    AgentUpdate(ReleaseFolder folder, Home home, ReleaseClient client) {
        this.folder = folder;
        this.home = home;
        this.client = client;
    }

    @Override
    public ActionType type() {
        return ActionType.AGENT_UPDATE;
    }

    private static ReleaseVersion version(Json.Obj parameters) {
        return ReleaseVersion.parse(parameters.string("version"));
    }

    /** What is being tried does not count yet. */
    @Override
    public Sight look(Json.Obj parameters) {
        boolean runs = version(parameters).equals(folder.running()) && !folder.isOnTrial();
        return new Sight.Seen(runs, summary(Optional.empty()));
    }

    private Summary summary(Optional<ReleaseRefusal> why) {
        Json.Obj values = Json.object("version", folder.running().toString())
                .withPresent("refusal", why.map(ReleaseRefusal::spelled).orElse(null));
        return new Summary(SummaryKind.AGENT_RELEASE, values);
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        refusal = Optional.empty();
        try {
            prepare(parameters);
        } catch (ReleaseRefused e) {
            refuse(e.why(), e);
        } catch (IOException e) {
            refuse(ReleaseRefusal.NO_SPACE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(ReleaseRefusal.UNREACHABLE, e);
        }
        return refusal.map(AgentUpdate::failure);
    }

    private void refuse(ReleaseRefusal why, Exception e) {
        LOGGER.log(Level.WARNING, "No update: {0}", e.toString());
        refusal = Optional.of(why);
    }

    private void prepare(Json.Obj parameters) throws IOException, InterruptedException {
        if (!home.isPrepared()) {
            throw new ReleaseRefused(ReleaseRefusal.NOT_PREPARED, "no root of trust, or not started by the launcher");
        }
        if (version(parameters).compareTo(folder.running()) < 0) {
            throw new ReleaseRefused(ReleaseRefusal.DOWNGRADE, folder.running() + " runs");
        }
        Release release = chosen(targets(), parameters);
        folder.tidy(Optional.of(release));
        if (Files.getFileStore(folder.path()).getUsableSpace() < ROOM * release.length()) {
            throw new ReleaseRefused(ReleaseRefusal.NO_SPACE, ROOM + " times the archive have to be free");
        }
        client.download(release, folder.partial(release));
        folder.unpack(release);
        start(release);
        folder.tryNext(release.version());
    }

    /** A server that gives no answer is no matter of the disk. */
    private Targets targets() throws IOException, InterruptedException {
        Files.createDirectories(folder.path());
        try {
            return client.refresh();
        } catch (IOException e) {
            throw new ReleaseRefused(ReleaseRefusal.UNREACHABLE, e.toString());
        }
    }

    /** People have approved one archive; the metadata have to name exactly this one. */
    private Release chosen(Targets targets, Json.Obj parameters) {
        Release release = targets.find(parameters.string("sha256"))
                .filter(found -> found.length() == parameters.integer("length"))
                .filter(found -> found.version().equals(version(parameters)))
                .orElseThrow(() -> new ReleaseRefused(
                        ReleaseRefusal.NO_SUCH_RELEASE, "no release has this version, hash and length"));
        if (!release.platform().equals(home.platform())) {
            throw new ReleaseRefused(
                    ReleaseRefusal.OTHER_PLATFORM, release.platform() + ", and this is " + home.platform());
        }
        return release;
    }

    /** Whether it can run here at all is seen before anything depends on it; then it makes its start-up cache, or goes without. */
    private void start(Release release) {
        Path place = folder.of(release.version());
        Program java = Program.at(place.resolve("bin").resolve("java"));
        List<String> words = List.of(
                "@" + place.resolve("java.flags"),
                "-cp",
                place.resolve("agent.jar").toString(),
                "dev.nuxari.agent.NuxariAgent",
                "version");
        boolean itself = java.ask(words) instanceof Program.Ended.Well(String said)
                && said.strip().equals(release.version().toString());
        if (!itself) {
            throw new ReleaseRefused(ReleaseRefusal.DOES_NOT_START, "it does not say that it is " + release.version());
        }
        Optional<Failure> untrained = Program.at(place.resolve("train")).run(List.of());
        untrained.ifPresent(why -> LOGGER.log(Level.INFO, "No start-up cache for {0}: {1}", place, why));
    }

    private static Failure failure(ReleaseRefusal why) {
        return switch (why) {
            case NO_SUCH_RELEASE -> Failure.NOT_FOUND;
            case UNREACHABLE -> Failure.TIMED_OUT;
            case TURNED_BACK -> Failure.UNDONE;
            default -> Failure.REFUSED_BY_HOST;
        };
    }

    @Override
    public Verdict verdict(Json.Obj parameters) {
        ReleaseVersion wanted = version(parameters);
        if (refusal.isPresent()) {
            return failed(refusal.get());
        }
        if (folder.isOpen(wanted)) {
            return new Verdict.Open();
        }
        if (folder.isRefused(wanted)) {
            return failed(ReleaseRefusal.TURNED_BACK);
        }
        return wanted.equals(folder.running())
                ? new Verdict.Done(summary(Optional.empty()))
                : new Verdict.Failed(Failure.UNDONE, summary(Optional.empty())); // stopped before it came to a trial
    }

    private Verdict failed(ReleaseRefusal why) {
        return new Verdict.Failed(failure(why), summary(Optional.of(why)));
    }

    @Override
    public void settled() {
        refusal = Optional.empty();
        try {
            folder.tidy(Optional.empty());
        } catch (IOException e) {
            LOGGER.log(Level.INFO, "Former releases could not be taken away: {0}", e.toString());
        }
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        return false; // the launcher does
    }
}
