package io.steadyline.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A certificate authority made by this Java's keytool, and PEM files of what it signed. */
public final class TestCertificates {

    private static final String PASSWORD = "for-this-test-only";

    private final Path directory;
    private final Path store;

    private TestCertificates(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("store.p12");
    }

    /** With "ca", "server" for 127.0.0.1 and localhost, and "client", both signed by it; "stranger" signed itself. */
    public static TestCertificates in(Path directory) {
        TestCertificates made = new TestCertificates(directory);
        made.generate("ca", List.of("-ext", "bc:c"));
        made.generate("server", List.of("-signer", "ca", "-ext", "san=ip:127.0.0.1,dns:localhost"));
        made.generate("client", List.of("-signer", "ca"));
        made.generate("stranger", List.of("-ext", "san=ip:127.0.0.1"));
        return made;
    }

    public Path certificate(String alias) {
        try {
            Certificate certificate = loaded().getCertificate(alias);
            return write(alias + ".crt", "CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate " + alias, e);
        }
    }

    public Path key(String alias) {
        try {
            return write(
                    alias + ".key",
                    "PRIVATE KEY",
                    Objects.requireNonNull(loaded().getKey(alias, PASSWORD.toCharArray()))
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key " + alias, e);
        }
    }

    private void generate(String alias, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(options);
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool ran", e);
        }
    }

    private KeyStore loaded() throws GeneralSecurityException {
        try (InputStream file = Files.newInputStream(store)) {
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            loaded.load(file, PASSWORD.toCharArray());
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        try {
            return Files.writeString(
                    directory.resolve(name),
                    "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
