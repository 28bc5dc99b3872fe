package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A SAML response before anybody signs it. What is empty is left out.
 *
 * @param subject goes into the document as it is, so that it can hold markup
 */
record SamlDraft(
        String issuer,
        String destination,
        String inResponseTo,
        String audience,
        String recipient,
        String confirmedRequest,
        Instant notBefore,
        Instant notOnOrAfter,
        String subject,
        String format,
        String attributes) {
    static final String EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    private static final String ASSERTION_NS = "urn:oasis:names:tc:SAML:2.0:assertion";

    SamlDraft destination(String other) {
        return new SamlDraft(
                issuer,
                other,
                inResponseTo,
                audience,
                recipient,
                confirmedRequest,
                notBefore,
                notOnOrAfter,
                subject,
                format,
                attributes);
    }

    SamlDraft issuer(String other) {
        return new SamlDraft(
                other,
                destination,
                inResponseTo,
                audience,
                recipient,
                confirmedRequest,
                notBefore,
                notOnOrAfter,
                subject,
                format,
                attributes);
    }

    SamlDraft inResponseTo(String response, String confirmation) {
        return new SamlDraft(
                issuer,
                destination,
                response,
                audience,
                recipient,
                confirmation,
                notBefore,
                notOnOrAfter,
                subject,
                format,
                attributes);
    }

    SamlDraft audience(String other) {
        return new SamlDraft(
                issuer,
                destination,
                inResponseTo,
                other,
                recipient,
                confirmedRequest,
                notBefore,
                notOnOrAfter,
                subject,
                format,
                attributes);
    }

    SamlDraft recipient(String other) {
        return new SamlDraft(
                issuer,
                destination,
                inResponseTo,
                audience,
                other,
                confirmedRequest,
                notBefore,
                notOnOrAfter,
                subject,
                format,
                attributes);
    }

    SamlDraft between(Instant from, Instant to) {
        return new SamlDraft(
                issuer,
                destination,
                inResponseTo,
                audience,
                recipient,
                confirmedRequest,
                from,
                to,
                subject,
                format,
                attributes);
    }

    SamlDraft subject(String other) {
        return new SamlDraft(
                issuer,
                destination,
                inResponseTo,
                audience,
                recipient,
                confirmedRequest,
                notBefore,
                notOnOrAfter,
                other,
                format,
                attributes);
    }

    SamlDraft format(String other) {
        return new SamlDraft(
                issuer,
                destination,
                inResponseTo,
                audience,
                recipient,
                confirmedRequest,
                notBefore,
                notOnOrAfter,
                subject,
                other,
                attributes);
    }

    SamlDraft attribute(String name, String... values) {
        StringBuilder written = new StringBuilder(attributes)
                .append("<saml:Attribute Name=\"")
                .append(name)
                .append("\">");
        for (String value : values) {
            written.append("<saml:AttributeValue>").append(value).append("</saml:AttributeValue>");
        }
        return new SamlDraft(
                issuer,
                destination,
                inResponseTo,
                audience,
                recipient,
                confirmedRequest,
                notBefore,
                notOnOrAfter,
                subject,
                format,
                written.append("</saml:Attribute>").toString());
    }

    Document document() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return parse("""
                <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="%s" ID="%s" Version="2.0"
                 IssueInstant="%s"%s%s><saml:Issuer>%s</saml:Issuer><samlp:Status><samlp:StatusCode
                 Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>%s</samlp:Response>""".formatted(
                        ASSERTION_NS,
                        name(),
                        now,
                        attribute(" Destination", destination),
                        attribute(" InResponseTo", inResponseTo),
                        issuer,
                        assertion(now)));
    }

    private String assertion(Instant now) {
        return """
                <saml:Assertion ID="%s" Version="2.0" IssueInstant="%s"><saml:Issuer>%s</saml:Issuer><saml:Subject>\
                <saml:NameID Format="%s">%s</saml:NameID>%s</saml:Subject>%s<saml:AuthnStatement AuthnInstant="%s"\
                 SessionIndex="%s"><saml:AuthnContext><saml:AuthnContextClassRef>\
                urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>\
                </saml:AuthnStatement>%s</saml:Assertion>""".formatted(
                name(),
                now,
                issuer,
                format,
                subject,
                confirmation(),
                conditions(),
                now,
                name(),
                attributes.isEmpty() ? "" : "<saml:AttributeStatement>" + attributes + "</saml:AttributeStatement>");
    }

    private String confirmation() {
        return recipient.isEmpty()
                ? ""
                : """
                <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData\
                 NotOnOrAfter="%s" Recipient="%s"%s/></saml:SubjectConfirmation>""".formatted(notOnOrAfter, recipient, attribute(" InResponseTo", confirmedRequest));
    }

    private String conditions() {
        String restriction = audience.isEmpty()
                ? ""
                : "<saml:AudienceRestriction><saml:Audience>%s</saml:Audience></saml:AudienceRestriction>"
                        .formatted(audience);
        return "<saml:Conditions NotBefore=\"%s\" NotOnOrAfter=\"%s\">%s</saml:Conditions>"
                .formatted(notBefore, notOnOrAfter, restriction);
    }

    private static String attribute(String name, String value) {
        return value.isEmpty() ? "" : name + "=\"" + value + "\"";
    }

    static String name() {
        return "_" + UUID.randomUUID();
    }

    static SamlDraft of(String issuer, String audience, String endpoint, String request, String subject) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new SamlDraft(
                issuer,
                endpoint,
                request,
                audience,
                endpoint,
                request,
                now.minus(Duration.ofSeconds(5)),
                now.plus(Duration.ofMinutes(2)),
                subject,
                EMAIL,
                "");
    }

    static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
            markNames(document.getDocumentElement());
            return document;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void markNames(Element element) {
        if (element.hasAttribute("ID")) {
            element.setIdAttribute("ID", true);
        }
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                markNames(inner);
            }
        }
    }

    static String written(Document document) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
