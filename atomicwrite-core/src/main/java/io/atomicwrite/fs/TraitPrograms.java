package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Sees and carries by programs of the system what the JDK has no call for: {@code ls},
 * {@code cp} and {@code chcon} of the GNU coreutils, {@code getcap} and {@code setcap} of
 * libcap, {@code lsattr} of e2fsprogs.
 */
final class TraitPrograms implements TraitLooks {

	/**
	 * Allocated bytes, mode with {@code +} for a list or {@code .} for a label alone,
	 * links, owner, group, label.
	 */
	private static final Pattern LINE = Pattern
		.compile("\\s*(\\d+) +[-dlbcps].{9}([+.@ ]) *\\d+ +\\d+ +\\d+ +(\\S+) .*");

	/** Flags that say how the filesystem stores a file, and that nobody sets. */
	private static final Pattern STORAGE_FLAGS = Pattern.compile("[-eINhBXZ]");

	/** Has mode 0400 and can have no list: what takes its mode has none either. */
	private static final Path WITHOUT_LIST = Path.of("/proc/self/environ");

	private final Program ls = Program.find("ls");

	private final Program cp = Program.find("cp");

	private final Program chcon = Program.find("chcon");

	private final Program getcap = Program.find("getcap");

	private final Program setcap = Program.find("setcap");

	private final Program lsattr = Program.find("lsattr");

	/** In one process for those that are listed. */
	@Override
	public Seen look(Subject subject, Set<FileTrait> wanted, Optional<Subject> directory, Mount mount)
			throws IOException {
		return look(subject, wanted, directory);
	}

	private Seen look(Subject subject, Set<FileTrait> wanted, Optional<Subject> directory) throws IOException {
		Path file = subject.path();
		Map<FileTrait, String> present = new EnumMap<>(FileTrait.class);
		Set<FileTrait> unknown = EnumSet.noneOf(FileTrait.class);
		boolean lists = TraitLooks.isListed(wanted);
		// they run at the same time
		Program.@Nullable Run listing = lists ? startListing(file, directory.map(Subject::path)) : null;
		Program.@Nullable Run caps = wanted.contains(FileTrait.CAPABILITIES) ? start(this.getcap, file.toString())
				: null;
		Program.@Nullable Run flags = wanted.contains(FileTrait.FLAGS) ? start(this.lsattr, "-d", file.toString())
				: null;
		List<String> lines = (listing != null) ? lines(listing.end(), directory.isPresent() ? 2 : 1) : List.of();
		if (lists && (lines.isEmpty() || !readLine(lines.get(0), subject.stat(), present))) {
			unknown.addAll(LISTED);
		}
		if (wanted.contains(FileTrait.CAPABILITIES) && (caps == null || !readCapabilities(caps.end(), file, present))) {
			unknown.add(FileTrait.CAPABILITIES);
		}
		if (wanted.contains(FileTrait.FLAGS) && (flags == null || !readFlags(flags.end(), present))) {
			unknown.add(FileTrait.FLAGS);
		}
		return new Seen(new FileTraits(present, unknown), lines.isEmpty() ? Optional.empty()
				: directory.flatMap((listed) -> ofLine(lines.get(1), listed.stat())));
	}

	/** With names in which no line ends, and in the order in which they are given. */
	private Program.@Nullable Run startListing(Path file, Optional<Path> directory) {
		List<String> arguments = new ArrayList<>(List.of("-ndsZUb", "--block-size=1", "--", file.toString()));
		directory.ifPresent((path) -> arguments.add(path.toString()));
		return start(this.ls, arguments.toArray(String[]::new));
	}

	private static Optional<FileTraits> ofLine(String line, FileStat stat) {
		Map<FileTrait, String> present = new EnumMap<>(FileTrait.class);
		return readLine(line, stat, present) ? Optional.of(new FileTraits(present, Set.of())) : Optional.empty();
	}

	private static Program.@Nullable Run start(Program program, String... arguments) {
		if (!program.isUsable()) {
			return null;
		}
		try {
			return program.start(arguments);
		}
		catch (IOException ex) {
			// as where no process may be started
			program.notUsable();
			return null;
		}
	}

	/** Returns one line for each file, or none if there is another number of them. */
	private List<String> lines(Program.Result result, int files) {
		List<String> lines = result.output().lines().toList();
		if (result.status() == 0 && lines.size() == files) {
			return lines;
		}
		if (result.output().contains("option")) {
			this.ls.notUsable();
		}
		return List.of();
	}

	private static boolean readLine(String text, FileStat stat, Map<FileTrait, String> present) {
		Matcher line = LINE.matcher(text);
		if (!line.matches()) {
			return false;
		}
		if (line.group(2).equals("+")) {
			present.put(FileTrait.ACCESS_LIST, "an access control list");
		}
		if (!line.group(3).equals("?")) {
			present.put(FileTrait.LABEL, line.group(3));
		}
		long allocated = Long.parseLong(line.group(1));
		if (stat.isRegular() && stat.size() - allocated >= BLOCK) {
			present.put(FileTrait.HOLES, TraitLooks.holes(stat, allocated));
		}
		return true;
	}

	private static boolean readCapabilities(Program.Result result, Path file, Map<FileTrait, String> present) {
		if (result.status() != 0) {
			return false;
		}
		String output = result.output().strip();
		if (output.startsWith(file + " ")) {
			// before libcap 2.41 an equals sign stood between the two
			String text = output.substring(file.toString().length() + 1);
			present.put(FileTrait.CAPABILITIES, text.startsWith("= ") ? text.substring(2) : text);
		}
		return output.isEmpty() || present.containsKey(FileTrait.CAPABILITIES);
	}

	private static boolean readFlags(Program.Result result, Map<FileTrait, String> present) {
		if (result.status() != 0) {
			return result.output().contains("not supported") || result.output().contains("Inappropriate ioctl");
		}
		String flags = STORAGE_FLAGS.matcher(result.output().strip().split(" ", 2)[0]).replaceAll("");
		if (!flags.isEmpty()) {
			present.put(FileTrait.FLAGS, flags);
		}
		return true;
	}

	@Override
	public void carry(FileTrait trait, Path from, Path to) throws IOException {
		switch (trait) {
			case ACCESS_LIST -> {
				takeMode(from, to);
				requireList(to, true);
			}
			case LABEL -> this.chcon.run("--reference=" + from, "--", to.toString());
			case CAPABILITIES -> this.setcap.run(capabilities(from), to.toString());
			default -> throw new IOException("can't be carried");
		}
	}

	private String capabilities(Path file) throws IOException {
		Map<FileTrait, String> found = new EnumMap<>(FileTrait.class);
		readCapabilities(this.getcap.start(file.toString()).end(), file, found);
		String text = found.get(FileTrait.CAPABILITIES);
		if (text == null) {
			throw new IOException("the capabilities can't be read");
		}
		return text;
	}

	@Override
	public void dropAccessList(Path file) throws IOException {
		takeMode(WITHOUT_LIST, file);
		requireList(file, false);
	}

	/** Gives a file the mode and the list of another, and leaves its content. */
	private void takeMode(Path from, Path to) throws IOException {
		if (!Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
			throw new NoSuchFileException(to.toString(), null, "the new file is gone");
		}
		long size = Files.size(to);
		this.cp.run("--attributes-only", "--preserve=mode", "--", from.toString(), to.toString());
		if (Files.size(to) != size) {
			throw new IOException("cp has changed the content");
		}
	}

	private void requireList(Path file, boolean expected) throws IOException {
		FileStat stat = FileOps.system().stat(file);
		if (stat == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			throw new IOException("it is not there");
		}
		FileTraits found = look(new Subject(file, stat), EnumSet.of(FileTrait.ACCESS_LIST), Optional.empty()).file();
		if (found.unknown().contains(FileTrait.ACCESS_LIST) || found.has(FileTrait.ACCESS_LIST) != expected) {
			throw new IOException(expected ? "the access control list is not kept here"
					: "the access control list of the directory can't be taken away");
		}
	}

}
