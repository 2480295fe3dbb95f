package org.seawall.filesystem.azure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Azure's own emulator in a process of its own, with everything in memory. It needs nothing of the SDK. */
public final class Azurite implements AutoCloseable {

    /** The account that every emulator has. */
    public static final String ACCOUNT = "devstoreaccount1";

    /** Its key, which is known to everybody. */
    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /** The other of the two that an account has, so that one can be changed while the other is in use. */
    public static final String SECOND_KEY =
            "c2Vjb25kLWtleS1vZi10aGUtZW11bGF0b3ItdGhhdC1pcy1rbm93bi10by1ldmVyeWJvZHktdG9vLTEyMzQ1Njc4OTA=";

    private static final Pattern LISTENS = Pattern.compile("successfully listens on (http://127\\.0\\.0\\.1:\\d+)");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final String url;

    private Azurite(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts one on a free port.
     *
     * @param installed what is there
     * @return the running emulator
     * @throws IOException if it does not begin to listen
     */
    public static Azurite start(AzuriteInstallation installed) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        installed.node().toString(),
                        installed.main().toString(),
                        "--blobPort",
                        "0",
                        "--inMemoryPersistence",
                        "--skipApiVersionCheck",
                        "--disableTelemetry",
                        "--silent"))
                .directory(installed.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY + ":" + SECOND_KEY);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        CompletableFuture<String> url = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, url), "azurite-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return new Azurite(process, url.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("azurite does not listen", e);
        }
    }

    /** Reads to the end, so that the process is never held up by its output. */
    private static void read(Process process, CompletableFuture<String> url) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher found = LISTENS.matcher(line);
                if (found.find()) {
                    url.complete(found.group(1));
                }
                said.append(line).append('\n');
            }
        } catch (IOException e) {
            said.append(e);
        }
        url.completeExceptionally(new IOException("azurite ended: " + said));
    }

    /**
     * Where its blobs are.
     *
     * @return for the setting {@code endpoint}
     */
    public String endpoint() {
        return url + "/" + ACCOUNT;
    }

    /**
     * What a tool would be given.
     *
     * @return for the setting {@code connectionString}
     */
    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY + ";BlobEndpoint="
                + endpoint();
    }

    /**
     * Makes an empty container.
     *
     * @param name its name
     * @throws IOException if it is there already, or the emulator fails
     */
    public void makeContainer(String name) throws IOException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        String signed = "PUT\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:" + date + "\nx-ms-version:2021-12-02\n/" + ACCOUNT + "/"
                + ACCOUNT + "/" + name + "\nrestype:container";
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + "/" + name + "?restype=container"))
                .header("x-ms-date", date)
                .header("x-ms-version", "2021-12-02")
                .header("Authorization", "SharedKey " + ACCOUNT + ":" + signature(signed))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IOException("container was not made, status=" + answer.statusCode() + ", container=" + name
                        + ", answer=" + answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Ends the process; all that it held is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
