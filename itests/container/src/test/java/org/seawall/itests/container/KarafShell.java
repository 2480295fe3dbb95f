package org.seawall.itests.container;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedExceptionAction;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/** What an administrator has in front of him at Karaf's console, with variables that last. */
final class KarafShell implements AutoCloseable {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Session session;

    KarafShell(SessionFactory sessions) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        session = sessions.create(InputStream.nullInputStream(), out, out);
    }

    /** Types a line; what it prints. */
    String run(String line) throws Exception {
        Subject administrator = new Subject();
        for (String role : Set.of("admin", "manager", "viewer", "systembundles")) {
            administrator.getPrincipals().add(new RolePrincipal(role));
        }
        printed.reset();
        Subject.doAs(administrator, (PrivilegedExceptionAction<Object>) () -> session.execute(line));
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** The commands of a scope that the console completes and finds help for. */
    Set<String> commands(String scope) {
        return session.getRegistry().getCommands().stream()
                .filter(command -> command.getScope().equals(scope))
                .map(command -> command.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        session.close();
    }
}
