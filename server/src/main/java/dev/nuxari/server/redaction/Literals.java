package dev.nuxari.server.redaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Finds where any of many literals ends, in one walk over a text with one look-up for each character (Aho and Corasick,
 * "Efficient string matching", 1975).
 */
final class Literals {
    static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
    /** Few, so that the states a text is mostly in stay in the cache nearest to the processor. */
    static final int BITS = 7;

    private final byte[] classes = new byte[Character.MAX_VALUE + 1];
    private final char[] next;
    private final int[][] ends;
    private final int firstEnd;
    private final int longest;

    /** A state while the automaton is built. */
    private static final class Node {
        private final Map<Integer, Node> edges = new HashMap<>();
        private final List<Integer> found = new ArrayList<>();
        private int number;
    }

    Literals(List<String> literals) {
        longest = literals.stream().mapToInt(String::length).max().orElse(0);
        int count = classify(literals);
        Node root = new Node();
        for (int i = 0; i < literals.size(); i++) {
            Node node = root;
            for (char c : literals.get(i).toCharArray()) {
                node = node.edges.computeIfAbsent(classes[c] & 0xff, _ -> new Node());
            }
            node.found.add(i);
        }
        List<Node> nodes = complete(root, count);
        firstEnd = (int) nodes.stream().filter(node -> node.found.isEmpty()).count();
        number(nodes);
        next = new char[nodes.size() << BITS];
        ends = new int[nodes.size() - firstEnd][];
        for (Node node : nodes) {
            node.edges.forEach((c, target) -> next[(node.number << BITS) + c] = (char) target.number);
            if (!node.found.isEmpty()) {
                ends[node.number - firstEnd] =
                        node.found.stream().mapToInt(Integer::intValue).toArray();
            }
        }
    }

    /** Characters that no literal has are all one class, 0; those of Base64 are the first classes above it, those that are folded are the last. */
    private int classify(Collection<String> literals) {
        int count = 1;
        for (char c : (BASE64 + String.join("", literals)).toCharArray()) {
            if (classes[c] == 0 && !Folding.isFolded(c)) {
                classes[c] = (byte) count++;
            }
        }
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            if (Folding.isFolded(c)) {
                classes[c] = (byte) count;
            }
        }
        if (count >= 1 << BITS) {
            throw new IllegalStateException("the literals have too many different characters");
        }
        return count + 1;
    }

    /** Gives each state an edge for each class, nearest states first: where the text goes on otherwise, so does its suffix. */
    private static List<Node> complete(Node root, int count) {
        Map<Node, Node> suffixes = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        Queue<Node> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            Node node = waiting.remove();
            nodes.add(node);
            Node suffix = suffixes.getOrDefault(node, root);
            if (node != suffix) {
                node.found.addAll(suffix.found);
            }
            for (int c = 0; c < count; c++) {
                Node target = node.edges.get(c);
                Node fallback = node == root ? root : suffix.edges.getOrDefault(c, root);
                if (target == null) {
                    node.edges.put(c, fallback);
                } else {
                    suffixes.put(target, fallback);
                    waiting.add(target);
                }
            }
        }
        return nodes;
    }

    /** States in which nothing ends come first, so that one comparison tells them. */
    private void number(List<Node> nodes) {
        int quiet = 0;
        int ending = firstEnd;
        for (Node node : nodes) {
            node.number = node.found.isEmpty() ? quiet++ : ending++;
        }
    }

    byte[] classes() {
        return classes;
    }

    /** The states that follow, by the state before and the class of the character: {@code next[(state << BITS) + class]}. */
    char[] next() {
        return next;
    }

    /** The first of the states in which a literal ends; all above it are such states as well. */
    int firstEnd() {
        return firstEnd;
    }

    /** How long the longest of them is. */
    int longest() {
        return longest;
    }

    int[] endingIn(int state) {
        return ends[state - firstEnd];
    }
}
