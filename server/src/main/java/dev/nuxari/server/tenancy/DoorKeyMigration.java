package dev.nuxari.server.tenancy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.stereotype.Component;

/** Gives the database the door key, as the owner and after every migration, so that a replaced key takes effect. */
@Component
class DoorKeyMigration implements Callback {
    private final TicketKey key;

    DoorKeyMigration(TenancyConfig config) {
        this.key = config.ticketKey();
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (PreparedStatement statement = context.getConnection().prepareStatement("SELECT set_door_key(?, ?)")) {
            statement.setBytes(1, key.inner());
            statement.setBytes(2, key.outer());
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("the door key could not be stored", e);
        }
    }

    @Override
    public String getCallbackName() {
        return "door-key";
    }
}
