package dev.nuxari.server.workflow;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import java.util.UUID;

/**
 * Which due timers this node runs next: the organization with the fewest in work comes first, and none has more than its
 * share. Left to itself db-scheduler takes the oldest, and whoever has a thousand of them starves the others.
 */
final class TimerShares extends AbstractSchedulerListener {
    /** A name of this start, so that the timers that run here can be told from those of other nodes. */
    private final String node = UUID.randomUUID().toString();

    private final int share;
    private final Runnable lookAgain;

    /**
     * @param share how many timers of one organization may run here at once
     * @param lookAgain called when one has ended, because its organization may have more that are due
     */
    TimerShares(int share, Runnable lookAgain) {
        this.share = share;
        this.lookAgain = lookAgain;
    }

    SchedulerName node() {
        return new SchedulerName.Fixed(node);
    }

    /**
     * The statement that picks. A timer's id begins with its organization. The window reads all that is due, so a look costs
     * more the longer the backlog is. {@code NOT picked} is asked again for a row that another node has just taken.
     */
    PostgreSqlJdbcCustomization statements() {
        return new PostgreSqlJdbcCustomization(true, false) {
            @Override
            public String createGenericSelectForUpdateQuery(
                    String table, int limit, String condition, boolean orderByPriority) {
                return """
                        WITH due AS (
                            SELECT task_name, task_instance, execution_time, left(task_instance, 36) AS organization,
                                   row_number() OVER (PARTITION BY left(task_instance, 36) ORDER BY execution_time) AS place
                            FROM scheduled_tasks
                            WHERE picked = ? AND execution_time <= ? %s
                        ), running AS (
                            SELECT left(task_instance, 36) AS organization, count(*) AS timers
                            FROM scheduled_tasks
                            WHERE picked AND picked_by = '%s'
                            GROUP BY 1
                        ), next AS (
                            SELECT task_name, task_instance
                            FROM due LEFT JOIN running USING (organization)
                            WHERE place + coalesce(timers, 0) <= %d
                            ORDER BY place + coalesce(timers, 0), execution_time
                            LIMIT %d
                        )
                        SELECT *
                        FROM scheduled_tasks
                        WHERE NOT picked AND (task_name, task_instance) IN (SELECT task_name, task_instance FROM next)
                        FOR UPDATE SKIP LOCKED
                        """.formatted(condition, node, share, limit);
            }
        };
    }

    /**
     * The row says so already: whoever looks now finds room. By itself db-scheduler looks again only when a look has taken as
     * many as there were threads.
     */
    @Override
    public void onExecutionComplete(ExecutionComplete ended) {
        lookAgain.run();
    }
}
