/** Which passwords people may have, as the broker asks wherever one is set (claim I5). */
@NullMarked
package dev.nuxari.keycloak.password;

import org.jspecify.annotations.NullMarked;
