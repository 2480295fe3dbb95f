package org.seawall.shell;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.seawall.LogMonitor;
import org.seawall.WriteAheadLog;
import org.seawall.files.EntryFiles;
import org.seawall.inspection.LogInspector;
import org.seawall.inspection.LogPlace;
import org.seawall.search.VectorSearch;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.serializer.BatchSerializer;

/** Registers the commands, each as a function of Gogo, and keeps the logs that they work on. */
@Component(service = ShellComponent.class, immediate = true)
public final class ShellComponent {
    private final Logs logs = new Logs();
    private final List<BatchSerializer> serializers = new CopyOnWriteArrayList<>();
    private final FileSystems fileSystems = new FileSystems();
    private final FileKinds kinds = new FileKinds();
    private final RunningCommands running = new RunningCommands();
    private final List<ServiceRegistration<Function>> functions = new ArrayList<>();

    @Activate
    public ShellComponent(BundleContext context) {
        commands(logs, serializers, fileSystems, kinds).forEach((name, command) -> {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(CommandProcessor.COMMAND_SCOPE, "wal");
            properties.put(CommandProcessor.COMMAND_FUNCTION, name);
            functions.add(context.registerService(Function.class, new CommandFunction(command, running), properties));
        });
    }

    @Deactivate
    void close() {
        functions.forEach(ServiceRegistration::unregister);
        running.close();
    }

    static Map<String, Supplier<ShellCommand>> commands(
            Logs logs, List<BatchSerializer> serializers, FileSystems fileSystems, FileKinds kinds) {
        Map<String, Supplier<ShellCommand>> commands = new LinkedHashMap<>();
        commands.put("create", () -> new CreateCommand(logs));
        commands.put("list", () -> new ListCommand(logs));
        commands.put("describe", () -> new DescribeCommand(logs));
        commands.put("update", () -> new UpdateCommand(logs));
        commands.put("append", () -> new AppendCommand(logs));
        commands.put("delete", () -> new DeleteCommand(logs));
        commands.put("get", () -> new GetCommand(logs));
        commands.put("ingest", () -> new IngestCommand(logs, kinds));
        commands.put("export", () -> new ExportCommand(logs, kinds));
        commands.put("search", () -> new SearchCommand(logs, kinds));
        commands.put("tail", () -> new TailCommand(logs));
        commands.put("roll", () -> new RollCommand(logs));
        commands.put("flush", () -> new FlushCommand(logs));
        commands.put("snapshot", () -> new SnapshotCommand(logs));
        commands.put("compact", () -> new CompactCommand(logs));
        commands.put("history", () -> new HistoryCommand(logs));
        commands.put("restore", () -> new RestoreCommand(logs));
        commands.put("drop", () -> new DropCommand(logs));
        commands.put("dump", () -> new DumpCommand(logs, serializers, fileSystems));
        commands.put("verify", () -> new VerifyCommand(logs));
        commands.put("repair", () -> new RepairCommand(logs));
        commands.put("copy", () -> new CopyCommand(logs));
        commands.put("status", () -> new StatusCommand(logs));
        return commands;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLog(WriteAheadLog log) {
        logs.addLog(log);
    }

    void removeLog(WriteAheadLog log) {
        logs.removeLog(log);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addMonitor(LogMonitor monitor, Map<String, Object> properties) {
        logs.addMonitor(name(properties), monitor);
        place(properties).ifPresent(place -> logs.addPlace(name(properties), place));
    }

    void removeMonitor(LogMonitor monitor, Map<String, Object> properties) {
        logs.removeMonitor(monitor);
        place(properties).ifPresent(logs::removePlace);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSearch(VectorSearch search, Map<String, Object> properties) {
        logs.addSearch(name(properties), search);
    }

    void removeSearch(VectorSearch search) {
        logs.removeSearch(search);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSerializer(BatchSerializer serializer) {
        serializers.add(serializer);
    }

    void removeSerializer(BatchSerializer serializer) {
        serializers.remove(serializer);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFileSystem(FileSystem files, Map<String, Object> properties) {
        fileSystems.add(files, properties);
    }

    void removeFileSystem(FileSystem files) {
        fileSystems.remove(files);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addInspector(LogInspector inspector) {
        logs.addInspector(inspector);
    }

    void removeInspector(LogInspector inspector) {
        logs.removeInspector(inspector);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addEntryFiles(EntryFiles files, Map<String, Object> properties) {
        kinds.add(files, properties);
    }

    void removeEntryFiles(EntryFiles files) {
        kinds.remove(files);
    }

    private static Optional<LogPlace> place(Map<String, Object> properties) {
        return properties.get(LogMonitor.URLS) instanceof String[] urls
                        && properties.get(LogMonitor.CATALOG_URL) instanceof String catalog
                ? Optional.of(new LogPlace(List.of(urls), catalog, false))
                : Optional.empty();
    }

    private static String name(Map<String, Object> properties) {
        return String.valueOf(properties.get(WriteAheadLog.LOG_NAME));
    }
}
