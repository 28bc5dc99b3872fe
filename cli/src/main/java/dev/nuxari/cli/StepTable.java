package dev.nuxari.cli;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Steps;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.util.List;

/** The steps of a plan or of a workflow, under each other. */
final class StepTable {
    private StepTable() {}

    static void print(Terminal terminal, List<Json.Obj> steps) {
        Table table = new Table("STEP", "WHAT", "STATE", "ATTEMPTS");
        steps.forEach(step -> table.row(
                Fields.text(step, "position"),
                Steps.words(step),
                Fields.text(step, "state"),
                Fields.text(step, "attempts")));
        terminal.line("");
        table.print(terminal);
    }
}
