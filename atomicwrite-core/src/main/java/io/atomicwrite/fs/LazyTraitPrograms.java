package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The programs that show traits, found at the first look: most writes need none.
 */
final class LazyTraitPrograms implements TraitLooks {

	@Override
	public Seen look(Subject subject, Set<FileTrait> wanted, Optional<Subject> directory, Mount mount)
			throws IOException {
		return Found.PROGRAMS.look(subject, wanted, directory, mount);
	}

	@Override
	public void carry(FileTrait trait, Path from, Path to) throws IOException {
		Found.PROGRAMS.carry(trait, from, to);
	}

	@Override
	public void dropAccessList(Path file) throws IOException {
		Found.PROGRAMS.dropAccessList(file);
	}

	private static final class Found {

		static final TraitPrograms PROGRAMS = new TraitPrograms();

	}

}
