package org.seawall.itests.process;

/** A command that fails, and what its one line of error says. */
record Bad(String command, String words) {}
