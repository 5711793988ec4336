# The mock processor, for trials: it moves no money. From the root of the repository:
#
#   mvn package -DskipTests -pl infra/mock-processor -am
#   docker build -f infra/containers/mock-processor.Dockerfile -t onceledger/mock-processor .
#
# Base, flags and user are as in ledger-api.jvm.Dockerfile, where the reasons are.

FROM eclipse-temurin:25-jre-noble

LABEL org.opencontainers.image.title="Onceledger mock processor" \
      org.opencontainers.image.description="A card processor with real faults and a journal that tells the truth about money."

# The journal: a new volume takes over the owner of the directory that it covers.
RUN install -d -o 10001 -g 10001 /data

WORKDIR /app

COPY infra/mock-processor/target/lib/ lib/
COPY infra/mock-processor/target/mock-processor.jar mock-processor.jar

ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# Its own default is loopback, which in a container nobody can reach.
ENV LEDGER_PROCESSOR_HOST=0.0.0.0 LEDGER_PROCESSOR_DATA=/data

USER 10001

EXPOSE 8090

ENTRYPOINT ["java", "-jar", "mock-processor.jar"]
