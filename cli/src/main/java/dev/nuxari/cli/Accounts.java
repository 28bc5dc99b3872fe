package dev.nuxari.cli;

import dev.nuxari.cli.demo.Ground;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;

/** The demonstration's accounts, for whoever wants to look around as one of them. */
final class Accounts {
    private Accounts() {}

    static void print(Terminal terminal, Ground ground) {
        if (ground.organizations().isEmpty()) {
            return;
        }
        Table table = new Table("ORGANIZATION", "ROLE", "E-MAIL", "PASSWORD");
        ground.organizations()
                .forEach(organization -> organization
                        .accounts()
                        .forEach(account ->
                                table.row(organization.name(), account.role(), account.email(), account.password())));
        terminal.line("");
        table.print(terminal);
    }
}
