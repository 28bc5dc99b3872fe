package dev.nuxari.agent.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.agent.ValueType.Identifier;

/** Names of a host as they may leave it. */
final class Names {
    private static final int PART = 32;

    private Names() {}

    /** The name itself, or the beginning of its digest where it is no identifier: it can be told from others, and not read. */
    static String of(String name) {
        return Identifier.is(name)
                ? name
                : "sha256-" + Sha256.hexOf(name.getBytes(ISO_8859_1)).substring(0, PART);
    }
}
