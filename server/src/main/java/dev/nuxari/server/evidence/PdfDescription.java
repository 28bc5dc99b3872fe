package dev.nuxari.server.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * What a PDF file says of itself.
 *
 * @param title without a character that XML would have to escape
 * @param made the time that the file gives as its own, so that it is the same whenever it is made
 * @param identity any number that is the same for the same content
 */
record PdfDescription(String title, Instant made, long identity) {
    private static final String LANGUAGE = "en";

    static PDDocument describe(PdfDescription description) throws IOException {
        PDDocument document = new PDDocument();
        document.setVersion(1.7f);
        document.setDocumentId(description.identity());
        var information = new PDDocumentInformation();
        information.setTitle(description.title());
        information.setProducer("Nuxari");
        information.setCreationDate(GregorianCalendar.from(description.made().atZone(ZoneOffset.UTC)));
        document.setDocumentInformation(information);
        PDDocumentCatalog catalog = document.getDocumentCatalog();
        catalog.setLanguage(LANGUAGE);
        var preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        catalog.setViewerPreferences(preferences);
        var metadata = new PDMetadata(document);
        metadata.importXMPMetadata(description.metadata().getBytes(UTF_8));
        catalog.setMetadata(metadata);
        return document;
    }

    private String metadata() {
        return """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
            <dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>""".formatted(title, LANGUAGE);
    }
}
