package dev.firebreak.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Secrets;
import java.io.PrintStream;
import java.time.InstantSource;
import okhttp3.OkHttpClient;

/**
 * What channels are made with.
 *
 * @param http goes wherever the configuration says; each channel sets its own time limit on it
 * @param console where the type {@code console} prints
 */
public record ChannelParts(
    OkHttpClient http,
    ObjectMapper json,
    Secrets secrets,
    InstantSource clock,
    PrintStream console) {}
