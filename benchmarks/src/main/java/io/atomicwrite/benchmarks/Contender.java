package io.atomicwrite.benchmarks;

import java.util.List;
import java.util.function.Supplier;

import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * The ways to write that are compared.
 */
enum Contender {

	/**
	 * The system calls of a durable write, by hand.
	 */
	HAND(HandWritten::new),

	/**
	 * The same again: how far this ratio strays from one is the noise of the machine.
	 */
	CONTROL(HandWritten::new),

	/**
	 * As Kafka writes its checkpoints.
	 */
	KAFKA(KafkaWrite::new),

	/**
	 * As Lucene writes a file of a commit.
	 */
	LUCENE(LuceneWrite::new),

	/**
	 * The template with locks between the threads of this JVM.
	 */
	IN_PROCESS(() -> template(AtomicFileTemplate.builder().locks(LockRegistry.inProcess()).build(),
			Workspace.templateOptions().build())),

	/**
	 * The template without a lock.
	 */
	NONE(() -> template(Workspace.templateOptions().lock(LockRequest.none()).build())),

	/**
	 * The template with its lock, which is its default.
	 */
	LOCK(() -> template(Workspace.templateOptions().build())),

	/**
	 * The template with its lock and a checksum in an attribute.
	 */
	ATTRIBUTE(() -> template(
			Workspace.templateOptions().checksum(ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256)).build())),

	/**
	 * The template with its lock and a checksum in a sidecar.
	 */
	SIDECAR(() -> template(
			Workspace.templateOptions().checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256)).build())),

	/**
	 * The template without a lock by the calls of the JDK, whatever the others use.
	 */
	NONE_JDK(() -> jdkTemplate(Workspace.templateOptions().lock(LockRequest.none()).build())),

	/**
	 * The template with its lock by the calls of the JDK.
	 */
	LOCK_JDK(() -> jdkTemplate(Workspace.templateOptions().build()));

	/** Those that show what a durable write costs. */
	static final List<Contender> USUAL = List.of(HAND, CONTROL, NONE, LOCK);

	/** Those that show what a checksum adds. */
	static final List<Contender> CHECKSUMS = List.of(HAND, CONTROL, LOCK, ATTRIBUTE, SIDECAR);

	private final Supplier<DurableWrite> factory;

	Contender(Supplier<DurableWrite> factory) {
		this.factory = factory;
	}

	DurableWrite create() {
		return this.factory.get();
	}

	private static DurableWrite template(WriteOptions options) {
		return template(AtomicFileTemplate.create(), options);
	}

	private static DurableWrite jdkTemplate(WriteOptions options) {
		return template(AtomicFileTemplate.builder().files(FileOps.jdk()).build(), options);
	}

	private static DurableWrite template(AtomicFileTemplate template, WriteOptions options) {
		return (target, content) -> template.write(target, content, options);
	}

}
