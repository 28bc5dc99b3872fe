package dev.nuxari.server.tenancy;

/** Statements that are put together at run time, which the compiler lets no store write. */
public final class AnySql {
    private AnySql() {}

    public static OrganizationJdbc.Statement of(OrganizationJdbc jdbc, String sql) {
        return jdbc.statement(sql);
    }
}
