/**
 * Who may say which release of the agent there is: metadata in the manner of The Update Framework (TUF, specification 1.0), their verification,
 * which does no I/O, and the vendor's side that signs them. In {@code docs/formats/agent-releases.md}.
 */
@NullMarked
package dev.nuxari.protocol.release;

import org.jspecify.annotations.NullMarked;
