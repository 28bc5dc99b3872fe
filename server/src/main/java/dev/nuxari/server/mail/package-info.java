/**
 * Mails that the server sends, each to one person. What stands in a header is fixed or has been checked; what people have
 * written is in the body only.
 */
@NullMarked
@ApplicationModule(
        displayName = "Mail",
        allowedDependencies = {})
package dev.nuxari.server.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
