package dev.nuxari.server.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** A face of the embedded font: what it can write, how wide that is, and where lines end. */
final class PdfFont {
    private static final String DIRECTORY = "/net/sf/jasperreports/fonts/dejavu/";
    private static final float UNITS = 1000;

    private final PDFont font;
    private final CmapLookup glyphs;
    private final Map<Integer, Float> widths = new HashMap<>();

    private PdfFont(PDFont font, CmapLookup glyphs) {
        this.font = font;
        this.glyphs = glyphs;
    }

    /** Embeds the glyphs that will be used, and no others. */
    static PdfFont embed(PDDocument document, String face) throws IOException {
        try (InputStream resource = PdfFont.class.getResourceAsStream(DIRECTORY + face + ".ttf")) {
            if (resource == null) {
                throw new IllegalStateException("the font %s is not on the class path".formatted(face));
            }
            TrueTypeFont read = new TTFParser().parse(new RandomAccessReadBuffer(resource));
            // A ligature is one glyph for two letters, which nobody finds again who searches for the letters.
            read.setEnableGsub(false);
            return new PdfFont(PDType0Font.load(document, read, true), read.getUnicodeCmapLookup());
        }
    }

    PDFont font() {
        return font;
    }

    /**
     * The text as this face can write it. What it has no glyph for, what controls writing and what is written from right to
     * left is replaced by its code point in brackets: seen, and never taken for something else.
     */
    String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isWritten(character)) {
                printable.appendCodePoint(character);
            } else if (character == '\t') {
                printable.append(' ');
            } else {
                printable.append("[U+%04X]".formatted(character));
            }
        });
        return printable.toString();
    }

    private boolean isWritten(int character) {
        boolean hasGlyph = glyphs.getGlyphId(character) != 0;
        return hasGlyph && !controls(character) && !isFromRightToLeft(character);
    }

    private static boolean controls(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static boolean isFromRightToLeft(int character) {
        byte direction = Character.getDirectionality(character);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }

    /** Cuts a printable text into lines: after a space where there is one, and where the line is full otherwise. */
    List<String> lines(String printable, float size, float width) {
        return cut(printable, size, width, true);
    }

    /** Cuts a printable text where lines are full and nowhere else, so that nobody wonders whether there was a space. */
    List<String> fullLines(String printable, float size, float width) {
        return cut(printable, size, width, false);
    }

    private List<String> cut(String printable, float size, float width, boolean atSpaces) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        int afterSpace = 0;
        float used = 0;
        for (int i = 0; i < printable.length(); ) {
            int character = printable.codePointAt(i);
            int next = i + Character.charCount(character);
            float advance = width(character) * size / UNITS;
            if (used + advance > width && i > start && !(atSpaces && character == ' ')) {
                int cut = afterSpace > start ? afterSpace : i;
                lines.add(printable.substring(start, cut));
                start = cut;
                afterSpace = cut;
                used = width(printable.substring(cut, i), size);
            }
            used += advance;
            afterSpace = atSpaces && character == ' ' ? next : afterSpace;
            i = next;
        }
        lines.add(printable.substring(start));
        return lines;
    }

    float width(String printable, float size) {
        float units = 0;
        for (int i = 0; i < printable.length(); i += Character.charCount(printable.codePointAt(i))) {
            units += width(printable.codePointAt(i));
        }
        return units * size / UNITS;
    }

    private float width(int character) {
        return widths.computeIfAbsent(character, this::measured);
    }

    private float measured(int character) {
        try {
            return font.getStringWidth(Character.toString(character));
        } catch (IOException e) {
            throw new IllegalStateException("the embedded font cannot be read", e);
        }
    }
}
