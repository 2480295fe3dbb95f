package org.seawall.viper.iceberg;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;

/** A REST catalog on a port of this machine: another catalog, spoken to as Iceberg's REST interface says. */
final class RestServer implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final Catalog catalog;
    private final String token;
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    RestServer(Catalog catalog, String token) throws IOException {
        this.catalog = catalog;
        this.token = token;
        json.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        json.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        json.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
        RESTSerializers.registerAll(json);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String uri() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        try (exchange) {
            try {
                if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    error(exchange, 401, new IllegalArgumentException("token"));
                    return;
                }
                byte[] body = exchange.getRequestBody().readAllBytes();
                Optional<Object> answer = answer(exchange.getRequestMethod(), path.split("/"), body);
                send(exchange, answer.isPresent() ? 200 : 204, answer);
            } catch (NoSuchTableException | NoSuchNamespaceException e) {
                error(exchange, 404, e);
            } catch (CommitFailedException e) {
                error(exchange, 409, e);
            } catch (RuntimeException e) {
                error(exchange, 500, e);
            }
        }
    }

    /** Of {@code /v1/namespaces/NAMESPACE/tables/TABLE}, as far as it goes. */
    private Optional<Object> answer(String method, String[] path, byte[] body) throws IOException {
        if (path[2].equals("config")) {
            return Optional.of(ConfigResponse.builder().build());
        }
        SupportsNamespaces namespaces = (SupportsNamespaces) catalog;
        if (path.length == 3) {
            return Optional.of(
                    CatalogHandlers.createNamespace(namespaces, json.readValue(body, CreateNamespaceRequest.class)));
        }
        Namespace namespace = Namespace.of(decoded(path[3]).split("\u001f"));
        if (path.length == 4) {
            return method.equals("HEAD")
                    ? none(() -> CatalogHandlers.namespaceExists(namespaces, namespace))
                    : Optional.of(CatalogHandlers.loadNamespace(namespaces, namespace));
        }
        if (path.length == 5) {
            return Optional.of(
                    method.equals("GET") ? CatalogHandlers.listTables(catalog, namespace) : created(namespace, body));
        }
        TableIdentifier table = TableIdentifier.of(namespace, decoded(path[5]));
        return switch (method) {
            case "GET" -> Optional.of(CatalogHandlers.loadTable(catalog, table, SnapshotMode.ALL));
            case "HEAD" -> none(() -> CatalogHandlers.tableExists(catalog, table));
            case "DELETE" -> none(() -> CatalogHandlers.dropTable(catalog, table));
            default ->
                Optional.of(
                        CatalogHandlers.updateTable(catalog, table, json.readValue(body, UpdateTableRequest.class)));
        };
    }

    private Object created(Namespace namespace, byte[] body) throws IOException {
        CreateTableRequest request = json.readValue(body, CreateTableRequest.class);
        return request.stageCreate()
                ? CatalogHandlers.stageTableCreate(catalog, namespace, request)
                : CatalogHandlers.createTable(catalog, namespace, request);
    }

    private static Optional<Object> none(Runnable work) {
        work.run();
        return Optional.empty();
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    private void error(HttpExchange exchange, int status, RuntimeException error) throws IOException {
        send(
                exchange,
                status,
                Optional.of(ErrorResponse.builder()
                        .responseCode(status)
                        .withType(error.getClass().getSimpleName())
                        .withMessage(String.valueOf(error.getMessage()))
                        .build()));
    }

    private void send(HttpExchange exchange, int status, Optional<Object> answer) throws IOException {
        if (answer.isEmpty() || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        byte[] body = json.writeValueAsBytes(answer.get());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
