package dev.nuxari.server.workflow;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Doorkeeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Turns due rows of the timer table into calls of {@link TimerTask}s. The only engine for timers and queues; db-scheduler
 * does the work.
 *
 * <p>It sees opaque tickets of all organizations and nothing else: its database role has no other table.
 */
@Component
class TimerDispatcher implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TimerDispatcher.class);
    private static final Duration AFTER_A_DEFECT = Duration.ofSeconds(10);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final TimersConfig config;
    private final DataSourceProperties database;
    private final ObjectProvider<TimerTask> tasks;
    private final Doorkeeper doorkeeper;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    TimerDispatcher(
            TimersConfig config,
            DataSourceProperties database,
            ObjectProvider<TimerTask> tasks,
            Doorkeeper doorkeeper,
            InstantSource clock) {
        this.config = config;
        this.database = database;
        this.tasks = tasks;
        this.doorkeeper = doorkeeper;
        this.clock = clock;
    }

    private record Running(Scheduler scheduler, HikariDataSource connections) {}

    /** Does not wait for the next poll. */
    void lookNow() {
        Running now = running.get();
        if (now != null) {
            now.scheduler().triggerCheckForDueExecutions();
        }
    }

    @Override
    public void start() {
        List<Task<?>> known = tasks.orderedStream().<Task<?>>map(this::known).toList();
        HikariDataSource connections = connections();
        TimerShares shares = new TimerShares(config.threadsPerOrganization(), this::lookNow);
        Scheduler scheduler = Scheduler.create(connections, known)
                .schedulerName(shares.node())
                .jdbcCustomization(shares.statements())
                .addSchedulerListener(shares)
                .threads(config.threads())
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("timer-", 0).factory()))
                .pollingInterval(config.pollingInterval())
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(config.heartbeat())
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(SHUTDOWN)
                .build();
        scheduler.start();
        running.set(new Running(scheduler, connections));
    }

    @Override
    public void stop() {
        Running last = running.getAndSet(null);
        if (last != null) {
            last.scheduler().stop();
            last.connections().close();
        }
    }

    @Override
    public boolean isRunning() {
        return running.get() != null;
    }

    private Task<Void> known(TimerTask task) {
        return Tasks.custom(task.kind(), Void.class)
                .onDeadExecutionRevive()
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(AFTER_A_DEFECT)))
                .execute((instance, _) -> completion(run(task, instance)));
    }

    /** The edge of a worker loop: a defect is logged once and tried again later. */
    private Optional<Instant> run(TimerTask task, TaskInstance<Void> instance) {
        try {
            int slash = instance.getId().indexOf('/');
            OrganizationId organization = OrganizationId.parse(instance.getId().substring(0, slash));
            return task.run(
                    doorkeeper.admitSystem(organization, task.kind()),
                    instance.getId().substring(slash + 1));
        } catch (Exception defect) {
            log.error("Timer {} of {} failed and will be tried again", instance.getId(), task.kind(), defect);
            return Optional.of(clock.instant().plus(AFTER_A_DEFECT));
        }
    }

    private static CompletionHandler<Void> completion(Optional<Instant> next) {
        return next.<CompletionHandler<Void>>map(at -> (complete, operations) -> operations.reschedule(complete, at))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }

    private HikariDataSource connections() {
        var hikari = new HikariConfig();
        hikari.setPoolName("timers");
        hikari.setJdbcUrl(database.determineUrl());
        hikari.setUsername(config.username());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(3);
        hikari.setMinimumIdle(1);
        hikari.addDataSourceProperty("options", "-c statement_timeout=20s -c lock_timeout=5s");
        return new HikariDataSource(hikari);
    }
}
