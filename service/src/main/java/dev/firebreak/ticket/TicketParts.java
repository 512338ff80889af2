package dev.firebreak.ticket;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Secrets;
import java.nio.file.Path;
import java.time.InstantSource;
import okhttp3.OkHttpClient;

/**
 * What ticket systems are made with.
 *
 * @param data the data folder; relative paths of the configuration begin there
 */
public record TicketParts(
    OkHttpClient http, ObjectMapper json, Secrets secrets, Path data, InstantSource clock) {}
