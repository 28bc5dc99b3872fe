@NullMarked
package dev.nuxari.server.mail;

import org.jspecify.annotations.NullMarked;
