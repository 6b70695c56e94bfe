package io.atomicwrite.test.crash;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Which of the disks of a simulation is meant: where the power was cut, and the number of
 * the disk among those that may be left then. The checksum of the calls before the cut
 * shows whether it is still the same disk.
 *
 * @param profile what the filesystem does with what was not synced
 * @param after how many calls there were before the cut
 * @param number the number of the disk, counted from 0
 * @param calls the checksum of these calls
 */
record CrashId(CrashProfile profile, int after, int number, String calls) {

	private static final Pattern FORM = Pattern.compile("([a-z0-9]+)-(\\d{1,9})-(\\d{1,9})-([0-9a-f]{8})");

	private static final String NEXT = "+";

	/** Joins the cuts of one history: the first one and, if there is one, the next. */
	static String text(List<CrashId> cuts) {
		return String.join(NEXT, cuts.stream().map(CrashId::toString).toList());
	}

	static List<CrashId> parse(String text) {
		List<CrashId> cuts = new ArrayList<>();
		for (String part : text.split(Pattern.quote(NEXT), -1)) {
			cuts.add(parseOne(part, text));
		}
		return cuts;
	}

	private static CrashId parseOne(String part, String text) {
		Matcher matcher = FORM.matcher(part);
		if (matcher.matches()) {
			for (CrashProfile profile : CrashProfile.values()) {
				if (profile.id().equals(matcher.group(1))) {
					return new CrashId(profile, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)),
							matcher.group(4));
				}
			}
		}
		throw new IllegalArgumentException(
				"'" + text + "' is no identifier of a crash: use the one that the failure printed");
	}

	/** The checksum of calls; what depends on the name of the directory is left out. */
	static String checksum(List<CrashStep> calls, CrashText text) {
		CRC32 sum = new CRC32();
		for (CrashStep call : calls) {
			sum.update((call.kind() + " " + text.names(call) + "\n").getBytes(StandardCharsets.UTF_8));
		}
		return String.format(Locale.ROOT, "%08x", sum.getValue());
	}

	@Override
	public String toString() {
		return this.profile.id() + "-" + this.after + "-" + this.number + "-" + this.calls;
	}

}
