package io.atomicwrite.artifact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Formats and parses the names of artifacts; no other class does. If a name would exceed
 * the limit of the filesystem, it keeps the start of the target's name, followed by
 * {@code ~} and a hash of the whole name. Lock files, sidecars, manifests and backups
 * have a dot in front if {@link CompanionNames#HIDDEN} is chosen. Stateless and
 * thread-safe.
 *
 * <table border="1">
 * <caption>Names beside the target {@code config.json}</caption>
 * <tr>
 * <th>staging file</th>
 * <td>{@code .config.json.<16 hex>.tmp}</td>
 * </tr>
 * <tr>
 * <th>lock file</th>
 * <td>{@code config.json.lock}</td>
 * </tr>
 * <tr>
 * <th>sidecar</th>
 * <td>{@code config.json.sha256}, {@code .sha384}, {@code .sha512}, …</td>
 * </tr>
 * <tr>
 * <th>manifest</th>
 * <td>{@code config.json.manifest.json}</td>
 * </tr>
 * <tr>
 * <th>backup</th>
 * <td>{@code config.json.backup}, {@code config.json.YYYYMMDD-HHMMSS.backup}</td>
 * </tr>
 * <tr>
 * <th>last valid content of a document</th>
 * <td>{@code .config.json.good}</td>
 * </tr>
 * <tr>
 * <th>copy of content that was no valid document</th>
 * <td>{@code config.json.YYYYMMDD-HHMMSS.rejected}</td>
 * </tr>
 * <tr>
 * <th>probe file (has no target)</th>
 * <td>{@code .atomicwrite-probe-<16 hex>}, alone or as a prefix</td>
 * </tr>
 * </table>
 */
public final class ArtifactNames {

	/**
	 * The maximum length of a name in bytes on nearly every filesystem
	 * ({@code NAME_MAX}). Use {@link NameLimit} for the limit of a particular directory.
	 */
	public static final int USUAL_LIMIT = 255;

	private static final String STAGING_SUFFIX = ".tmp";

	private static final String BACKUP_SUFFIX = ".backup";

	private static final String GOOD_SUFFIX = ".good";

	private static final String REJECTED_SUFFIX = ".rejected";

	private static final String PROBE_PREFIX = ".atomicwrite-probe-";

	private static final String LOCK_SUFFIX = ".lock";

	private static final String MANIFEST_SUFFIX = ".manifest.json";

	private static final int HASH_LENGTH = 17;

	private ArtifactNames() {
	}

	/**
	 * Returns the name of a staging file.
	 * @param target the last name of the target
	 * @param token distinguishes it from other staging files; all 64 bits are used
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String staging(String target, long token, int limit) {
		String suffix = "." + HexFormat.of().toHexDigits(token) + ".tmp";
		return "." + fit(target, limit - suffix.length() - 1) + suffix;
	}

	/**
	 * Returns the name of the lock file.
	 * @param target the last name of the target
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String lock(String target, int limit) {
		return fit(target, limit - LOCK_SUFFIX.length()) + LOCK_SUFFIX;
	}

	/**
	 * Returns the name of the lock file in a spelling.
	 * @param names the spelling
	 * @param target the last name of the target
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String lock(CompanionNames names, String target, int limit) {
		String prefix = names.prefix(target);
		return prefix + lock(target, limit - prefix.length());
	}

	/**
	 * Returns the name of a sidecar in a spelling.
	 * @param names the spelling
	 * @param target the last name of the target
	 * @param suffix the suffix of the algorithm, without a dot
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String sidecar(CompanionNames names, String target, String suffix, int limit) {
		String prefix = names.prefix(target);
		return prefix + sidecar(target, suffix, limit - prefix.length());
	}

	/**
	 * Returns the name of a backup in a spelling.
	 * @param names the spelling
	 * @param target the last name of the target
	 * @param generation the generation
	 * @param suffix the suffix, such as {@code .backup}
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String backup(CompanionNames names, String target, BackupGeneration generation, String suffix,
			int limit) {
		String prefix = names.prefix(target);
		return prefix + backup(target, generation, suffix, limit - prefix.length());
	}

	/**
	 * Returns the generation of a backup of a given target in a spelling.
	 * @param names the spelling
	 * @param name the name of the file
	 * @param target the last name of the target
	 * @param suffix the suffix of backups
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the generation, or {@code null} if the file is not such a backup of that
	 * target
	 */
	public static @Nullable BackupGeneration generation(CompanionNames names, String name, String target, String suffix,
			int limit) {
		String prefix = names.prefix(target);
		return name.startsWith(prefix)
				? generation(name.substring(prefix.length()), target, suffix, limit - prefix.length()) : null;
	}

	/**
	 * Returns the name of a sidecar.
	 * @param target the last name of the target
	 * @param suffix the suffix of the algorithm, without a dot
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String sidecar(String target, String suffix, int limit) {
		return fit(target, limit - suffix.length() - 1) + "." + suffix;
	}

	/**
	 * Returns the name of the manifest in a spelling.
	 * @param names the spelling
	 * @param target the last name of the target
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String manifest(CompanionNames names, String target, int limit) {
		String prefix = names.prefix(target);
		return prefix + fit(target, limit - prefix.length() - MANIFEST_SUFFIX.length()) + MANIFEST_SUFFIX;
	}

	/**
	 * Returns whether a name is that of a manifest, a sidecar of its own kind.
	 * @param name the last name of a path
	 * @return whether it may be that of a manifest
	 */
	public static boolean isManifest(String name) {
		return name.endsWith(MANIFEST_SUFFIX) && name.length() > MANIFEST_SUFFIX.length();
	}

	/**
	 * Returns the name of a backup.
	 * @param target the last name of the target
	 * @param generation the generation
	 * @param suffix the suffix, such as {@code .backup}
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String backup(String target, BackupGeneration generation, String suffix, int limit) {
		Instant made = generation.made();
		String ending = suffix;
		if (made != null) {
			String sequence = (generation.sequence() > 1) ? "-" + generation.sequence() : "";
			ending = "." + Stamp.FORMAT.format(made.atOffset(ZoneOffset.UTC)) + sequence + suffix;
		}
		return fit(target, limit - length(ending)) + ending;
	}

	/**
	 * Returns the generation of a backup of a given target.
	 * @param name the name of the file
	 * @param target the last name of the target
	 * @param suffix the suffix of backups
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the generation, or {@code null} if the file is not a backup of that target
	 */
	public static @Nullable BackupGeneration generation(String name, String target, String suffix, int limit) {
		if (name.equals(backup(target, BackupGeneration.PLAIN, suffix, limit))) {
			// checked first: the target's own name may look like that of a backup
			return BackupGeneration.PLAIN;
		}
		BackupGeneration generation = generation(name, suffix);
		return (generation != null && name.equals(backup(target, generation, suffix, limit))) ? generation : null;
	}

	/**
	 * Returns the name of the copy of the last valid content of a document.
	 * @param target the last name of the target
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String good(String target, int limit) {
		return "." + fit(target, limit - GOOD_SUFFIX.length() - 1) + GOOD_SUFFIX;
	}

	/**
	 * Returns the name of a copy of content that was no valid document.
	 * @param target the last name of the target
	 * @param made when the copy is made, and which one of that second it is
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return the name
	 */
	public static String rejected(String target, BackupGeneration made, int limit) {
		return backup(target, made, REJECTED_SUFFIX, limit);
	}

	/**
	 * Returns when a copy of content that was no valid document was made.
	 * @param name the name of the file
	 * @param target the last name of the target
	 * @param limit the maximum length of a name in the directory, in bytes
	 * @return when, or {@code null} if the file is no such copy of that target
	 */
	public static @Nullable BackupGeneration rejected(String name, String target, int limit) {
		BackupGeneration made = generation(name, target, REJECTED_SUFFIX, limit);
		return (made != null && made.made() != null) ? made : null;
	}

	/**
	 * Returns the name under which a staging file is set aside as evidence.
	 * @param staging the name of the staging file
	 * @return the name
	 */
	public static String aside(String staging) {
		return staging.substring(0, staging.length() - STAGING_SUFFIX.length()) + ".aside";
	}

	/**
	 * Returns the prefix of the names of probe files.
	 * @param token distinguishes it from other probes; all 64 bits are used
	 * @return the name
	 */
	public static String probe(long token) {
		return PROBE_PREFIX + HexFormat.of().toHexDigits(token);
	}

	/**
	 * Parses the name of an artifact.
	 * @param name the last name of a path
	 * @return the kind and the target's name, or {@code null} if it is not the name of an
	 * artifact
	 */
	public static @Nullable Artifact parse(String name) {
		return parse(name, BACKUP_SUFFIX);
	}

	/**
	 * Parses the name of an artifact, with a custom suffix for backups.
	 * @param name the last name of a path
	 * @param backupSuffix the suffix of backups
	 * @return the kind and the target's name, or {@code null} if it is not the name of an
	 * artifact
	 */
	public static @Nullable Artifact parse(String name, String backupSuffix) {
		Matcher staging = Patterns.STAGING.matcher(name);
		if (staging.matches()) {
			return new Artifact(ArtifactKind.STAGING, staging.group(1));
		}
		Matcher probe = Patterns.PROBE.matcher(name);
		if (probe.matches()) {
			return new Artifact(ArtifactKind.PROBE, probe.group(1));
		}
		if (name.endsWith(LOCK_SUFFIX) && name.length() > LOCK_SUFFIX.length()) {
			return new Artifact(ArtifactKind.LOCK, name.substring(0, name.length() - LOCK_SUFFIX.length()));
		}
		if (isManifest(name)) {
			return new Artifact(ArtifactKind.SIDECAR, name.substring(0, name.length() - MANIFEST_SUFFIX.length()));
		}
		Matcher sidecar = Patterns.SIDECAR.matcher(name);
		if (sidecar.matches()) {
			return new Artifact(ArtifactKind.SIDECAR, sidecar.group(1));
		}
		if (!name.endsWith(backupSuffix)) {
			return null;
		}
		Matcher backup = Patterns.BACKUP.matcher(name.substring(0, name.length() - backupSuffix.length()));
		return backup.matches() ? new Artifact(ArtifactKind.BACKUP, backup.group(1)) : null;
	}

	/**
	 * Returns the generation of a backup of any target.
	 * @param name the name of the backup
	 * @param suffix the suffix of backups
	 * @return the generation, or {@code null} if this class never formats such a name
	 */
	public static @Nullable BackupGeneration generation(String name, String suffix) {
		if (!name.endsWith(suffix) || name.length() == suffix.length()) {
			return null;
		}
		String stem = name.substring(0, name.length() - suffix.length());
		Matcher stamped = Patterns.STAMPED.matcher(stem);
		if (!stamped.matches()) {
			// a stamp with a sequence number that this class never writes
			return Patterns.NUMBERED.matcher(stem).matches() ? null : BackupGeneration.PLAIN;
		}
		String sequence = stamped.group(2);
		try {
			Instant made = LocalDateTime.parse(stamped.group(1), Stamp.FORMAT).toInstant(ZoneOffset.UTC);
			return new BackupGeneration(made, (sequence != null) ? Integer.parseInt(sequence) : 1);
		}
		catch (DateTimeParseException ex) {
			// not a valid date or time
			return null;
		}
	}

	/**
	 * Returns the length of a name in bytes.
	 * @param name the name
	 * @return its length in UTF-8
	 */
	public static int length(String name) {
		return name.getBytes(StandardCharsets.UTF_8).length;
	}

	private static String fit(String target, int limit) {
		// a char takes at most three bytes in UTF-8
		if (target.length() * 3 <= limit || length(target) <= limit) {
			return target;
		}
		int end = 0;
		for (int used = 0; end < target.length();) {
			int next = target.offsetByCodePoints(end, 1);
			used += length(target.substring(end, next));
			if (used > limit - HASH_LENGTH) {
				break;
			}
			end = next;
		}
		return target.substring(0, end) + "~" + hash(target);
	}

	private static String hash(String target) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(target.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			// every Java platform has it, see the documentation of MessageDigest
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A holder class, so that the patterns are compiled only when a name is parsed.
	 */
	private static final class Patterns {

		static final Pattern STAGING = Pattern.compile("\\.(.+)\\.[0-9a-f]{16}\\.tmp", Pattern.DOTALL);

		static final Pattern PROBE = Pattern.compile("(\\.atomicwrite-probe-[0-9a-f]{16})(?:\\..*)?", Pattern.DOTALL);

		static final Pattern SIDECAR = Pattern
			.compile("(.+)\\.(?:sha(?:224|256|384|512|512-224|512-256|3-224|3-256|3-384|3-512))", Pattern.DOTALL);

		/** The name of a backup without its suffix. */
		static final Pattern BACKUP = Pattern.compile("(.+?)(?:\\.\\d{8}-\\d{6}(?:-\\d+)?)?", Pattern.DOTALL);

		/**
		 * The first backup in a second has no number; the following ones are 2, 3 and so
		 * on.
		 */
		static final Pattern STAMPED = Pattern.compile(".+?\\.(\\d{8}-\\d{6})(?:-([2-9]|[1-9]\\d{1,6}))?",
				Pattern.DOTALL);

		static final Pattern NUMBERED = Pattern.compile(".+?\\.\\d{8}-\\d{6}(?:-\\d+)?", Pattern.DOTALL);

	}

	/**
	 * A holder class, so that the formatter is loaded only for generations with a time
	 * stamp.
	 */
	private static final class Stamp {

		static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT)
			.withResolverStyle(ResolverStyle.STRICT);

	}

	/**
	 * A parsed name. A lock file, sidecar or backup whose name starts with a dot belongs
	 * to a hidden target, or its name is hidden: the name alone can't say which.
	 *
	 * @param kind the kind of artifact
	 * @param stem the name of its target, shortened if that was too long, as if the name
	 * of the artifact were a {@link CompanionNames#VISIBLE visible} one
	 */
	public record Artifact(ArtifactKind kind, String stem) {

		/**
		 * Returns whether the target's name was shortened.
		 * @return whether {@link #stem()} ends with a hash
		 */
		public boolean shortened() {
			return this.stem.matches("(?s).*~[0-9a-f]{16}");
		}

		/**
		 * Returns the names that its target may have.
		 * @return the {@link #stem()}, and the one of which the artifact is a hidden
		 * companion
		 */
		public List<String> stems() {
			String hidden = (this.kind == ArtifactKind.STAGING || this.kind == ArtifactKind.PROBE) ? ""
					: CompanionNames.VISIBLE.namesake(this.stem);
			return hidden.isEmpty() ? List.of(this.stem) : List.of(this.stem, hidden);
		}

	}

}
