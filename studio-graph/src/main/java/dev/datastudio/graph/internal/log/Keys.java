package dev.datastudio.graph.internal.log;

/**
 * The keys of entries, in one place. A value is written as its channel's type says, {@code open} ones with a tag.
 *
 * <pre>
 * every entry
 *   k  which record, where a kind of entry has several: b began
 *   p  path of the loop; left out for the graph's own
 *   s  super-step
 * changes of a loop
 *   w  writes of the step's only task: {channel: value set, "+channel": [elements added], "*channel": [values to fold]}
 *   r  or of several tasks, those without an entry of their own: [[node, writes, number unless 0], …], 0 for no writes
 *   c  which of r (0 for w) can be compensated: [index, …]; 1 in the entry of a task of its own
 *   y  where a loop began: {channel: the one that takes the same writes, values to fold as elements}
 *   v  values after the folds: {channel: value}; in snapshots and where a loop began the whole state, lists as "+channel"
 *   q  how many queued updates were applied
 * what comes next, all left out when empty
 *   n  tasks: node, or [node, open, …] for tasks 0, 1, … with inputs, or {t: node, i: number, v: open}
 *   h  nodes that wait; a  arrivals {node: count}; f  nodes that fired
 * a task of its own
 *   t  node; i  number unless 0; w  writes; x  failure
 * counters, left out when 0
 *   u  nanoseconds, when steps equal s and nothing else was spent, or [nanoseconds, steps, tokens, cost]
 *   e  sequence of the last event
 * memo       p s t i, m name, v open
 * effect     c key claimed | d key done, v open | z key released
 * interrupt  j [{id, node, step, task, kind, key, v open question, type}], u, e | a id answered, v open
 * input      w writes queued | k e, w writes, v, n h a f
 * end        st status, d message, u, e
 * snapshot   g graph, gv version, sh shape, st status, l loops [{p s v y n h a f, gv, sh, r [t i w x], c [{p s t i w}]}],
 *            m memos [{p s t i m v}], ec claimed [key], ed done {key: open}, j, an {id: open}, iq [writes], u, e
 * </pre>
 */
final class Keys {
    static final String RECORD = "k";
    static final String BEGAN = "b";
    static final String PATH = "p";
    static final String STEP = "s";
    static final String WRITES = "w";
    static final String RESULTS = "r";
    static final String COMPENSABLE = "c";
    static final String VALUE = "v";
    static final String COPIES = "y";
    static final String QUEUED = "q";
    static final String NEXT = "n";
    static final String WAITING = "h";
    static final String ARRIVALS = "a";
    static final String FIRED = "f";
    static final String TASK = "t";
    static final String NUMBER = "i";
    static final String FAILURE = "x";
    static final String SPENT = "u";
    static final String EVENTS = "e";
    static final String MEMO = "m";
    static final String CLAIMED = "c";
    static final String DONE = "d";
    static final String RELEASED = "z";
    static final String ASKED = "j";
    static final String ANSWERED = "a";
    static final String STATUS = "st";
    static final String MESSAGE = "d";
    static final String GRAPH = "g";
    static final String VERSION = "gv";
    static final String SHAPE = "sh";
    static final String LOOPS = "l";
    static final String ALL_CLAIMED = "ec";
    static final String ALL_DONE = "ed";
    static final String ANSWERS = "an";
    static final String INPUTS = "iq";

    private Keys() {}

    static byte[] bytes(String key) {
        return JsonOut.keyBytes(key);
    }
}
