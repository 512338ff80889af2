# Build:  docker build -t firebreak .
# Run:    docker run -p 8080:8080 -v firebreak:/var/lib/firebreak firebreak
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY pom.xml ./
COPY service/pom.xml service/
RUN mvn -q -B -ntp dependency:go-offline -DexcludeArtifactIds=firebreak-service || true
COPY service service
RUN mvn -q -B -ntp -DskipTests package

FROM eclipse-temurin:25-jre
# setsid and ps: the command action runs each program in a process group of its own.
RUN apt-get update && apt-get install -y --no-install-recommends util-linux procps && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/firebreak --create-home firebreak
WORKDIR /opt/firebreak
COPY --from=build /build/service/target/firebreak.jar service/target/firebreak.jar
COPY --from=build /build/service/target/lib service/target/lib
COPY firebreak config.yml ./
COPY runbooks runbooks
COPY templates templates
ENV FIREBREAK_DATA=/var/lib/firebreak FIREBREAK_BIND=0.0.0.0
VOLUME /var/lib/firebreak
USER firebreak
EXPOSE 8080 8081
ENTRYPOINT ["/opt/firebreak/firebreak"]
CMD ["server", "config.yml"]
