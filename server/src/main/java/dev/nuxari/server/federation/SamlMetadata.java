package dev.nuxari.server.federation;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads what a SAML provider publishes about itself (saml-metadata-2.0-os). Whoever wrote it may be hostile. */
final class SamlMetadata {
    private static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    private static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    private static final String BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-";
    private static final int MOST_CERTIFICATES = 8;
    private static final Duration SOON = Duration.ofDays(30);

    private SamlMetadata() {}

    static Diagnosis read(String xml, String emailAttribute, ForeignDocuments documents, Instant now) {
        try {
            Element root = parse(xml).getDocumentElement();
            NodeList roles = root.getElementsByTagNameNS(METADATA, "IDPSSODescriptor");
            if (!METADATA.equals(root.getNamespaceURI())
                    || !"EntityDescriptor".equals(root.getLocalName())
                    || roles.getLength() != 1
                    || root.getAttribute("entityID").isBlank()) {
                return Diagnosis.failed(Finding.NOT_READABLE);
            }
            return read(root.getAttribute("entityID"), (Element) roles.item(0), emailAttribute, documents, now);
        } catch (SAXException | IOException | IllegalArgumentException _) {
            return Diagnosis.failed(Finding.NOT_READABLE);
        }
    }

    // One reading of one document.
    @SuppressWarnings("checkstyle:ParameterNumber")
    private static Diagnosis read(
            String entityId, Element role, String emailAttribute, ForeignDocuments documents, Instant now) {
        List<Certificate> certificates = certificates(role);
        Optional<URI> post = signOn(role, "POST", documents);
        Optional<URI> signOn = post.or(() -> signOn(role, "Redirect", documents));
        List<Finding> findings = new ArrayList<>(judge(certificates, now));
        if (signOn.isEmpty()) {
            findings.add(Finding.MISSING_ENDPOINT);
            return new Diagnosis(findings, null);
        }
        return new Diagnosis(
                findings,
                new Connection.Saml(
                        entityId,
                        signOn.get(),
                        post.isPresent(),
                        certificates.stream().filter(one -> one.isValid(now)).toList(),
                        emailAttribute));
    }

    private static List<Finding> judge(List<Certificate> certificates, Instant now) {
        if (certificates.isEmpty()) {
            return List.of(Finding.NO_SIGNING_CERTIFICATE);
        }
        if (certificates.stream().noneMatch(one -> one.isValid(now))) {
            return List.of(Finding.CERTIFICATE_EXPIRED);
        }
        if (certificates.stream().anyMatch(one -> one.isValid(now) && !one.strong())) {
            return List.of(Finding.WEAK_KEY);
        }
        return certificates.stream().anyMatch(one -> one.isValid(now.plus(SOON)))
                ? List.of()
                : List.of(Finding.CERTIFICATE_EXPIRES_SOON);
    }

    /** Those for signatures; one that does not say what it is for is for both. */
    private static List<Certificate> certificates(Element role) {
        NodeList keys = role.getElementsByTagNameNS(METADATA, "KeyDescriptor");
        List<Certificate> certificates = new ArrayList<>();
        for (int at = 0; at < keys.getLength(); at++) {
            Element key = (Element) keys.item(at);
            NodeList written = key.getElementsByTagNameNS(SIGNATURE, "X509Certificate");
            if (!"encryption".equals(key.getAttribute("use"))) {
                for (int one = 0; one < written.getLength(); one++) {
                    certificates.add(Certificate.parse(written.item(one).getTextContent()));
                }
            }
        }
        if (certificates.size() > MOST_CERTIFICATES) {
            throw new IllegalArgumentException("has too many certificates");
        }
        return certificates.stream().distinct().toList();
    }

    private static Optional<URI> signOn(Element role, String binding, ForeignDocuments documents) {
        NodeList services = role.getElementsByTagNameNS(METADATA, "SingleSignOnService");
        for (int at = 0; at < services.getLength(); at++) {
            Element service = (Element) services.item(at);
            if (service.getAttribute("Binding").equals(BINDING + binding)) {
                return Optional.of(URI.create(service.getAttribute("Location"))).filter(documents::isPossible);
            }
        }
        return Optional.empty();
    }

    private static Document parse(String xml) throws SAXException, IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
