package io.jenkins.plugins.hss.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a listener was told. */
final class Marks implements SendListener {
    private final List<String> told = new CopyOnWriteArrayList<>();

    List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public void sending() {
        told.add("sending");
    }

    @Override
    public void createdNothing() {
        told.add("created nothing");
    }
}
