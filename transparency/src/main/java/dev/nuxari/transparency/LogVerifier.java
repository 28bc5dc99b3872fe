package dev.nuxari.transparency;

import dev.nuxari.transparency.BundleReader.Bundle;
import dev.nuxari.transparency.LogVerification.Refuted;
import dev.nuxari.transparency.LogVerification.Stretch;
import dev.nuxari.transparency.LogVerification.Verified;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.LongStream;

/**
 * Verifies a whole log from the outside: the newest checkpoint is signed by the log, every entry and every tile that it
 * promises is there, they lead to its root, and the log has only grown since a checkpoint that somebody remembers. Reads and
 * hashes bundles side by side and keeps only a few at a time, so the memory it takes does not depend on the log's size.
 */
public final class LogVerifier {
    /** As many as keep the processors and the network busy, as long as all of them can be of the largest size. */
    private static final int AT_ONCE = (int) Math.clamp(
            Runtime.getRuntime().maxMemory() / (3L * LogSource.LARGEST_RESOURCE),
            1,
            Math.max(8, 2 * Runtime.getRuntime().availableProcessors()));

    private final List<LogKey> keys;
    private final LogSource source;
    private final BundleReader reader;

    /**
     * A verifier of one log.
     *
     * @param keys the log's keys, all of the same name: its newest one, and those it has signed with before
     * @throws IllegalArgumentException if there is no key, or they are of several logs
     */
    public LogVerifier(List<LogKey> keys, LogSource source, EntryRule rule) {
        if (keys.stream().map(key -> key.verifier().name()).distinct().count() != 1) {
            throw new IllegalArgumentException("a log has one name and at least one key");
        }
        this.keys = List.copyOf(keys);
        this.source = source;
        this.reader = new BundleReader(source, rule);
    }

    /**
     * Reads the whole log.
     *
     * @param since a checkpoint of this log from an earlier time
     * @param progress told how many entries were verified so far
     * @throws IOException if the log cannot be read, which says nothing about it
     */
    public LogVerification verify(Optional<SignedNote> since, LongConsumer progress) throws IOException {
        Optional<byte[]> newest = source.read(LogSource.CHECKPOINT);
        if (newest.isEmpty()) {
            return new Refuted("is not served", LogSource.CHECKPOINT, Stretch.none());
        }
        if (newest.get().length > LogSource.LARGEST_RESOURCE) {
            return new Refuted(BundleReader.TOO_LARGE, LogSource.CHECKPOINT, Stretch.none());
        }
        Optional<Checkpoint> remembered = Optional.empty();
        Checkpoint head;
        SignedNote note;
        try {
            remembered = since.map(this::vouchedFor);
            note = SignedNote.parse(newest.get());
            head = vouchedFor(note);
        } catch (IllegalArgumentException e) {
            return new Refuted(String.valueOf(e.getMessage()), LogSource.CHECKPOINT, Stretch.none());
        }
        long before = remembered.map(Checkpoint::size).orElse(0L);
        if (head.size() < before) {
            return new Refuted(
                    "is of %d entries, the log had %d before".formatted(head.size(), before),
                    LogSource.CHECKPOINT,
                    Stretch.of(head.size(), before));
        }
        Optional<Refuted> refuted = walk(head, remembered, progress);
        if (refuted.isPresent()) {
            return refuted.get();
        }
        return new Verified(note, head, remembered);
    }

    /** The checkpoint of a note that one of the log's keys has signed. */
    private Checkpoint vouchedFor(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        String name = keys.getFirst().verifier().name();
        if (!checkpoint.origin().equals(name)) {
            throw new IllegalArgumentException("is of the log %s, not of %s".formatted(checkpoint.origin(), name));
        }
        List<Verification> answers = keys.stream().map(key -> key.verify(note)).toList();
        if (answers.stream().noneMatch(Verification.Verified.class::isInstance)) {
            throw new IllegalArgumentException("is not signed by the log: "
                    + answers.stream()
                            .map(answer -> ((Verification.Refuted) answer).reason())
                            .collect(Collectors.joining("; ")));
        }
        if (checkpoint.size() == 0 && !checkpoint.root().equals(MerkleHash.EMPTY)) {
            throw new IllegalArgumentException("has a root over no entries");
        }
        return checkpoint;
    }

    private Optional<Refuted> walk(Checkpoint head, Optional<Checkpoint> remembered, LongConsumer progress)
            throws IOException {
        LogWalk walk = new LogWalk(head, remembered, new TileLevels(reader));
        long bundles = Math.ceilDiv(head.size(), Tile.FULL);
        try {
            Optional<Refuted> refuted = LongStream.range(0, bundles)
                    .boxed()
                    .gather(Gatherers.mapConcurrent(AT_ONCE, index -> read(index, head.size())))
                    .map(bundle -> step(walk, bundle, progress))
                    .flatMap(Optional::stream)
                    .findFirst();
            return refuted.isPresent() ? refuted : walk.end();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Bundle read(long index, long size) {
        try {
            return reader.read(index, (int) Math.min(Tile.FULL, size - index * Tile.FULL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Refuted> step(LogWalk walk, Bundle bundle, LongConsumer progress) {
        try {
            Optional<Refuted> refuted = walk.step(bundle);
            progress.accept(walk.size());
            return refuted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
