/** Who is in which organization, as the server says it; judged here by whose word the account stands on. */
@NullMarked
package dev.nuxari.keycloak.enrolment;

import org.jspecify.annotations.NullMarked;
