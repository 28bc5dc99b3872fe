package dev.nuxari.platform.demonstration;

/** Somebody who works at an organization. {@code id} is the local part of the e-mail address. */
record Person(String id, String firstName, String lastName, String email, String department) {
    String name() {
        return firstName + " " + lastName;
    }

    /** As a name in SQL. */
    String roleName() {
        return id.replace('.', '_').replace('-', '_');
    }
}
