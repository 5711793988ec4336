# The API on a JVM. Copies what Maven has built; from the root of the repository:
#
#   mvn package -DskipTests -pl ledger-api -am
#   docker build -f infra/containers/ledger-api.jvm.Dockerfile -t onceledger/ledger-api:jvm .

FROM eclipse-temurin:25-jre-noble

LABEL org.opencontainers.image.title="Onceledger API" \
      org.opencontainers.image.description="HTTP in: accepts charges, answers questions about them."

WORKDIR /app

# By how often they change: the libraries with their versions (and with our core, which is one of
# them), our classes with each build. All stay root's: the process cannot change its own code.
COPY ledger-api/target/quarkus-app/lib/ lib/
COPY ledger-api/target/quarkus-app/quarkus-run.jar quarkus-run.jar
COPY ledger-api/target/quarkus-app/quarkus/ quarkus/
COPY ledger-api/target/quarkus-app/app/ app/

# A variable, so that whoever runs the image can say otherwise; java reads it, and counts memory
# and processors by the container's limits.
#   MaxRAMPercentage   half of the limit for the heap (the JVM's own default is a quarter): the
#                      other half holds classes, compiled code, stacks and network buffers.
#   UseSerialGC        a heap of a few hundred megabytes is collected in milliseconds, and a
#                      collector with threads of its own would take from the processors allowed.
#                      With more than 2 GB and 2 processors, try -XX:+UseG1GC.
#   ExitOnOutOfMemory  better a process that is started again than one that half works.
#   native access, unsafe memory: Netty and others use them; without this JDK 25 warns at each start.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# What it loads at start, recorded by the java that will run it: it is ready in half of the time.
# Needs nothing from outside; see the script.
RUN --mount=type=bind,source=infra/startup-cache,target=/tmp/startup-cache \
    /tmp/startup-cache /app

# Of no account, and a number, so that an orchestrator can tell that it is not root.
USER 10001

# The API; health and metrics, which are never for the public.
EXPOSE 8080 9000

# No HEALTHCHECK: health is at :9000/q/health/ready and /q/health/live for the orchestrator to ask,
# which knows how often and what follows. The image has no curl for a check of its own.
# Java is process 1 and takes SIGTERM itself: it stops listening and ends what is under way (10 s).
ENTRYPOINT ["java", "-XX:AOTCache=/app/startup.aot", "-jar", "/app/quarkus-run.jar"]
