package dev.nuxari.server.redaction;

/**
 * Reads a text as its reader will see it: escapes are decoded, characters that read like others are those, and invisible ones
 * are gone. It takes off one layer; what was encoded twice needs two.
 */
final class Unfolding {
    private final Text written;
    private final Reading reading;

    private Unfolding(Text written) {
        this.written = written;
        reading = new Reading(written);
    }

    static Reading of(Text written) {
        Unfolding unfolding = new Unfolding(written);
        for (int at = 0; at < written.length(); ) {
            at = unfolding.readAt(at);
        }
        return unfolding.reading;
    }

    /** How a short text reads when all layers are off that are looked into. */
    static String all(String text) {
        String read = text;
        for (int layer = 0; layer < Redactor.LAYERS; layer++) {
            Reading reading = of(Text.of(read));
            if (!reading.isChanged()) {
                return read;
            }
            read = reading.text().content();
        }
        return read;
    }

    private int readAt(int at) {
        char c = written.charAt(at);
        Escape escape = Escape.BEGINNINGS.indexOf(c) < 0 ? null : Escape.at(written, at);
        if (escape != null) {
            reading.change();
            reading.add(Character.toString(escape.codePoint()), at, at + escape.length());
            return at + escape.length();
        }
        if (Folding.isFolded(c)) {
            return foldAt(at);
        }
        reading.add(c, at, at + 1);
        return at + 1;
    }

    private int foldAt(int at) {
        int codePoint = Character.codePointAt(written, at);
        int end = at + Character.charCount(codePoint);
        String folded = Folding.of(codePoint);
        if (!folded.equals(Character.toString(codePoint))) {
            reading.change();
        }
        reading.add(folded, at, end);
        return end;
    }
}
