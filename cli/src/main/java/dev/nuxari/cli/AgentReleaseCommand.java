package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.ReleaseKeys;
import dev.nuxari.protocol.release.ReleaseRepository;
import dev.nuxari.protocol.release.ReleaseRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The vendor's side of agents' updates. Needs no server; servers get a copy of the folder. */
@Command(
        name = "agent-release",
        description = "Make keys for releases of the agent, sign releases, and publish them as a folder.",
        footer = {
            "",
            "Examples:",
            "  nuxari agent-release keys keys --root 3 --targets 2",
            "  nuxari agent-release root releases --keys keys --root-threshold 2",
            "  ./nuxari agent-archive out",
            "  nuxari agent-release add releases out/nuxari-agent-0.2.0-linux-amd64.tar.gz --keys keys",
            "  nuxari agent-release stamp releases --keys keys",
            "  nuxari agent-release renew releases --keys keys"
        })
final class AgentReleaseCommand {
    private final Terminal terminal;

    AgentReleaseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "keys",
            description = "Make a folder of new keys. Take those of root and targets apart and offline.")
    int keys(
            @Parameters(paramLabel = "FOLDER") Path folder,
            @Option(names = "--root", defaultValue = "3", description = "How many (default: 3).") int root,
            @Option(names = "--targets", defaultValue = "2", description = "How many (default: 2).") int targets) {
        try {
            ReleaseKeys.generate(Map.of(ReleaseRole.ROOT, root, ReleaseRole.TARGETS, targets), new SecureRandom())
                    .write(folder);
        } catch (IOException e) {
            throw LocalFile.unreadable(folder, e);
        }
        return Exit.DONE.code();
    }

    @Command(
            name = "root",
            description =
                    "Write the next root metadata. Agents' packages carry the first; a later one needs the keys before, too.")
    int root(
            @Parameters(paramLabel = "RELEASES") Path releases,
            @Option(names = "--keys", required = true, paramLabel = "FOLDER") Path keys,
            @Option(names = "--former-keys", paramLabel = "FOLDER") @Nullable Path former,
            @Option(names = "--root-threshold", defaultValue = "2", description = "Default: 2.") int rootThreshold,
            @Option(names = "--targets-threshold", defaultValue = "1", description = "Default: 1.")
                    int targetsThreshold) {
        try {
            Path written = repository(releases)
                    .writeRoot(
                            ReleaseKeys.read(keys),
                            Map.of(ReleaseRole.ROOT, rootThreshold, ReleaseRole.TARGETS, targetsThreshold),
                            former == null
                                    ? List.of()
                                    : ReleaseKeys.read(former).of(ReleaseRole.ROOT));
            terminal.answer(Json.object("root", written.toString()), () -> terminal.line(written.toString()));
            return Exit.DONE.code();
        } catch (IOException e) {
            throw LocalFile.unreadable(releases, e);
        } catch (IllegalArgumentException e) {
            throw new Usage(String.valueOf(e.getMessage()));
        }
    }

    @Command(name = "add", description = "Sign an archive as a release and publish it, with all that were.")
    int add(
            @Parameters(paramLabel = "RELEASES") Path releases,
            @Parameters(paramLabel = "ARCHIVE") Path archive,
            @Option(names = "--keys", required = true, paramLabel = "FOLDER") Path keys) {
        try {
            String files =
                    Files.readString(Path.of(archive + ".files"), US_ASCII).strip();
            Release added = repository(releases).add(archive, files, ReleaseKeys.read(keys));
            terminal.answer(
                    Json.object(
                            "version", added.version().toString(),
                            "platform", added.platform(),
                            "sha256", added.sha256(),
                            "length", added.length()),
                    () -> terminal.line("%s for %s: sha256 %s, length %d"
                            .formatted(added.version(), added.platform(), added.sha256(), added.length())));
            return Exit.DONE.code();
        } catch (IOException e) {
            throw LocalFile.unreadable(archive, e);
        } catch (IllegalArgumentException e) {
            throw new Usage(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "stamp",
            description = "Say once more that nothing is newer. To be run every few days, by a machine.")
    int stamp(
            @Parameters(paramLabel = "RELEASES") Path releases,
            @Option(names = "--keys", required = true, paramLabel = "FOLDER") Path keys) {
        try {
            repository(releases).stamp(ReleaseKeys.read(keys));
            return Exit.DONE.code();
        } catch (IOException e) {
            throw LocalFile.unreadable(releases, e);
        }
    }

    @Command(
            name = "renew",
            description =
                    "Sign all that is published again: with other keys, or before it ends (snapshot 90 days, targets a year).")
    int renew(
            @Parameters(paramLabel = "RELEASES") Path releases,
            @Option(names = "--keys", required = true, paramLabel = "FOLDER") Path keys) {
        try {
            ReleaseRepository repository = repository(releases);
            repository.publish(repository.releases(), ReleaseKeys.read(keys));
            return Exit.DONE.code();
        } catch (IOException e) {
            throw LocalFile.unreadable(releases, e);
        }
    }

    private static ReleaseRepository repository(Path folder) {
        return new ReleaseRepository(folder, InstantSource.system());
    }
}
