package dev.nuxari.agent;

import dev.nuxari.agent.evidence.EvidenceKey;
import dev.nuxari.agent.evidence.EvidenceVault;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key of the host's evidence. A new one is made where there was none; one that is lost is not replaced, because whoever can damage it would
 * so make the evidence of yesterday unreadable without anybody's notice. The agent goes on without: what it sees is said with {@code kept:
 * false}, until somebody on the host has decided.
 */
record EvidenceSafe(AgentFolder folder) {
    private static final Logger LOGGER = System.getLogger(EvidenceSafe.class.getName());

    /** What is there of a key. */
    sealed interface State {
        record Good(EvidenceKey key) implements State {}

        record Never() implements State {}

        /** There was one. */
        record Lost(String message) implements State {}
    }

    /** Where what is read from now on is kept. */
    EvidenceVault vault(EvidenceVault.Limits limits, Instant now) throws IOException {
        return switch (state(Optional.of(now))) {
            case State.Good(EvidenceKey key) -> new EvidenceVault(folder.evidence(), key, limits);
            case State.Never() -> {
                Json.Obj made = EvidenceKey.generate(new SecureRandom());
                folder.evidenceKey().write(made);
                yield new EvidenceVault(folder.evidence(), parse(made), limits);
            }
            case State.Lost(String message) -> {
                LOGGER.log(Level.ERROR, "{0}", message);
                yield EvidenceVault.keepingNothing(folder.evidence(), parse(EvidenceKey.generate(new SecureRandom())));
            }
        };
    }

    /** What is wrong, if anything is. */
    Optional<String> fault() throws IOException {
        return state(Optional.empty()) instanceof State.Lost(String message) ? Optional.of(message) : Optional.empty();
    }

    /** For whoever wants to look at what is kept. */
    State state() throws IOException {
        return state(Optional.empty());
    }

    /** Puts a corrupt key aside, if it is given the time. */
    private State state(Optional<Instant> now) throws IOException {
        DurableFile file = folder.evidenceKey();
        return switch (file.read()) {
            case DurableFile.Content.Read(Json.Obj stored) -> {
                try {
                    yield new State.Good(parse(stored));
                } catch (IllegalArgumentException e) {
                    yield corrupt(file, String.valueOf(e.getMessage()), now);
                }
            }
            case DurableFile.Content.Corrupt(String reason) -> corrupt(file, reason, now);
            case DurableFile.Content.Missing() -> missing(file);
        };
    }

    private State corrupt(DurableFile file, String reason, Optional<Instant> now) throws IOException {
        String is = now.isPresent() ? " and is now " + file.quarantine(now.get()) : "";
        return lost("%s was corrupt (%s)%s.".formatted(file.path(), reason, is));
    }

    private State missing(DurableFile file) throws IOException {
        Optional<Path> aside = among(folder.path(), file.path().getFileName() + ".corrupt-");
        if (aside.isPresent()) {
            return lost("%s was corrupt and is now %s.".formatted(file.path(), aside.get()));
        }
        return among(folder.evidence(), "").isPresent()
                ? lost(file.path() + " is missing, and there is evidence that was sealed with it.")
                : new State.Never();
    }

    private static Optional<Path> among(Path folder, String beginning) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().startsWith(beginning))
                    .sorted()
                    .findFirst();
        }
    }

    private State lost(String what) {
        return new State.Lost(
                ("%s Without it nothing that is read here is kept, and nothing that was kept can be opened: put it back."
                                + " To begin with a new one, move what is left of it, and %s, to somewhere else and start the agent again.")
                        .formatted(what, folder.evidence()));
    }

    private static EvidenceKey parse(Json.Obj stored) {
        return EvidenceKey.parse(stored, new SecureRandom());
    }
}
