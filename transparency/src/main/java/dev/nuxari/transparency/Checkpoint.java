package dev.nuxari.transparency;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log says of itself at one moment: its name, how many entries, and their root (C2SP tlog-checkpoint).
 *
 * @param origin the log's name, the same for ever
 * @param extensions further lines, opaque to us; our own checkpoints have none
 */
public record Checkpoint(String origin, long size, MerkleHash root, List<String> extensions) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    /** JSON holds no larger number exactly, and no log will get there. */
    private static final long LARGEST = (1L << 53) - 1;

    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n") || size < 0) {
            throw new IllegalArgumentException("a checkpoint has an origin and a size");
        }
        if (size > LARGEST) {
            throw new IllegalArgumentException("a log has at most %d entries".formatted(LARGEST));
        }
        if (extensions.stream().anyMatch(line -> line.isEmpty() || line.contains("\n"))) {
            throw new IllegalArgumentException("an extension is one line");
        }
        extensions = List.copyOf(extensions);
    }

    public Checkpoint(String origin, long size, MerkleHash root) {
        this(origin, size, root, List.of());
    }

    /**
     * Reads the text of a note.
     *
     * @throws IllegalArgumentException if it is no checkpoint
     */
    public static Checkpoint parse(String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("a checkpoint ends with a newline");
        }
        List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        if (lines.size() < 3 || !SIZE.matcher(lines.get(1)).matches()) {
            throw new IllegalArgumentException("a checkpoint is an origin, a size and a root, each on a line");
        }
        MerkleHash root = MerkleHash.of(StrictBase64.decode(lines.get(2)));
        return new Checkpoint(lines.getFirst(), Long.parseLong(lines.get(1)), root, lines.subList(3, lines.size()));
    }

    /** The text of the note. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(root.base64())
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * Signs it.
     *
     * @throws IllegalArgumentException if the signer's name is not the origin
     */
    public SignedNote sign(NoteSigner signer) {
        if (!signer.name().equals(origin)) {
            throw new IllegalArgumentException("a checkpoint is signed in the name of its origin");
        }
        return SignedNote.sign(text(), signer);
    }
}
