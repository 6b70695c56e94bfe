package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sees and carries traits by the attributes that the kernel keeps them in
 * ({@code xattr(7)}), without a program: a container often has none. On filesystems that
 * may keep them in another way, programs look as without native calls.
 */
final class NativeTraits implements TraitLooks {

	/** Whose access lists are those of POSIX, in the attributes named here. */
	private static final Set<String> KNOWN = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "tmpfs", "overlay");

	private static final String ACCESS_LIST = "system.posix_acl_access";

	private static final String DEFAULT_LIST = "system.posix_acl_default";

	private static final List<String> LABELS = List.of("security.selinux", "security.SMACK64");

	private static final String CAPABILITIES = "security.capability";

	private static final int OWNER_READS = 0400;

	private final TraitLooks programs;

	NativeTraits(TraitLooks programs) {
		this.programs = programs;
	}

	@Override
	public Seen look(Subject subject, Set<FileTrait> wanted, Optional<Subject> directory, Mount mount)
			throws IOException {
		if (!KNOWN.contains(mount.type())) {
			return this.programs.look(subject, wanted, directory, mount);
		}
		FileTraits file = look(subject, TraitLooks.shownBy(wanted));
		return new Seen(file, directory.map((listed) -> look(listed, LISTED)));
	}

	private static FileTraits look(Subject subject, Set<FileTrait> wanted) {
		Map<FileTrait, String> present = new EnumMap<>(FileTrait.class);
		Set<FileTrait> unknown = EnumSet.noneOf(FileTrait.class);
		for (FileTrait trait : wanted) {
			try {
				value(trait, subject).ifPresent((text) -> present.put(trait, text));
			}
			catch (IOException ex) {
				unknown.add(trait);
			}
		}
		return new FileTraits(present, unknown);
	}

	private static Optional<String> value(FileTrait trait, Subject subject) throws IOException {
		Path file = subject.path();
		return switch (trait) {
			case ACCESS_LIST -> list(subject).map((list) -> "an access control list");
			case LABEL -> label(file).map((found) -> text(found.value));
			case CAPABILITIES -> attribute(file, CAPABILITIES).map(CapabilityText::of);
			case FLAGS -> InodeFlags.of(file);
			case HOLES -> holes(subject);
		};
	}

	private static Optional<byte[]> list(Subject subject) throws IOException {
		Optional<byte[]> found = attribute(subject.path(), ACCESS_LIST);
		boolean inherits = found.isEmpty() && subject.stat().kind() == FileStat.Kind.DIRECTORY;
		return inherits ? attribute(subject.path(), DEFAULT_LIST) : found;
	}

	private static Optional<Attribute> label(Path file) throws IOException {
		for (String name : LABELS) {
			Optional<byte[]> found = attribute(file, name);
			if (found.isPresent()) {
				return Optional.of(new Attribute(name, found.get()));
			}
		}
		return Optional.empty();
	}

	private static String text(byte[] label) {
		String text = new String(label, StandardCharsets.UTF_8);
		return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
	}

	private static Optional<String> holes(Subject subject) throws IOException {
		FileStat stat = subject.stat();
		if (!stat.isRegular()) {
			return Optional.empty();
		}
		Path file = subject.path();
		try (Scratch scratch = Scratch.on(NativeDescriptor.WORKING_DIRECTORY)) {
			Errno.check(NativeStat.lookAtBlocks(scratch, file.toString(), Kernel.AT_SYMLINK_NOFOLLOW), file);
			long allocated = NativeStat.allocated(scratch);
			return (stat.size() - allocated >= BLOCK) ? Optional.of(TraitLooks.holes(stat, allocated))
					: Optional.empty();
		}
	}

	/** Returns the value of an attribute, unless the file or the filesystem has none. */
	private static Optional<byte[]> attribute(Path file, String name) throws IOException {
		try (Scratch scratch = Scratch.on(NativeDescriptor.WORKING_DIRECTORY)) {
			long length = NativeAttributes.get(scratch, file.toString(), name);
			return (length == -Errno.ENODATA || length == -Errno.EOPNOTSUPP) ? Optional.empty()
					: Optional.of(NativeAttributes.read(scratch, Errno.check(length, file)));
		}
	}

	/** An error of the disk is one of its moment. */
	@Override
	public boolean isLasting(Mount mount) {
		return !KNOWN.contains(mount.type());
	}

	@Override
	public void carry(FileTrait trait, Path from, Path to) throws IOException {
		Optional<Attribute> found = switch (trait) {
			case ACCESS_LIST -> attribute(from, ACCESS_LIST).map((value) -> new Attribute(ACCESS_LIST, value));
			case LABEL -> label(from);
			case CAPABILITIES -> attribute(from, CAPABILITIES).map((value) -> new Attribute(CAPABILITIES, value));
			case FLAGS, HOLES -> throw new IOException("can't be carried");
		};
		if (found.isEmpty()) {
			this.programs.carry(trait, from, to);
			return;
		}
		set(to, found.get());
		if (attribute(to, found.get().name).isEmpty()) {
			// a list that says no more than a mode becomes one
			throw new IOException("it is not kept here");
		}
	}

	private static void set(Path file, Attribute attribute) throws IOException {
		try (Scratch scratch = Scratch.on(NativeDescriptor.WORKING_DIRECTORY)) {
			NativeAttributes.put(scratch, file.toString(), attribute.name, attribute.value, file);
		}
	}

	@Override
	public void dropAccessList(Path file) throws IOException {
		if (NativeNames.kind(NativeDescriptor.WORKING_DIRECTORY, file.toString(), file) != FileStat.Kind.REGULAR) {
			throw new IOException("it is not there");
		}
		long removed;
		try (Scratch scratch = Scratch.on(NativeDescriptor.WORKING_DIRECTORY)) {
			removed = Kernel.call(scratch, Kernel.LREMOVEXATTR, scratch.name(file.toString()),
					scratch.other(ACCESS_LIST), 0);
		}
		if (removed == -Errno.EOPNOTSUPP) {
			this.programs.dropAccessList(file);
			return;
		}
		if (removed != -Errno.ENODATA) {
			Errno.check(removed, file);
		}
		NativeNames.setMode(NativeDescriptor.WORKING_DIRECTORY, file.toString(), file, OWNER_READS);
	}

	/**
	 * An attribute of a file.
	 *
	 * @param name its name with the name space
	 * @param value its value
	 */
	private record Attribute(String name, byte[] value) {
	}

}
