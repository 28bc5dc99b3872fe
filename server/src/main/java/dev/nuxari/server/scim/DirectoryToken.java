package dev.nuxari.server.scim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.api.TokenForm;
import java.util.Optional;

/** What a directory shows to be itself, in the form of {@link TokenForm}. */
record DirectoryToken(OrganizationId organization, String text) {
    private static final TokenForm FORM = new TokenForm("nxs");

    static DirectoryToken random(OrganizationId organization) {
        return new DirectoryToken(organization, FORM.random(organization));
    }

    /** Empty if it is none of ours, whoever may have made it. */
    static Optional<DirectoryToken> parse(String text) {
        return FORM.organizationOf(text).map(organization -> new DirectoryToken(organization, text));
    }

    String hash() {
        return Sha256.hexOf(text.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
        return "DirectoryToken[" + organization + ", ***]";
    }
}
