@NullMarked
package dev.nuxari.server.invites;

import org.jspecify.annotations.NullMarked;
