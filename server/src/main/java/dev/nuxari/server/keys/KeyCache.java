package dev.nuxari.server.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keys in clear, kept for as long as they are among the most recently used. */
final class KeyCache<K, V> {
    private final Map<K, V> entries;

    KeyCache(int capacity) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized Optional<V> get(K name) {
        return Optional.ofNullable(entries.get(name));
    }

    synchronized void put(K name, V key) {
        entries.put(name, key);
    }
}
