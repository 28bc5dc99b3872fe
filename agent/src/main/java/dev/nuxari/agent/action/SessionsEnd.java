package dev.nuxari.agent.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Kills all that runs under a person's account, by its number. The processes are asked one by one and by their starting time, so
 * that none is hit that has taken a dead one's number. Who can still log in comes back: an account is locked first.
 */
final class SessionsEnd implements Action {
    private static final long FIRST_PERSON = 1_000;
    private static final long NOBODY = 65_534;
    private static final int ROUNDS = 20;
    private static final int ROUND_MILLISECONDS = 50;

    private final Accounts accounts;

    SessionsEnd(HostRoot root) {
        this.accounts = new Accounts(root);
    }

    @Override
    public ActionType type() {
        return ActionType.SESSIONS_END;
    }

    @Override
    public Sight look(Json.Obj parameters) {
        return Looking.at(() -> person(parameters).map(number -> {
            int processes = running(number).size();
            return new Sight.Seen(processes == 0, Summary.of(SummaryKind.SESSIONS, "processes", processes));
        }));
    }

    /**
     * The number of the account.
     *
     * @throws IOException if it is one that the host itself lives on
     */
    private Optional<Long> person(Json.Obj parameters) throws IOException {
        Optional<Accounts.Account> account = accounts.account(parameters.string("account"));
        if (account.isPresent()
                && (account.get().number() < FIRST_PERSON || account.get().number() == NOBODY)) {
            throw new IOException("not a person's account");
        }
        return account.map(Accounts.Account::number);
    }

    private static List<ProcessHandle> running(long number) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.isAlive() && isOf(process, number))
                .toList();
    }

    /** Whether it runs for the account, or with its rights. */
    private static boolean isOf(ProcessHandle process, long number) {
        try {
            String status =
                    new String(Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "status")), UTF_8);
            return !status.contains("\nState:\tZ")
                    && status.lines()
                            .filter(line -> line.startsWith("Uid:"))
                            .flatMap(line -> Arrays.stream(line.split("\t")))
                            .anyMatch(Long.toString(number)::equals);
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        try {
            Optional<Long> number = person(parameters);
            return number.isEmpty() ? Optional.of(Failure.NOT_FOUND) : kill(number.get());
        } catch (IOException | NumberFormatException e) {
            return Optional.of(Failure.REFUSED_BY_HOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Failure.TIMED_OUT);
        }
    }

    /** Again and again, since one that is about to die may start another. */
    private static Optional<Failure> kill(long number) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> left = running(number);
            if (left.isEmpty()) {
                return Optional.empty();
            }
            left.forEach(ProcessHandle::destroyForcibly);
            Thread.sleep(ROUND_MILLISECONDS);
        }
        return Optional.of(Failure.TIMED_OUT);
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        return false;
    }
}
