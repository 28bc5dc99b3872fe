package dev.nuxari.server.federation;

import static dev.nuxari.server.federation.Xml.ASSERTION;
import static dev.nuxari.server.federation.Xml.PROTOCOL;
import static dev.nuxari.server.federation.Xml.SIGNATURE;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The eight ways of signature wrapping (Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be", 2012, as numbered by
 * the tools that try them). What was signed stays in the document, and somebody else is said where it might be read.
 */
enum Wrapping {
    /** A forged response around the signed one, which is in its signature. */
    XSW1 {
        @Override
        void wrap(Document document, String victim) {
            Element forged = document.getDocumentElement();
            Element signed = (Element) forged.cloneNode(true);
            Element signature = Xml.child(forged, SIGNATURE, "Signature");
            signed.removeChild(Xml.child(signed, SIGNATURE, "Signature"));
            forge(forged, victim);
            signature.appendChild(signed);
        }
    },
    /** A forged response with the signed one beside the signature. */
    XSW2 {
        @Override
        void wrap(Document document, String victim) {
            Element forged = document.getDocumentElement();
            Element signed = (Element) forged.cloneNode(true);
            signed.removeChild(Xml.child(signed, SIGNATURE, "Signature"));
            forge(forged, victim);
            forged.insertBefore(signed, Xml.child(forged, SIGNATURE, "Signature"));
        }
    },
    /** A forged assertion before the signed one. */
    XSW3 {
        @Override
        void wrap(Document document, String victim) {
            Element signed = Xml.assertion(document);
            signed.getParentNode().insertBefore(unsigned(signed, victim), signed);
        }
    },
    /** A forged assertion with the signed one in it. */
    XSW4 {
        @Override
        void wrap(Document document, String victim) {
            Element signed = Xml.assertion(document);
            Element forged = unsigned(signed, victim);
            signed.getParentNode().insertBefore(forged, signed);
            forged.appendChild(signed);
        }
    },
    /** The signature moves to the forged assertion; what it is about stands at the end. */
    XSW5 {
        @Override
        void wrap(Document document, String victim) {
            Element forged = Xml.assertion(document);
            Element signed = withoutSignature(forged);
            forge(forged, victim);
            forged.getParentNode().appendChild(signed);
        }
    },
    /** The same, with what it is about in the signature. */
    XSW6 {
        @Override
        void wrap(Document document, String victim) {
            Element forged = Xml.assertion(document);
            Element signed = withoutSignature(forged);
            forge(forged, victim);
            Xml.child(forged, SIGNATURE, "Signature").appendChild(signed);
        }
    },
    /** A forged assertion of the same name in an element that may hold anything. */
    XSW7 {
        @Override
        void wrap(Document document, String victim) {
            Element signed = Xml.assertion(document);
            Element extensions = document.createElementNS(PROTOCOL, "samlp:Extensions");
            Element forged = unsigned(signed, victim);
            forged.setAttribute("ID", signed.getAttribute("ID"));
            extensions.appendChild(forged);
            signed.getParentNode().insertBefore(extensions, signed);
        }
    },
    /** What the signature is about is in an object of it. */
    XSW8 {
        @Override
        void wrap(Document document, String victim) {
            Element forged = Xml.assertion(document);
            Element signed = withoutSignature(forged);
            forge(forged, victim);
            forged.setAttribute("ID", signed.getAttribute("ID"));
            Element object = document.createElementNS(SIGNATURE, "ds:Object");
            object.appendChild(signed);
            Xml.child(forged, SIGNATURE, "Signature").appendChild(object);
        }
    };

    /** Changes a document whose response and assertion are signed. */
    abstract void wrap(Document document, String victim);

    private static Element unsigned(Element assertion, String victim) {
        Element copy = withoutSignature(assertion);
        forge(copy, victim);
        return copy;
    }

    private static Element withoutSignature(Element assertion) {
        Element copy = (Element) assertion.cloneNode(true);
        copy.removeChild(Xml.child(copy, SIGNATURE, "Signature"));
        return copy;
    }

    /** Another name, so that the signature's reference still leads to what was signed; and another subject. */
    private static void forge(Element element, String victim) {
        element.setAttribute("ID", SamlDraft.name());
        var names = element.getElementsByTagNameNS(ASSERTION, "NameID");
        for (int at = 0; at < names.getLength(); at++) {
            Node name = names.item(at);
            name.setTextContent(victim);
        }
    }
}
