/** What was read on the host, kept there under a key of the host for whoever audits it there. */
@NullMarked
package dev.nuxari.agent.evidence;

import org.jspecify.annotations.NullMarked;
