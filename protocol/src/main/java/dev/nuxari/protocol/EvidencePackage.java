package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import java.util.stream.Stream;

/**
 * The evidence package file, version 1: canonical JSON (RFC 8785) that proves one workflow to whoever holds the
 * organization's key manifest. Made by {@link EvidenceDraft}, then {@link SealedEvidence}; read by {@link EvidenceVerifier}.
 */
public final class EvidencePackage {
    public static final String MEDIA_TYPE = "application/vnd.nuxari.evidence-package+json";

    /** The {@code action} of the audit event that seals a package. */
    public static final String SEALING_ACTION = "evidence.seal";

    /** Larger than any package that is written. */
    static final int LARGEST = 8 * 1024 * 1024;

    static final int FORMAT = 1;
    static final String SIGNATURES = "signatures";
    static final String LOG = "log";

    private EvidencePackage() {}

    /** What the metadata of the sealing audit event must hold, beside whatever else it says. */
    public static Json.Obj sealingMetadata(EvidenceDraft draft) {
        return Json.object(
                "packageId", draft.header().packageId(),
                "merkleRoot", draft.merkleRoot().hex(),
                "planHash", draft.header().planHash());
    }

    static byte[] signedBytes(Json.Obj file) {
        return Dsse.preAuthenticationEncoding(
                MEDIA_TYPE, file.without(SIGNATURES, LOG).canonicalBytes());
    }

    static String[] sealedMembers() {
        return new String[] {
            "v",
            "packageId",
            "organizationId",
            "workflowId",
            "outcome",
            "scope",
            "planHash",
            "sealedAt",
            "records",
            "merkleRoot",
            "approverAssertions",
            "keys",
            SIGNATURES
        };
    }

    static String[] members() {
        return Stream.concat(Stream.of(sealedMembers()), Stream.of(LOG)).toArray(String[]::new);
    }
}
