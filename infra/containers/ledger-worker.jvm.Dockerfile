# The worker on a JVM. Copies what Maven has built; from the root of the repository:
#
#   mvn package -DskipTests -pl ledger-worker -am
#   docker build -f infra/containers/ledger-worker.jvm.Dockerfile -t onceledger/ledger-worker:jvm .
#
# Base, layers, flags, user and health are as in ledger-api.jvm.Dockerfile, where the reasons are.

FROM eclipse-temurin:25-jre-noble

LABEL org.opencontainers.image.title="Onceledger worker" \
      org.opencontainers.image.description="Outbox out: calls the processor and records what it proves."

WORKDIR /app

COPY ledger-worker/target/quarkus-app/lib/ lib/
COPY ledger-worker/target/quarkus-app/quarkus-run.jar quarkus-run.jar
COPY ledger-worker/target/quarkus-app/quarkus/ quarkus/
COPY ledger-worker/target/quarkus-app/app/ app/

ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

RUN --mount=type=bind,source=infra/startup-cache,target=/tmp/startup-cache \
    /tmp/startup-cache /app

USER 10001

# Health and metrics only: the worker has no public port.
EXPOSE 9001

# On SIGTERM it claims no more and waits for the calls under way: give it 30 s before SIGKILL. What
# is killed is not lost, but waits for the end of its lease.
ENTRYPOINT ["java", "-XX:AOTCache=/app/startup.aot", "-jar", "/app/quarkus-run.jar"]
