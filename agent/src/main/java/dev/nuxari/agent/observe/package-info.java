/** What the agent looks at on its host, and what it says of it: summaries of a closed schema. What was read stays on the host. */
@NullMarked
package dev.nuxari.agent.observe;

import org.jspecify.annotations.NullMarked;
