@NullMarked
package dev.nuxari.server.approvals;

import org.jspecify.annotations.NullMarked;
