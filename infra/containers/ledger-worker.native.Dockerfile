# The worker as a native executable. Copies what Maven has built; from the root of the repository:
#
#   mvn package -Dnative -DskipTests -pl ledger-worker -am   (with GraalVM; see README.md here)
#   docker build -f infra/containers/ledger-worker.native.Dockerfile -t onceledger/ledger-worker:native .
#
# Base, user and memory are as in ledger-api.native.Dockerfile, where the reasons are.

FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0

LABEL org.opencontainers.image.title="Onceledger worker" \
      org.opencontainers.image.description="Outbox out: calls the processor and records what it proves."

WORKDIR /app

COPY ledger-worker/target/*-runner ledger-worker

USER 10001

EXPOSE 9001

# Health and signals as in ledger-worker.jvm.Dockerfile.
ENTRYPOINT ["./ledger-worker", "-XX:MaximumHeapSizePercent=50"]
