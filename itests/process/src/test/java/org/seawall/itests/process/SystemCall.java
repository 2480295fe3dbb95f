package org.seawall.itests.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A system call as {@code strace -f -y} writes it down. Calls of several threads overlap: one is before another if it ended
 * before the other began.
 *
 * @param name such as {@code fdatasync}
 * @param arguments as they are written down
 * @param descriptor the number of the descriptor that the call is about, or -1
 * @param file the path of that descriptor, or an empty text
 * @param result as it is written down, such as {@code 0} or {@code -1 EIO (Input/output error) (INJECTED)}
 * @param begin at which line
 * @param end at which line
 */
record SystemCall(String name, String arguments, int descriptor, String file, String result, int begin, int end) {
    private static final Pattern WHOLE = Pattern.compile("([0-9]+) +([a-z0-9_]+)\\((.*)\\) += (.*)");
    private static final Pattern UNFINISHED = Pattern.compile("([0-9]+) +([a-z0-9_]+)\\((.*) <unfinished \\.\\.\\.>");
    private static final Pattern RESUMED = Pattern.compile("([0-9]+) +<\\.\\.\\. ([a-z0-9_]+) resumed>(.*)\\) += (.*)");
    private static final Pattern DESCRIPTOR = Pattern.compile("([0-9]+)<([^>]*)>");
    private static final Pattern PATH = Pattern.compile("\"(/[^\"]*)\"");

    /** The calls of a trace, in the order in which they ended. */
    static List<SystemCall> read(Path trace) throws IOException {
        return parse(Files.readAllLines(trace, StandardCharsets.ISO_8859_1));
    }

    static List<SystemCall> parse(List<String> lines) {
        List<SystemCall> calls = new ArrayList<>();
        Map<String, SystemCall> unfinished = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher begun = UNFINISHED.matcher(lines.get(i));
            Matcher resumed = RESUMED.matcher(lines.get(i));
            Matcher whole = WHOLE.matcher(lines.get(i));
            if (begun.matches()) {
                unfinished.put(begun.group(1), call(begun.group(2), begun.group(3), "", i, i));
            } else if (resumed.matches()) {
                SystemCall call = unfinished.remove(resumed.group(1));
                if (call != null) {
                    calls.add(call(call.name, call.arguments + resumed.group(3), resumed.group(4), call.begin, i));
                }
            } else if (whole.matches()) {
                calls.add(call(whole.group(2), whole.group(3), whole.group(4), i, i));
            }
        }
        return calls;
    }

    private static SystemCall call(String name, String arguments, String result, int begin, int end) {
        Matcher matcher = DESCRIPTOR.matcher(arguments);
        boolean found = matcher.lookingAt();
        return new SystemCall(
                name,
                arguments,
                found ? Integer.parseInt(matcher.group(1)) : -1,
                found ? matcher.group(2) : "",
                result,
                begin,
                end);
    }

    boolean worked() {
        return !result.startsWith("-1") && !result.startsWith("?");
    }

    boolean injected() {
        return result.contains("(INJECTED)");
    }

    boolean before(SystemCall other) {
        return end < other.begin;
    }

    boolean writes() {
        return name.equals("write") || name.startsWith("writev") || name.startsWith("pwrite");
    }

    boolean forces() {
        return name.equals("fsync") || name.equals("fdatasync");
    }

    /** The paths among the arguments. */
    List<String> paths() {
        return PATH.matcher(arguments).results().map(match -> match.group(1)).toList();
    }
}
