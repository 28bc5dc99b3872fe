/**
 * Who the organizations are, and the guarantee that none of them sees another.
 *
 * <p>Nothing outside this module opens a transaction or holds a connection to the server's database.
 */
@NullMarked
@ApplicationModule(
        displayName = "Tenancy",
        allowedDependencies = {})
package dev.nuxari.server.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
