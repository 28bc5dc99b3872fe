/** How an organization's directory lets people in, many at once. */
@NullMarked
package dev.nuxari.keycloak.enrolment;

import org.jspecify.annotations.NullMarked;
