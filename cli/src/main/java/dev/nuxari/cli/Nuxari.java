package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.api.Refused;
import dev.nuxari.cli.api.Sessions;
import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.cli.stack.Running;
import dev.nuxari.cli.terminal.Colours;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.platform.PlatformFailure;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code nuxari}: {@code nuxari <noun> <verb>}, and the commands around the stack. */
@Command(
        name = "nuxari",
        description = "Decide who may have which access, have it carried out, and prove what was done.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Begin with:",
            "  ./nuxari demo              the whole loop on real systems, as three people",
            "  ./nuxari up                start everything; then open the console",
            "  ./nuxari login             sign in, to use the commands below",
            "",
            "Exit codes: 0 done, 1 refused or refuted, 2 usage, 3 unreachable or not possible on this machine, 4 not shown."
        })
public final class Nuxari {
    private final Terminal terminal;

    private Nuxari(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        PrintStream notes = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        System.exit(run(arguments, out, notes, System.getenv()));
    }

    /** Runs one command and answers with its exit code. */
    static int run(String[] arguments, PrintStream out, PrintStream notes, Map<String, String> environment) {
        Colours colours = Colours.of(isTerminal(), environment);
        Terminal terminal = new Terminal(out, notes, colours, ZoneId.systemDefault());
        Place place = new Place(Path.of(System.getProperty("nuxari.home", ".")).toAbsolutePath());
        Door door = new Door(new Sessions(Sessions.folder(environment)), place, InstantSource.system());
        CommandLine line = new CommandLine(new Nuxari(terminal));
        line.addSubcommand(new DemoCommand(terminal, place));
        line.addSubcommand(new UpCommand(terminal, place));
        line.addSubcommand(new DownCommand(terminal, place));
        line.addSubcommand(new LoginCommand(terminal, door));
        line.addSubcommand(new VerifyCommand(terminal));
        line.addSubcommand(new LogCommand(terminal, door));
        line.addSubcommand(new RequestsCommand(terminal, door));
        line.addSubcommand(new ApprovalsCommand(terminal, door));
        line.addSubcommand(new WorkflowsCommand(terminal, door));
        line.addSubcommand(new EvidenceCommand(terminal, door));
        line.addSubcommand(new AuditCommand(terminal, door));
        line.addSubcommand(new ShareCommand(terminal, door));
        line.addSubcommand(new EntitlementsCommand(terminal, door));
        line.addSubcommand(new ConnectorsCommand(terminal, door));
        line.addSubcommand(new AgentsCommand(terminal, door));
        line.addSubcommand(new AgentReleaseCommand(terminal));
        line.setOut(new PrintWriter(out, true, UTF_8));
        line.setErr(new PrintWriter(notes, true, UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                colours.shown() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((thrown, command, _) -> explain(thrown, command, terminal));
        return line.execute(arguments);
    }

    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            paramLabel = "human|json",
            description = "How to answer: for people (the default), or as stable JSON.")
    void output(Terminal.@Nullable Format format) {
        if (format != null) {
            terminal.use(format);
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** One line that says what happened and what to do. A stack trace is for those who ask for it. */
    private static int explain(Exception thrown, CommandLine command, Terminal terminal) {
        if (Running.isStopping()) {
            return Exit.UNREACHABLE.code();
        }
        if (!System.getenv().getOrDefault("NUXARI_TRACE", "").isEmpty()) {
            thrown.printStackTrace(command.getErr());
        }
        return switch (thrown) {
            case Refused refused -> {
                Advice.tell(terminal, refused);
                yield Exit.REFUSED.code();
            }
            case Unreachable unreachable -> tell(terminal, String.valueOf(unreachable.getMessage()), Exit.UNREACHABLE);
            case PlatformFailure failure -> tell(terminal, String.valueOf(failure.getMessage()), Exit.UNREACHABLE);
            case Usage usage -> tell(terminal, String.valueOf(usage.getMessage()), Exit.USAGE);
            default ->
                tell(
                        terminal,
                        "This is a defect of nuxari: " + thrown + ". NUXARI_TRACE=1 shows where it happened.",
                        Exit.UNREACHABLE);
        };
    }

    private static int tell(Terminal terminal, String message, Exit exit) {
        terminal.note("nuxari: " + message);
        return exit.code();
    }
}
