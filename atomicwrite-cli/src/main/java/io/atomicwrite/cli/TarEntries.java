package io.atomicwrite.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The regular files of a tar archive, in the formats that POSIX has ({@code ustar} and
 * {@code pax}) and in that of GNU with its long names. Whatever else an archive may have
 * is refused: a link, a device, a sparse file, a path that is absolute or has {@code ..}.
 * Directories are passed over. For one thread.
 *
 * @see <a href=
 * "https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">pax(1)</a>
 */
final class TarEntries {

	private static final int BLOCK = 512;

	/** A name, or a block of attributes, that is longer is none. */
	private static final int LONGEST = 64 * 1024;

	/** Attributes of a file that say nothing of its name or content. */
	private static final Set<String> OF_NO_USE = Set.of("atime", "ctime", "mtime", "uid", "gid", "uname", "gname",
			"comment", "LIBARCHIVE.creationtime");

	private final InputStream in;

	private final byte[] block = new byte[BLOCK];

	/** What is left of the current file. */
	private long left;

	private int padding;

	private String last = "";

	TarEntries(InputStream in) {
		this.in = in;
	}

	/** Goes to the next file; empty at the end of the archive. */
	Optional<Entry> next() throws IOException {
		skip(this.left + this.padding);
		Map<String, String> attributes = new LinkedHashMap<>();
		while (true) {
			if (readBlock()) {
				return Optional.empty();
			}
			char type = (this.block[156] == 0) ? '0' : (char) (this.block[156] & 0xFF);
			long size = octal(124, 12);
			switch (type) {
				case 'x' -> attributes(bytes(size), attributes);
				case 'g' -> requireNothing(bytes(size));
				case 'L' -> attributes.put("path", text(cut(bytes(size))));
				case '5' -> {
					checked(name(attributes));
					attributes.clear();
				}
				case '0' -> {
					String name = checked(name(attributes));
					if (name.isEmpty() || name.equals(".") || name(attributes).endsWith("/")) {
						throw wrong("has a file without a name" + after());
					}
					begin(name, attributes.containsKey("size") ? number(attributes.get("size")) : size);
					return Optional.of(new Entry(name, this.left));
				}
				default -> throw wrong(
						"has " + name(attributes) + ", which is " + kind(type) + "; only regular files can be written");
			}
		}
	}

	private void requireNothing(byte[] global) {
		Map<String, String> ofAll = new LinkedHashMap<>();
		attributes(global, ofAll);
		if (!ofAll.isEmpty()) {
			throw wrong("gives all files one name or size");
		}
	}

	private void begin(String name, long size) {
		this.last = name;
		this.left = size;
		this.padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
	}

	/** The content of the current file, which ends where the file does. */
	InputStream content() {
		return new Content();
	}

	private static String kind(char type) {
		return switch (type) {
			case '1' -> "a hard link";
			case '2' -> "a symbolic link";
			case '3', '4', '6' -> "a device or a pipe";
			case 'S' -> "a sparse file";
			default -> "of the unknown type '" + type + "'";
		};
	}

	/** Returns whether it is the end of the archive, which is a block of zeros. */
	private boolean readBlock() throws IOException {
		if (this.in.readNBytes(this.block, 0, BLOCK) < BLOCK) {
			throw truncated();
		}
		int sum = 0;
		boolean zeros = true;
		for (int i = 0; i < BLOCK; i++) {
			boolean ofSum = i >= 148 && i < 156;
			sum += ofSum ? ' ' : this.block[i] & 0xFF;
			zeros &= this.block[i] == 0;
		}
		if (!zeros && (!magic().equals("ustar") || octal(148, 8) != sum)) {
			throw wrong("is no tar archive, or is damaged" + after());
		}
		return zeros;
	}

	private String magic() {
		return new String(this.block, 257, 5, StandardCharsets.US_ASCII);
	}

	private boolean isGnu() {
		return this.block[262] == ' ';
	}

	private long octal(int offset, int length) {
		String digits = new String(this.block, offset, length, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
		if (!digits.isEmpty() && !digits.matches("[0-7]+")) {
			throw wrong("has a number that is none" + after() + "; write it with tar --format=pax");
		}
		return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
	}

	private byte[] bytes(long size) throws IOException {
		if (size > LONGEST) {
			throw wrong("has a name or attributes of " + size + " bytes" + after());
		}
		byte[] bytes = this.in.readNBytes((int) size);
		if (bytes.length < size) {
			throw truncated();
		}
		skip((BLOCK - size % BLOCK) % BLOCK);
		return bytes;
	}

	private void skip(long count) throws IOException {
		try {
			this.in.skipNBytes(count);
			this.left = 0;
			this.padding = 0;
		}
		catch (EOFException ex) {
			throw truncated();
		}
	}

	/** Lines of length, key and value ({@code "%d %s=%s\n"}). */
	private void attributes(byte[] bytes, Map<String, String> into) {
		int at = 0;
		while (at < bytes.length) {
			int space = at;
			while (space < bytes.length && bytes[space] != ' ') {
				space++;
			}
			String digits = new String(bytes, at, space - at, StandardCharsets.ISO_8859_1);
			int end = digits.matches("[1-9][0-9]{0,6}") ? at + Integer.parseInt(digits) : -1;
			if (end <= space || end > bytes.length || bytes[end - 1] != '\n') {
				throw wrong("has attributes that are none" + after());
			}
			String record = text(Arrays.copyOfRange(bytes, space + 1, end - 1));
			int equals = record.indexOf('=');
			String key = (equals > 0) ? record.substring(0, equals) : record;
			if (key.equals("path") || key.equals("size")) {
				into.put(key, record.substring(equals + 1));
			}
			else if (!OF_NO_USE.contains(key) && !key.startsWith("SCHILY.xattr.")
					&& !key.startsWith("LIBARCHIVE.xattr.")) {
				throw wrong("has the attribute " + key + ", which is not known" + after());
			}
			at = end;
		}
	}

	private long number(@Nullable String digits) {
		if (digits == null || !digits.matches("[0-9]{1,18}")) {
			throw wrong("has a size that is none" + after());
		}
		return Long.parseLong(digits);
	}

	private String name(Map<String, String> attributes) {
		String given = attributes.get("path");
		if (given != null) {
			return given;
		}
		String name = text(cut(Arrays.copyOfRange(this.block, 0, 100)));
		String prefix = isGnu() ? "" : text(cut(Arrays.copyOfRange(this.block, 345, 500)));
		return prefix.isEmpty() ? name : prefix + "/" + name;
	}

	private static byte[] cut(byte[] padded) {
		int end = 0;
		while (end < padded.length && padded[end] != 0) {
			end++;
		}
		return Arrays.copyOf(padded, end);
	}

	private String text(byte[] utf8) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
		}
		catch (CharacterCodingException ex) {
			throw wrong("has a name that is not UTF-8" + after());
		}
	}

	private String checked(String name) {
		String relative = name;
		while (relative.startsWith("./")) {
			relative = relative.substring(2);
		}
		String path = relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
		for (String part : path.split("/", -1)) {
			boolean directory = path.isEmpty() || path.equals(".");
			if (!directory && (part.isEmpty() || part.equals(".") || part.equals(".."))) {
				throw wrong("has the path " + name + ", which is absolute or has . or .. in it");
			}
		}
		if (path.chars().anyMatch((character) -> character == 0)) {
			throw wrong("has a path with a zero byte" + after());
		}
		return path;
	}

	private Failure truncated() {
		return wrong("ends in the middle" + after());
	}

	private String after() {
		return this.last.isEmpty() ? "" : ", after the beginning of " + this.last;
	}

	private static Failure wrong(String what) {
		return Failure.of("", "the archive " + what, null);
	}

	/**
	 * A file.
	 *
	 * @param path its path, relative, with slashes
	 * @param size its size in bytes
	 */
	record Entry(String path, long size) {
	}

	private final class Content extends InputStream {

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (length == 0) {
				return 0;
			}
			if (TarEntries.this.left == 0) {
				return -1;
			}
			int read = TarEntries.this.in.read(bytes, offset, (int) Math.min(length, TarEntries.this.left));
			if (read < 0) {
				throw truncated();
			}
			TarEntries.this.left -= read;
			return read;
		}

	}

}
