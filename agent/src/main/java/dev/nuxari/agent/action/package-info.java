/** What the agent can do on its host. Each action is one class; the loop knows none of them. */
@NullMarked
package dev.nuxari.agent.action;

import org.jspecify.annotations.NullMarked;
