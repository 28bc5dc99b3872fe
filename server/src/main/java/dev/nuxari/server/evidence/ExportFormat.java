package dev.nuxari.server.evidence;

import dev.nuxari.protocol.EvidencePackage;
import dev.nuxari.protocol.SigstoreBundle;

/** What a package is handed out as. */
public enum ExportFormat {
    /** The package itself: what verifies offline, and what the others are about. */
    JSON(EvidencePackage.MEDIA_TYPE, "json"),
    /** A Sigstore bundle over the bytes of the JSON. */
    SIGSTORE(SigstoreBundle.MEDIA_TYPE, "sigstore.json"),
    /** The trusted root that the bundle is verified with. */
    SIGSTORE_TRUSTED_ROOT("application/json", "trusted-root.json"),
    /** The key that the bundle's signature is verified with. */
    SIGSTORE_PUBLIC_KEY("application/x-pem-file", "pub.pem"),
    /** OSCAL assessment results. */
    OSCAL("application/json", "oscal.json"),
    /** A document for people. */
    PDF("application/pdf", "pdf");

    private final String mediaType;
    private final String extension;

    ExportFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    public String fileName(Object id) {
        return "evidence-" + id + "." + extension;
    }
}
