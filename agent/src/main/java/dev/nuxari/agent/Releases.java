package dev.nuxari.agent;

import dev.nuxari.agent.action.Actions;
import dev.nuxari.agent.release.AgentUpdate;
import dev.nuxari.agent.release.ReleaseCheck;
import dev.nuxari.agent.release.ReleaseFolder;
import dev.nuxari.agent.release.ReleaseMemory;
import dev.nuxari.agent.release.ReleaseRefused;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.release.ReleaseRefusal;
import dev.nuxari.protocol.release.ReleaseVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The agent's releases as the program puts them together. */
final class Releases {
    private static final ReleaseVersion RUNNING = ReleaseVersion.parse(NuxariAgent.VERSION);

    private Releases() {}

    static ReleaseFolder folder(AgentFolder folder) {
        return new ReleaseFolder(folder.releases(), RUNNING);
    }

    /** What an agent with these actions can do, itself included where its package is made for that. */
    static Set<ActionType> actions(Actions actions) {
        Set<ActionType> types = new HashSet<>(actions.types());
        if (AgentUpdate.Home.ofThisProcess().isPrepared()) {
            types.add(ActionType.AGENT_UPDATE);
        }
        return types;
    }

    static AgentUpdate update(AgentFolder folder, Session session, InstantSource clock) {
        return new AgentUpdate(
                folder(folder),
                AgentUpdate.Home.ofThisProcess(),
                session::releasePart,
                new Remembering(folder.releaseMemory()),
                clock);
    }

    /** What is not what was written is refused, and stays where it is: to begin anew would be to believe older metadata. */
    private record Remembering(DurableFile file) implements ReleaseMemory {
        @Override
        public Optional<Json.Obj> read() throws IOException {
            return switch (file.read()) {
                case DurableFile.Content.Read(Json.Obj known) -> Optional.of(known);
                case DurableFile.Content.Missing() -> Optional.empty();
                case DurableFile.Content.Corrupt(String reason) ->
                    throw new ReleaseRefused(ReleaseRefusal.MEMORY_CORRUPT, file.path() + ": " + reason);
            };
        }

        @Override
        public void write(Json.Obj known) throws IOException {
            file.write(known);
        }
    }

    /** For the launcher, before root starts what lies in a folder that may have been somebody else's. */
    static int verify(List<String> words, PrintStream out) throws IOException {
        if (words.size() < 2 || !words.getFirst().equals("verify")) {
            throw new Options.Misused("release verify VERSION");
        }
        Options options = Options.parse(words.subList(2, words.size()), Set.of("--folder"));
        AgentFolder folder = new AgentFolder(Path.of(options.find("--folder").orElse("/var/lib/nuxari-agent")));
        try {
            ReleaseCheck.require(
                    folder(folder),
                    words.get(1),
                    AgentUpdate.Home.ofThisProcess(),
                    new Remembering(folder.releaseMemory()));
            return NuxariAgent.DONE;
        } catch (ReleaseRefused e) {
            out.println("Release " + words.get(1) + " is not started: " + e.getMessage());
            return NuxariAgent.REFUSED;
        }
    }
}
