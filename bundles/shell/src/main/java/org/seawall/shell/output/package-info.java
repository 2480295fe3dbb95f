/** Files that an operator takes entries away in: {@link org.seawall.files.EntryOutput} for each kind that the shell knows by itself. */
package org.seawall.shell.output;
