package io.atomicwrite.fs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the mount of a path by walking the tree of mounts from the root, so that mounts
 * stacked on or hidden by others are distinguished, which no match by prefix can do.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">
 * proc_pid_mountinfo(5)</a>
 */
final class MountTree {

	/**
	 * In a chroot whose root is no mount, the table does not have the one of the root.
	 */
	private static final Mount UNSEEN = new Mount(Path.of("/"), "unknown", "", List.of());

	private static final Node UNSEEN_ROOT = new Node(-1, -1, UNSEEN.point(), List.of(), List.of());

	private static final String SEPARATOR = " - ";

	private final Map<Integer, List<Node>> children = new HashMap<>();

	private final Set<Path> points = new HashSet<>();

	private final @Nullable Node root;

	private MountTree(List<Node> nodes) {
		Set<Integer> ids = new LinkedHashSet<>();
		for (Node node : nodes) {
			ids.add(node.id);
			this.points.add(node.point);
		}
		Node top = null;
		for (Node node : nodes) {
			boolean parentUnseen = node.parent == node.id || !ids.contains(node.parent);
			if (node.parent != node.id) {
				this.children.computeIfAbsent(parentUnseen ? UNSEEN_ROOT.id : node.parent, (id) -> new ArrayList<>())
					.add(node);
			}
			if (node.point.equals(Path.of("/")) && (top == null || parentUnseen)) {
				top = node;
			}
		}
		this.root = (top != null || nodes.isEmpty()) ? top : UNSEEN_ROOT;
	}

	static MountTree parse(String mountInfo) {
		List<Node> nodes = new ArrayList<>();
		for (String line : mountInfo.split("\n")) {
			Node node = parseLine(line);
			if (node != null) {
				nodes.add(node);
			}
		}
		return new MountTree(nodes);
	}

	/** Parses a line; one that does not have the documented form is passed over. */
	private static @Nullable Node parseLine(String line) {
		// 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
		int separator = line.indexOf(SEPARATOR);
		if (separator < 0) {
			return null;
		}
		List<String> fields = List.of(line.substring(0, separator).split(" "));
		List<String> filesystem = List.of(line.substring(separator + SEPARATOR.length()).split(" "));
		if (fields.size() < 6 || filesystem.size() < 2) {
			return null;
		}
		try {
			return new Node(Integer.parseInt(fields.get(0)), Integer.parseInt(fields.get(1)),
					Path.of(unescape(fields.get(4))), fields, filesystem);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Spaces, tabs, newlines and backslashes stand as a backslash and three octal digits.
	 */
	private static String unescape(String field) {
		if (field.indexOf('\\') < 0) {
			return field;
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < field.length(); i++) {
			int escaped = (field.charAt(i) == '\\') ? octal(field, i + 1) : -1;
			text.append((escaped >= 0) ? (char) escaped : field.charAt(i));
			i += (escaped >= 0) ? 3 : 0;
		}
		return text.toString();
	}

	/** Reads three octal digits, or returns -1 if they are none. */
	private static int octal(String text, int from) {
		int value = 0;
		for (int i = from; i < from + 3; i++) {
			int digit = (i < text.length()) ? Character.digit(text.charAt(i), 8) : -1;
			if (digit < 0) {
				return -1;
			}
			value = value * 8 + digit;
		}
		return value;
	}

	/** Whether something is mounted at exactly that place, and not hidden by another. */
	boolean isPoint(Path canonical) {
		if (!this.points.contains(canonical)) {
			return false;
		}
		Mount mount = find(canonical);
		return mount != null && mount.point().equals(canonical);
	}

	@Nullable Mount find(Path canonical) {
		if (this.root == null) {
			return null;
		}
		Path at = Path.of("/");
		Node node = top(this.root, at);
		for (Path name : canonical) {
			at = at.resolve(name);
			node = top(node, at);
		}
		return (node == UNSEEN_ROOT) ? UNSEEN : node.mount();
	}

	/** The uppermost of the mounts stacked at a place. */
	private Node top(Node from, Path at) {
		Node node = from;
		int left = this.children.size();
		// a table that was read while it changed may go round in a circle
		for (Node next = child(node, at); next != null && left >= 0; next = child(node, at)) {
			node = next;
			left--;
		}
		return node;
	}

	private @Nullable Node child(Node node, Path at) {
		for (Node child : this.children.getOrDefault(node.id, List.of())) {
			if (child.point.equals(at)) {
				return child;
			}
		}
		return null;
	}

	/**
	 * A line, of which only what the tree needs is read: tables can have hundreds, and a
	 * look needs one.
	 */
	private record Node(int id, int parent, Path point, List<String> fields, List<String> filesystem) {

		Mount mount() {
			Set<String> options = new LinkedHashSet<>(List.of(this.fields.get(5).split(",")));
			if (this.filesystem.size() > 2) {
				// a comma within a value is escaped
				for (String option : this.filesystem.get(2).split(",")) {
					// the mount's own rw or ro counts; that of the filesystem only if it
					// is ro
					if (!option.equals("rw")) {
						options.add(unescape(option));
					}
				}
			}
			if (options.contains("ro")) {
				options.remove("rw");
			}
			String source = unescape(this.filesystem.get(1));
			return new Mount(this.point, type(source), source, this.fields.get(2), List.copyOf(options));
		}

		/**
		 * A program that does not name its filesystem to the kernel puts the name before
		 * the source, as {@code mfs#host:9421} ({@code fusermount}, which does the same
		 * for a kernel that knows no subtypes).
		 */
		private String type(String source) {
			String type = this.filesystem.get(0);
			// no pattern is kept: a command starts without one where nothing is of FUSE
			boolean named = type.equals("fuse") && source.matches("[a-z][a-z0-9-]*#.*");
			return named ? type + "." + source.substring(0, source.indexOf('#')) : type;
		}

	}

}
