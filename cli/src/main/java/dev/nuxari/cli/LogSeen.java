package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Brief;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.Ed25519PublicKey;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known of a log from elsewhere: a checkpoint that was kept, and who else was shown the same. */
final class LogSeen {
    /** As many as the server looks for at once. */
    private static final int MOST_NAMED = 50;

    private static final Pattern AGENT = Pattern.compile(".+/agent/([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    @Option(names = "--from", paramLabel = "FILE", description = "A checkpoint you kept.")
    private @Nullable Path from;

    @Option(
            names = "--witnesses",
            paramLabel = "K",
            description = "Demand that K of the named witnesses have cosigned the checkpoint.")
    private @Nullable Integer needed;

    @Option(
            names = "--witness-key",
            paramLabel = "KEY",
            description =
                    "A witness's key as C2SP writes it, <server host>/agent/<id>+<key id>+<key>, as you got it on its host.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--witness-keys", paramLabel = "FILE", description = "A file with such keys, one in a line.")
    private @Nullable Path file;

    /**
     * Who has cosigned.
     *
     * @param at since when at least as many have as were needed: the log may have been shown otherwise afterwards
     * @param forged witnesses in whose name there is a line that they have not made
     */
    record Witnessed(int needed, int count, Instant at, List<String> forged) {
        /** What is wrong with it. */
        Optional<String> objection() {
            return forged.stream()
                    .findFirst()
                    .map(name -> "has a line in the name of %s that this witness has not signed".formatted(name));
        }

        /** What is missing. That it is not shown does not say that it is not there. */
        Optional<String> shortfall() {
            return count >= needed
                    ? Optional.empty()
                    : Optional.of(
                            "is cosigned by %d of the named witnesses, and %d are needed".formatted(count, needed));
        }
    }

    boolean asksForWitnesses() {
        return needed != null;
    }

    Optional<SignedNote> kept() {
        return Optional.ofNullable(from).map(LogSeen::checkpoint);
    }

    /**
     * The log as its witnesses have seen it: the newest checkpoint with enough cosignatures instead of the newest. A copy has one only, with
     * the cosignatures that were copied.
     */
    LogSource of(LogSource log) {
        Integer k = needed;
        if (k == null) {
            if (!keys.isEmpty() || file != null) {
                throw new Usage("The keys of witnesses need --witnesses.");
            }
            return log;
        }
        if (k < 1) {
            throw new Usage("--witnesses is a number from 1.");
        }
        String question = "%s?witnesses=%d&of=%s".formatted(LogSource.CHECKPOINT, k, String.join(",", agents()));
        return path -> {
            Optional<byte[]> cosigned = path.equals(LogSource.CHECKPOINT) ? log.read(question) : Optional.empty();
            return cosigned.isPresent() ? cosigned : log.read(path);
        };
    }

    /** The names by which the server knows the witnesses: the last part of theirs. */
    private List<String> agents() {
        List<String> agents = witnesses().stream()
                .map(witness -> AGENT.matcher(witness.name()))
                .map(name -> name.matches() ? name.group(1) : "")
                .distinct()
                .toList();
        if (agents.isEmpty() || agents.contains("")) {
            throw new Usage("--witnesses needs the keys of agents, by --witness-key or --witness-keys.");
        }
        if (agents.size() > MOST_NAMED) {
            throw new Usage("At most %d witnesses can be named at once.".formatted(MOST_NAMED));
        }
        return agents;
    }

    /** The checkpoint that witnesses have cosigned, where it is older than what was kept: they have not seen as much yet. */
    Optional<SignedNote> behind(LogSource asWitnessed) throws IOException {
        Optional<byte[]> shown = needed == null ? Optional.empty() : asWitnessed.read(LogSource.CHECKPOINT);
        if (shown.isEmpty() || from == null) {
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(shown.get());
            long kept = Checkpoint.parse(checkpoint(from).text()).size();
            return Checkpoint.parse(note.text()).size() < kept ? Optional.of(note) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // what is no checkpoint is refuted elsewhere
        }
    }

    /** Before the log is read. A log that vouches for itself is no witness, and one witness is one under each name. */
    void mustFit(LogTrust.Answer trusted) {
        Integer k = needed;
        if (k == null || !(trusted instanceof LogTrust.Trusted known)) {
            return;
        }
        List<Cosignature> witnesses = witnesses();
        String origin = known.keys().getFirst().verifier().name();
        String host = origin.replaceFirst("/log/[^/]*$", "");
        for (Cosignature witness : witnesses) {
            boolean isLog = known.keys().stream()
                    .anyMatch(key -> key.verifier().publicKey().equals(witness.key()));
            if (isLog) {
                throw new Usage("The log's own key is no witness: " + witness.name());
            }
            if (!witness.name().startsWith(host + "/agent/")) {
                throw new Usage("Not a witness of " + origin + ": " + witness.name());
            }
        }
        long distinct = witnesses.stream().map(Cosignature::key).distinct().count();
        if (distinct < k) {
            throw new Usage("%d witnesses are needed, and there are keys of %d.".formatted(k, distinct));
        }
    }

    /** Each key counts once. */
    Witnessed witnessed(SignedNote checkpoint) {
        int k = Optional.ofNullable(needed).orElseThrow();
        List<Ed25519PublicKey> counted = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (Cosignature witness : witnesses()) {
            Optional<Instant> at = counted.contains(witness.key()) ? Optional.empty() : witness.verify(checkpoint);
            at.ifPresent(time -> {
                counted.add(witness.key());
                times.add(time);
            });
        }
        Instant since = times.stream()
                .sorted(Comparator.reverseOrder())
                .skip(k - 1L)
                .findFirst()
                .orElse(Instant.EPOCH);
        List<String> forged = witnesses().stream()
                .filter(witness -> witness.isForgedIn(checkpoint))
                .map(Cosignature::name)
                .toList();
        return new Witnessed(k, times.size(), since, forged);
    }

    private List<Cosignature> witnesses() {
        List<String> all = new ArrayList<>(keys);
        if (file != null) {
            new String(LocalFile.read(file), UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(all::add);
        }
        return all.stream().map(LogSeen::witness).toList();
    }

    private static Cosignature witness(String vkey) {
        try {
            return Cosignature.parse(vkey);
        } catch (IllegalArgumentException e) {
            throw new Usage("Not the key of a witness: " + Brief.of(String.valueOf(e.getMessage())));
        }
    }

    private static SignedNote checkpoint(Path file) {
        try {
            return SignedNote.parse(LocalFile.readAsJson(file));
        } catch (IllegalArgumentException e) {
            throw new Usage(file + " is no checkpoint: " + Brief.of(String.valueOf(e.getMessage())));
        }
    }
}
