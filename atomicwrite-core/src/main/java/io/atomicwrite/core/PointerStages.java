package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.core.Target.Request;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.publication.PlainDirectory;

/**
 * The phases before the change of a pointer of a publication, which may be a link, a file
 * or a directory.
 *
 * @param protocol the protocol of all changes
 */
record PointerStages(WriteProtocol protocol) {

	/**
	 * Runs the first phase of a move of a pointer, which may be a link or a directory.
	 */
	WriteProtocol.Resolved resolve(Path raw, WriteOptions options, boolean directory) {
		return this.protocol.entrance().resolve(raw, Request.ofPointer(raw, options, directory), options);
	}

	/** Runs phases 2 to 4 of a move of a pointer, and begins phase 5. */
	private Entered enterPointer(WriteProtocol.Resolved resolved) throws IOException {
		WriteOptions options = resolved.options();
		Site site = this.protocol.entrance().enter(resolved.operation(), options, resolved.target());
		Companions companions = Companions.ofWrite(this.protocol.tools(), site, Companions.digests(options),
				NewFileRights.of(site.place(), options), this.protocol.manifests());
		resolved.operation().enter(WritePhase.STAGE);
		site.changed().open(site.place().directory());
		return new Entered(site, companions);
	}

	/** Runs phases 2 to 5 of the write of a symbolic link, up to a link beside it. */
	LinkChange link(WriteProtocol.Resolved resolved, Path content) {
		Operation operation = resolved.operation();
		try {
			Entered entered = enterPointer(resolved);
			Site site = entered.site();
			Directory directory = site.place().directory();
			String name = resolved.target().name();
			String staging = ArtifactNames.staging(name, this.protocol.tools().tokens().getAsLong(),
					NameLimit.of(directory, name));
			directory.createSymbolicLink(staging, content);
			operation.staged(directory, staging);
			site.undo().unlessCommitted(() -> directory.delete(staging));
			operation.opened();
			return new LinkChange(site, staging, entered.companions());
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/** Runs phases 2 to 5 of an exchange, up to a directory beside the pointer. */
	DirectoryChange directory(WriteProtocol.Resolved resolved, PlainDirectory plain, ChangeScope.Step confirmation) {
		Operation operation = resolved.operation();
		try {
			Entered entered = enterPointer(resolved);
			Site site = entered.site();
			Directory directory = site.place().directory();
			plain.requireReplaceable(directory);
			String staging = PlainDirectory.name(this.protocol.tools().tokens().getAsLong());
			site.undo().unlessCommitted(() -> PlainDirectory.delete(directory, staging));
			plain.build(directory, staging);
			operation.opened();
			return new DirectoryChange(site, plain, staging, entered.companions(), confirmation);
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/**
	 * Runs the first two phases of a move of a pointer and no more: what refuses it
	 * before anything is changed.
	 * @return the file that would be replaced
	 */
	Path check(Path raw, WriteOptions options) throws IOException {
		Entrance entrance = this.protocol.entrance();
		Undo undo = new Undo();
		try {
			entrance.requireAtomicWrite(raw);
			Target target = entrance.resolver().resolve(Request.ofPointer(raw, options, true), undo);
			entrance.guard().check(entrance.resolver().absolute(raw), target.path(), options);
			entrance.gate().check(target, options);
			return target.path();
		}
		finally {
			undo.run(false, null);
		}
	}

	/** What a move of a pointer has before anything is staged. */
	private record Entered(Site site, Companions companions) {
	}

}
