# Build:  docker build -t firebreak .
# Run:    docker run -p 8080:8080 -v firebreak:/var/lib/firebreak firebreak
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/firebreak
COPY pom.xml ./
COPY service/pom.xml service/
RUN mvn -q -B -ntp dependency:go-offline -DexcludeArtifactIds=firebreak-service || true
COPY service service
COPY firebreak config.yml ./
COPY bench bench
COPY templates templates
# The service runs under load for a while and leaves what it learnt beside its jar: it starts faster for it.
RUN mvn -q -B -ntp -DskipTests package && ./firebreak train

# The same JVM, and the same folder, as it was trained with.
FROM eclipse-temurin:25-jdk
# setsid and ps: the command action runs each program in a process group of its own.
RUN apt-get update && apt-get install -y --no-install-recommends util-linux procps && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/firebreak --create-home firebreak
WORKDIR /opt/firebreak
COPY --from=build /opt/firebreak/service/target/firebreak.jar service/target/firebreak.jar
COPY --from=build /opt/firebreak/service/target/lib service/target/lib
COPY --from=build /opt/firebreak/service/target/firebreak.aot service/target/firebreak.aot
COPY firebreak config.yml ./
COPY runbooks runbooks
COPY templates templates
ENV FIREBREAK_DATA=/var/lib/firebreak FIREBREAK_BIND=0.0.0.0
VOLUME /var/lib/firebreak
USER firebreak
EXPOSE 8080 8081
ENTRYPOINT ["/opt/firebreak/firebreak"]
CMD ["server", "config.yml"]
