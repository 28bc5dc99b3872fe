package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.MemberId;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the people of the open scope's organization are called. Names are looked up when shown, never stored. */
@Component
public class MemberNames {
    private final OrganizationJdbc jdbc;

    MemberNames(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** The names of those who are members; somebody unknown is left out. */
    public Map<MemberId, String> of(Set<MemberId> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                SELECT member_id, display_name
                FROM member
                WHERE organization_id = :organizationId AND member_id IN (:members)
                """)
                .param("members", members.stream().map(MemberId::value).toList())
                .list((row, _) ->
                        Map.entry(new MemberId(row.getObject("member_id", UUID.class)), row.getString("display_name")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
