package dev.nuxari.server.tenancy;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;

import java.util.List;

/** What PostgreSQL says of itself, as a superuser sees it. */
final class Catalogue {
    private Catalogue() {}

    /** The first column of the answer. */
    static List<String> namesIn(String query) {
        return beyondTheWalls()
                .sql(query)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }
}
