package dev.nuxari.agent;

import dev.nuxari.agent.action.Action;
import dev.nuxari.agent.action.Actions;
import dev.nuxari.agent.action.Program;
import dev.nuxari.agent.action.Sight;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The whole program as a process of its own, with an action that takes its time. */
final class SlowAgent {
    private SlowAgent() {}

    public static void main(String[] words) throws IOException {
        Path home = Path.of(words[0]);
        PolicyFile policy = EnrolledAgent.policy(home);
        NuxariAgent program =
                new NuxariAgent(System.out, policy.owner(), InstantSource.system(), new Actions(List.of(action(home))));
        System.exit(program.run(List.of(
                "run",
                "--folder",
                home.resolve("agent").toString(),
                "--policy",
                policy.path().toString())));
    }

    static Action action(Path home) {
        return new Slow(new TouchedFiles(home.resolve("begun")), home.resolve("waits"));
    }

    /** Says that it has begun, lets a program of the host run, and only then does it. */
    private record Slow(TouchedFiles files, Path waits) implements Action {
        @Override
        public ActionType type() {
            return files.type();
        }

        @Override
        public Sight look(Json.Obj parameters) {
            return files.look(parameters);
        }

        @Override
        public Optional<Failure> perform(Json.Obj parameters) {
            Optional<Failure> failed = Program.at(Path.of("/bin/sh"))
                    .run(List.of("-c", "touch \"$1\" && sleep 1", "sh", waits.toString()));
            return failed.isPresent() ? failed : files.perform(parameters);
        }

        @Override
        public boolean undo(Json.Obj parameters, Summary before) {
            return false;
        }
    }
}
