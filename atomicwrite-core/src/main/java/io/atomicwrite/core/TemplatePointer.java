package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.atomicwrite.Problem;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.Remedy;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.publication.PlainDirectory;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.PublicationPointer;

/**
 * Moves the pointer of a publication by the protocol of every write.
 */
final class TemplatePointer implements PublicationPointer {

	private final WriteProtocol protocol;

	private final PointerStages stages;

	private final Path pointer;

	private final WriteOptions options;

	TemplatePointer(WriteProtocol protocol, Path pointer, WriteOptions defaults) {
		this.protocol = protocol;
		this.stages = new PointerStages(protocol);
		this.pointer = pointer;
		// a pointer has nothing beside it, and is replaced as it is
		this.options = defaults.with((changes) -> changes.overwrite(true)
			.symlinks(SymlinkPolicy.REPLACE)
			.backup(BackupPolicy.none())
			.checksum(ChecksumPolicy.none()));
	}

	@Override
	public Path check() {
		try {
			return this.stages.check(this.pointer, this.options);
		}
		catch (IOException ex) {
			Problem problem = Problem.of(IoErrors.text(ex) + " while looking at the publication",
					Remedy.ofReading(IoErrors.classify(ex)));
			throw new ReadFailedException(this.pointer, problem.causedBy(IoErrors.classify(ex)), ex);
		}
	}

	@Override
	public void move(String version, PointerKind kind, LockLeases leases) {
		WriteProtocol.Resolved resolved = this.stages.resolve(this.pointer, this.options, false);
		if (kind == PointerKind.LINK) {
			LinkChange link = this.stages.link(resolved, Path.of(version));
			link.confirmBy(leases::ensureHeld);
			this.protocol.commit(link);
			return;
		}
		PendingWrite write = this.protocol.stage(resolved);
		try {
			write.write(ByteBuffer.wrap((version + "\n").getBytes(StandardCharsets.UTF_8)));
		}
		catch (Throwable ex) {
			throw write.fail(ex);
		}
		write.confirmBy(leases::ensureHeld);
		this.protocol.commit(write);
	}

	@Override
	public void exchange(PlainDirectory directory, LockLeases leases) {
		WriteProtocol.Resolved resolved = this.stages.resolve(this.pointer, this.options, true);
		this.protocol.commit(this.stages.directory(resolved, directory, leases::ensureHeld));
	}

}
