package dev.nuxari.server.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;

/**
 * Text from top to bottom over as many pages as it takes. What is written is tagged with what it is (PDF 1.7, section 14.8),
 * so that a program can read it aloud in its order. The same calls give the same bytes.
 */
final class PdfPages implements AutoCloseable {
    private static final PDRectangle PAGE = PDRectangle.A4;
    private static final float MARGIN = 54;
    private static final float BOTTOM = 66;
    private static final float LABELS = 122;
    private static final float WIDTH = PAGE.getWidth() - 2 * MARGIN;
    private static final float LEADING = 1.38f;
    private static final float SMALL = 7.4f;
    private static final int QUIET_ZONE = 4; // ISO/IEC 18004, section 5.3.8

    private final PDDocument document;
    private final PdfTags tags;
    private final PdfFont sans;
    private final PdfFont bold;
    private final PdfFont mono;

    private PDPage page;
    private PDPageContentStream out;
    private float y;

    /** In what a text is set. */
    enum Style {
        TEXT(9.6f, false),
        NOTE(8.6f, true),
        CODE(SMALL, false);

        private final float size;
        private final boolean pale;

        Style(float size, boolean pale) {
            this.size = size;
            this.pale = pale;
        }
    }

    PdfPages(PdfDescription description) throws IOException {
        document = PdfDescription.describe(description);
        tags = new PdfTags(document);
        sans = PdfFont.embed(document, "DejaVuSansCondensed");
        bold = PdfFont.embed(document, "DejaVuSansCondensed-Bold");
        mono = PdfFont.embed(document, "DejaVuSansMono");
        page = addPage();
        out = new PDPageContentStream(document, page);
    }

    private PDPage addPage() {
        PDPage added = new PDPage(PAGE);
        document.addPage(added);
        tags.begin(added);
        y = PAGE.getHeight() - MARGIN;
        return added;
    }

    /** Begins a page if less than this height is left on the current one. */
    private void need(float height) throws IOException {
        if (y - height < BOTTOM) {
            out.close();
            page = addPage();
            out = new PDPageContentStream(document, page);
        }
    }

    /** A heading of level 1, 2 or 3, together with the beginning of what it is for. */
    void heading(int level, String text) throws IOException {
        float size = level == 1 ? 22 : level == 2 ? 13.5f : 10.4f;
        float before = level == 1 ? 0 : level == 2 ? 20 : 9;
        need(before + size * LEADING + 48);
        y -= before;
        PDStructureElement element = tags.element(level == 1 ? "H1" : level == 2 ? "H2" : "H3");
        for (String line : bold.lines(bold.printable(text), size, WIDTH)) {
            line(element, new Run(bold, size, false), MARGIN, line);
        }
        y -= level == 3 ? 2 : 5;
    }

    /** A paragraph; its lines are kept where the text has newlines. */
    void paragraph(Style style, String text) throws IOException {
        PDStructureElement element =
                tags.element(style == Style.CODE ? StandardStructureTypes.CODE : StandardStructureTypes.P);
        flow(element, style, MARGIN, WIDTH, text);
        y -= 5;
    }

    /** One item of a list. */
    void item(String text) throws IOException {
        need(Style.TEXT.size * LEADING);
        PDStructureElement item = tags.listItem();
        float start = y;
        line(tags.child(item, "Lbl"), new Run(sans, Style.TEXT.size, true), MARGIN, "•");
        y = start;
        flow(tags.child(item, "LBody"), Style.TEXT, MARGIN + 12, WIDTH - 12, text);
        y -= 3;
    }

    void endList() {
        tags.endGroup();
        y -= 3;
    }

    /** A row of a table with a header on its left. */
    void fact(String label, Style style, String value) throws IOException {
        need(Style.TEXT.size * LEADING * 2);
        rule();
        PDStructureElement row = tags.row();
        float start = y;
        for (String part : sans.lines(sans.printable(label), Style.NOTE.size, LABELS - 10)) {
            line(tags.headerCell(row), new Run(sans, Style.NOTE.size, true), MARGIN, part);
        }
        float below = y;
        y = start;
        int pages = document.getNumberOfPages();
        flow(tags.child(row, "TD"), style, MARGIN + LABELS, WIDTH - LABELS, value);
        y = document.getNumberOfPages() == pages ? Math.min(y, below) : y;
        y -= 3.5f;
    }

    void endTable() {
        tags.endGroup();
        y -= 4;
    }

    private void rule() throws IOException {
        out.beginMarkedContent(COSName.ARTIFACT);
        out.setStrokingColor(0.86f);
        out.setLineWidth(0.4f);
        out.moveTo(MARGIN, y);
        out.lineTo(MARGIN + WIDTH, y);
        out.stroke();
        out.endMarkedContent();
        y -= 4;
    }

    /** A QR code of this side, with a text beside it. */
    void qr(QrCode code, float side, String alternative, String beside) throws IOException {
        need(side + 8);
        float top = y;
        float square = side / (code.side() + 2 * QUIET_ZONE);
        PDStructureElement figure = tags.element(StandardStructureTypes.Figure);
        figure.setAlternateDescription(alternative);
        tags.begin(out, figure);
        out.setNonStrokingColor(0f);
        for (int row = 0; row < code.side(); row++) {
            for (int column = 0; column < code.side(); column++) {
                if (code.isDark(column, row)) {
                    out.addRect(
                            MARGIN + (column + QUIET_ZONE) * square,
                            top - (row + QUIET_ZONE + 1) * square,
                            square,
                            square);
                }
            }
        }
        out.fill();
        tags.end(out);
        y = top - QUIET_ZONE * square;
        flow(tags.element(StandardStructureTypes.P), Style.NOTE, MARGIN + side + 12, WIDTH - side - 12, beside);
        y = Math.min(y, top - side) - 6;
    }

    private void flow(PDStructureElement element, Style style, float x, float width, String text) throws IOException {
        PdfFont font = style == Style.CODE ? mono : sans;
        for (String given : text.split("\r\n|\r|\n", -1)) {
            String printable = font.printable(given);
            for (String line : style == Style.CODE
                    ? font.fullLines(printable, style.size, width)
                    : font.lines(printable, style.size, width)) {
                need(style.size * LEADING);
                line(element, new Run(font, style.size, style.pale), x, line);
            }
        }
    }

    private record Run(PdfFont font, float size, boolean pale) {}

    private void line(PDStructureElement element, Run run, float x, String printable) throws IOException {
        y -= run.size() * LEADING;
        tags.begin(out, element);
        show(out, run, x, y + run.size() * (LEADING - 1), printable);
        tags.end(out);
    }

    private static void show(PDPageContentStream out, Run run, float x, float y, String printable) throws IOException {
        out.beginText();
        out.setFont(run.font().font(), run.size());
        out.setNonStrokingColor(run.pale() ? 0.36f : 0.09f);
        out.newLineAtOffset(x, y);
        out.showText(printable);
        out.endText();
    }

    /** Writes the footers, which know how many pages there are, and the file. */
    byte[] finish(String footer) throws IOException {
        out.close();
        int pages = document.getNumberOfPages();
        for (int i = 0; i < pages; i++) {
            try (var below = new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true)) {
                below.beginMarkedContent(COSName.ARTIFACT);
                show(below, new Run(sans, SMALL, true), MARGIN, MARGIN - 20, sans.printable(footer));
                String number = "Page %d of %d".formatted(i + 1, pages);
                float right = PAGE.getWidth() - MARGIN - sans.width(number, SMALL);
                show(below, new Run(sans, SMALL, true), right, MARGIN - 20, number);
                below.endMarkedContent();
            }
        }
        tags.finish();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        document.save(file);
        return file.toByteArray();
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
