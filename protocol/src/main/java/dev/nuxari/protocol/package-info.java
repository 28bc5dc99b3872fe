/**
 * What leaves the server signed, and how it is verified offline: key manifests and evidence packages, with DSSE envelopes
 * and a classical and a post-quantum signature. It knows no server; the verifier ships it. The formats are described in
 * {@code docs/formats}.
 */
@NullMarked
package dev.nuxari.protocol;

import org.jspecify.annotations.NullMarked;
