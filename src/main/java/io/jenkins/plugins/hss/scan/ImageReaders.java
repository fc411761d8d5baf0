package io.jenkins.plugins.hss.scan;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.Secret;
import io.jenkins.plugins.hss.client.HssClient.Scope;
import io.jenkins.plugins.hss.config.ResolvedConnection;
import io.jenkins.plugins.hss.engine.ImageReader;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.util.SystemProperties;

/** The readers of scanned images: one for all builds with the same secret, in the same project. */
@Extension
public final class ImageReaders {
    private static final long PAUSE_MILLIS = 15_000;

    private final Map<Key, SoftReference<ImageReader>> readers = new ConcurrentHashMap<>();

    private record Key(Scope scope, String account, Secret secret) {}

    static ImageReaders get() {
        return ExtensionList.lookupSingleton(ImageReaders.class);
    }

    ImageReader of(ResolvedConnection connection) {
        Key key = new Key(connection.scope(), connection.account(), connection.secret());
        readers.values().removeIf(reader -> reader.get() == null);
        while (true) {
            ImageReader reader = readers.computeIfAbsent(key, absent -> new SoftReference<>(new ImageReader(pause())))
                    .get();
            if (reader != null) {
                return reader;
            }
            readers.values().removeIf(gone -> gone.get() == null);
        }
    }

    private static Duration pause() {
        return Duration.ofMillis(
                Math.max(1, SystemProperties.getLong("io.jenkins.plugins.hss.imagePollMillis", PAUSE_MILLIS)));
    }
}
