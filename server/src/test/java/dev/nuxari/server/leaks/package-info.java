/** Secrets are pushed in wherever something comes in, and searched for wherever something may stay or go out (claim A2). */
@NullMarked
package dev.nuxari.server.leaks;

import org.jspecify.annotations.NullMarked;
