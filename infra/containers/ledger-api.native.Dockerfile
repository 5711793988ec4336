# The API as a native executable. Copies what Maven has built; from the root of the repository:
#
#   mvn package -Dnative -DskipTests -pl ledger-api -am      (with GraalVM; see README.md here)
#   docker build -f infra/containers/ledger-api.native.Dockerfile -t onceledger/ledger-api:native .

# glibc, libstdc++, zlib and little else. UBI 9, as Quarkus's builder images are: what they link does
# not run on the older glibc of quarkus-micro-image:2.0, which is UBI 8.
FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0

LABEL org.opencontainers.image.title="Onceledger API" \
      org.opencontainers.image.description="HTTP in: accepts charges, answers questions about them."

WORKDIR /app

# Root's, and executable as native-image has left it. If there are executables of two versions, this
# fails instead of taking one.
COPY ledger-api/target/*-runner ledger-api

USER 10001

EXPOSE 8080 9000

# Half of the container's memory for the heap; the default is 80 %, which leaves too little for
# network buffers. Options that are given when it is run come after this one, and win.
# Health and signals as in ledger-api.jvm.Dockerfile.
ENTRYPOINT ["./ledger-api", "-XX:MaximumHeapSizePercent=50"]
