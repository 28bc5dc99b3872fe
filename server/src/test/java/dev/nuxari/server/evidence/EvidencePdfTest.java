package dev.nuxari.server.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.EvidenceVerification;
import dev.nuxari.protocol.EvidenceVerifier;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** The document for people is read back: as text, as a picture, and as a program that reads aloud does. */
class EvidencePdfTest {
    private static final byte[] FILE = SealedExample.because("Needed for the audit of “Q4”");
    private static final Obj PACKAGE = Json.parseObject(new String(FILE, UTF_8));

    @Test
    @Claim("V1")
    void saysWhoAskedForWhatWhoAgreedAndWhatWasDone() throws IOException {
        assertThat(EvidenceVerifier.verify(FILE, Optional.empty())).isInstanceOf(EvidenceVerification.Verified.class);

        assertThat(text(pdf(FILE)))
                .contains(
                        "Who asked",
                        SealedExample.member(1),
                        "Needed for the audit of “Q4”",
                        "approvers: 1 of approver")
                .contains("The exact plan", "Step 1: grant", "Ada Lovelace (ada)", "Ledger (cn=ledger)")
                .contains("Who decided", SealedExample.member(3), "signed in with “mfa”", "2026-11-23T10:00:02.000Z")
                .contains("Step 1: execution", "changed", "Step 1: validation", "observed")
                .contains("What this does not prove", "signed by nobody", "./nuxari verify evidence-")
                .contains("separation-of-duties", "Passed: nobody decided for themselves");
    }

    @Test
    @Claim("V1")
    void namesEveryHashRootKeyAndThePlaceInTheLog() throws IOException {
        String text = joined(text(pdf(FILE)));

        assertThat(text)
                .contains(PACKAGE.string("merkleRoot"), PACKAGE.string("planHash"), Sha256.hexOf(FILE))
                .contains("indexinthelog0")
                .contains(joined(PACKAGE.object("log").string("checkpoint")));
        for (Obj written : PACKAGE.objects("records")) {
            assertThat(text)
                    .contains(
                            written.string("hash"),
                            joined(written.without("hash").canonical()));
        }
        for (Obj signature : PACKAGE.objects("signatures")) {
            assertThat(text).contains(signature.string("algorithm") + "bykey" + signature.string("keyId"));
        }
    }

    @Test
    void codeOnTheFirstPageIsTheMerkleRoot() throws IOException, ReaderException {
        try (PDDocument document = Loader.loadPDF(pdf(FILE))) {
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 150);
            int[] pixels = page.getRGB(0, 0, page.getWidth(), page.getHeight(), null, 0, page.getWidth());
            var picture = new RGBLuminanceSource(page.getWidth(), page.getHeight(), pixels);

            assertThat(new QRCodeReader()
                            .decode(new BinaryBitmap(new HybridBinarizer(picture)))
                            .getText())
                    .isEqualTo(PACKAGE.string("merkleRoot"));
        }
    }

    @Test
    void sameBytesWheneverItIsMade() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(Sha256.hexOf(pdf(FILE)));
        }

        assertThat(made).hasSize(1);
    }

    @Test
    void lettersOfOtherScriptsAreWrittenOrVisiblyReplaced() throws IOException {
        String given =
                "Łukasz Żółć, Σωκράτης, Дмитрий; 李小龍; שלום; evil\u202Eexe\u202C; tab\there; \u0000; \uD83E\uDD84";

        assertThat(text(pdf(SealedExample.because(given))))
                .contains(
                        "Łukasz Żółć, Σωκράτης, Дмитрий;",
                        "[U+674E][U+5C0F][U+9F8D];",
                        "[U+05E9][U+05DC][U+05D5][U+05DD];")
                .contains("evil[U+202E]exe[U+202C]", "tab here", "[U+0000]", "[U+1F984]");
    }

    @Test
    void longTextGoesOnOverPagesThatAreNumbered() throws IOException {
        byte[] pdf = pdf(SealedExample.because("word ".repeat(3000) + "x".repeat(9000) + "\nlast line"));

        try (PDDocument document = Loader.loadPDF(pdf)) {
            int pages = document.getNumberOfPages();
            assertThat(pages).isGreaterThan(8);
            for (int i = 1; i <= pages; i++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(i);
                stripper.setEndPage(i);
                assertThat(stripper.getText(document)).contains("Page %d of %d".formatted(i, pages));
            }
        }
        assertThat(text(pdf)).contains("last line");
        assertThat(joined(text(pdf))).contains("x".repeat(9000));
    }

    @Test
    void programsThatReadAloudKnowTitleLanguageAndOrder() throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf(FILE))) {
            PDDocumentCatalog catalog = document.getDocumentCatalog();
            assertThat(document.getDocumentInformation().getTitle())
                    .isEqualTo("Evidence package " + PACKAGE.string("packageId"));
            assertThat(catalog.getLanguage()).isEqualTo("en");
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(types(catalog.getStructureTreeRoot()))
                    .contains("H1", "H2", "H3", "P", "Table", "TR", "TH", "TD", "L", "LI", "Figure", "Code");
            for (PDPage page : document.getPages()) {
                PDParentTreeValue parents = (PDParentTreeValue)
                        catalog.getStructureTreeRoot().getParentTree().getValue(page.getStructParents());
                assertThat((COSArray) parents.getCOSObject()).isNotEmpty();
            }
        }
    }

    private static byte[] pdf(byte[] file) {
        return EvidencePdf.of(file, EvidenceVerifier.verify(file, Optional.empty()));
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    /** Lines are broken where they are full, and a page may end anywhere. */
    private static String joined(String text) {
        return text.replaceAll("Evidence package \\S+ · Merkle root \\S+ Page \\d+ of \\d+", "")
                .replaceAll("\\s+", "");
    }

    private static Set<String> types(PDStructureNode node) {
        Set<String> types = new HashSet<>();
        List<Object> kids = node.getKids();
        for (Object kid : kids) {
            if (kid instanceof PDStructureElement element) {
                types.add(element.getStructureType());
                types.addAll(types(element));
            }
        }
        return types;
    }
}
