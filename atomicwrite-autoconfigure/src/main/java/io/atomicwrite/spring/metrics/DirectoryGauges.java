package io.atomicwrite.spring.metrics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.spring.directory.Answer;
import io.atomicwrite.spring.directory.BackupPlace;
import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.spring.directory.DirectoryListener;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * The meters of what is known of one managed directory. A state that is not known counts
 * as the worst one: no comparison holds for NaN, so no alert would. A number that is not
 * known keeps its last value: a directory that is gone is not full too. Thread-safe.
 */
final class DirectoryGauges implements DirectoryListener {

	private static final String UNKNOWN = "unknown";

	private final ManagedDirectory directory;

	private final DirectoryLooks looks;

	private final WriteRequirements requirements;

	private final MeterRegistry registry;

	private final MultiGauge info;

	private final MultiGauge levels;

	private final Counter mountChanges;

	private final AtomicReference<@Nullable DiskSpace> space = new AtomicReference<>();

	private final AtomicReference<@Nullable DiskSpace> backupSpace = new AtomicReference<>();

	private volatile @Nullable DirectoryInspection last;

	private volatile DirectoryCensus.@Nullable Report lastCensus;

	DirectoryGauges(ManagedDirectory directory, DirectoryLooks looks, MeterRegistry registry) {
		this.directory = directory;
		this.looks = looks;
		this.requirements = looks.requirements().and(looks.directories().required(directory.name()));
		this.registry = registry;
		this.info = AtomicWriteMeterDocumentation.DIRECTORY_INFO.gauges().register(registry);
		this.levels = AtomicWriteMeterDocumentation.GUARANTEE_LEVEL.gauges().register(registry);
		this.mountChanges = AtomicWriteMeterDocumentation.DIRECTORY_MOUNT_CHANGES.counter()
			.tag(MeterNames.DIRECTORY, directory.name())
			.register(registry);
	}

	void register() {
		inform(UNKNOWN, UNKNOWN);
		state(AtomicWriteMeterDocumentation.DIRECTORY_USABLE, Tags.empty(), (found) -> found.usable() ? 1 : 0);
		require(required(null));
		registerSpace("directory", this.space);
		BackupPolicy backups = this.requirements.options().backup();
		if (backups.enabled() && backups.directory() != null) {
			registerSpace("backup", this.backupSpace);
		}
		registerCensus();
	}

	/** Without an answer yet, and without a limit, there is nothing to be afraid of. */
	private void registerSpace(String place, AtomicReference<@Nullable DiskSpace> space) {
		Tags tags = Tags.of(MeterTag.PLACE.asString(), place);
		register(AtomicWriteMeterDocumentation.DIRECTORY_FREE.gauge(() -> {
			DiskSpace known = known(space);
			return (known != null) ? known.usable() : Double.POSITIVE_INFINITY;
		}), tags);
		register(AtomicWriteMeterDocumentation.DIRECTORY_FREE_INODES.gauge(() -> {
			DiskSpace known = known(space);
			return (known != null && known.freeInodes().isPresent()) ? known.freeInodes().getAsLong()
					: Double.POSITIVE_INFINITY;
		}), tags);
	}

	private @Nullable DiskSpace known(AtomicReference<@Nullable DiskSpace> space) {
		this.looks.lastInspection(this.directory);
		return space.get();
	}

	private void registerCensus() {
		count(AtomicWriteMeterDocumentation.ORPHAN_SIZE, Tags.empty(), (report) -> report.orphans().bytes());
		count(AtomicWriteMeterDocumentation.STAGING_FILES, state("live"), DirectoryCensus.Report::live);
		count(AtomicWriteMeterDocumentation.STAGING_FILES, state("orphan"), (report) -> report.orphans().count());
		count(AtomicWriteMeterDocumentation.STAGING_FILES, state("future"), DirectoryCensus.Report::future);
		count(AtomicWriteMeterDocumentation.BACKUPS, Tags.empty(), DirectoryCensus.Report::backups);
		count(AtomicWriteMeterDocumentation.LOCK_LEFTOVER, Tags.empty(), DirectoryCensus.Report::leftoverLocks);
	}

	private static Tags state(String value) {
		return Tags.of(MeterTag.STATE.asString(), value);
	}

	private void state(AtomicWriteMeterDocumentation meter, Tags tags, ToDoubleFunction<DirectoryInspection> value) {
		register(meter.gauge(() -> known(value)), tags);
	}

	private double known(ToDoubleFunction<DirectoryInspection> value) {
		Answer<DirectoryInspection> answer = this.looks.lastInspection(this.directory);
		return answer.current().map((found) -> value.applyAsDouble(found)).orElse(0.0);
	}

	private void count(AtomicWriteMeterDocumentation meter, Tags tags, ToDoubleFunction<DirectoryCensus.Report> value) {
		register(meter.gauge(() -> {
			this.looks.lastCensus(this.directory).value().ifPresent((report) -> this.lastCensus = report);
			DirectoryCensus.Report known = this.lastCensus;
			return (known != null) ? value.applyAsDouble(known) : 0.0;
		}), tags);
	}

	private void register(Gauge.Builder<?> gauge, Tags tags) {
		gauge.tag(MeterNames.DIRECTORY, this.directory.name()).tags(tags).register(this.registry);
	}

	private static GuaranteeLevel level(DirectoryInspection found, Guarantee guarantee) {
		Assessment assessment = found.guarantees().get(guarantee);
		return (assessment != null) ? assessment.level() : GuaranteeLevel.UNSUPPORTED;
	}

	/** The level that is required is a label, so that it costs no series of its own. */
	private void require(Map<Guarantee, GuaranteeLevel> required) {
		this.levels.register(required.entrySet()
			.stream()
			.map((one) -> MultiGauge.Row.of(
					Tags.of(MeterNames.DIRECTORY, this.directory.name(), MeterTag.GUARANTEE.asString(),
							MeterNames.value(one.getKey()), MeterTag.REQUIRED.asString(), word(one.getValue())),
					() -> known((found) -> level(found, one.getKey()).ordinal())))
			.toList(), true);
	}

	private static String word(GuaranteeLevel required) {
		return (required == GuaranteeLevel.UNSUPPORTED) ? MeterNames.NONE : MeterNames.value(required);
	}

	/** The safety policy may let pass what a filesystem is by its nature. */
	private Map<Guarantee, GuaranteeLevel> required(@Nullable DirectoryInspection known) {
		Map<Guarantee, GuaranteeLevel> required = new EnumMap<>(Guarantee.class);
		for (Guarantee guarantee : Guarantee.values()) {
			GuaranteeLevel explicit = this.requirements.options()
				.required()
				.getOrDefault(guarantee, GuaranteeLevel.UNSUPPORTED);
			boolean refused = known != null && this.requirements.isRefusedByPolicy(guarantee,
					new Assessment(GuaranteeLevel.UNSUPPORTED, ""), known.filesystem());
			required.put(guarantee, (refused && !explicit.satisfies(GuaranteeLevel.BEST_EFFORT))
					? GuaranteeLevel.BEST_EFFORT : explicit);
		}
		return required;
	}

	@Override
	public void looked(ManagedDirectory looked, Answer<DirectoryInspection> answer) {
		DirectoryInspection found = answer.current().orElse(null);
		if (found == null || !looked.name().equals(this.directory.name())) {
			return;
		}
		DirectoryInspection before = this.last;
		this.last = found;
		this.space.set(found.space());
		found.backup().flatMap(BackupPlace::space).ifPresent(this.backupSpace::set);
		if (before == null || isMoved(before, found)) {
			require(required(found));
			// last: whoever sees the filesystem sees the levels that it requires
			inform(found.filesystem().type(), found.filesystem().mountPoint().toString());
		}
		if (before != null && isMoved(before, found)) {
			this.mountChanges.increment();
		}
	}

	/** Another filesystem of the same type is known by the displacement alone. */
	private static boolean isMoved(DirectoryInspection before, DirectoryInspection found) {
		return !before.filesystem().type().equals(found.filesystem().type())
				|| !before.filesystem().mountPoint().equals(found.filesystem().mountPoint())
				|| before.displaced().isPresent() != found.displaced().isPresent();
	}

	private void inform(String type, String mount) {
		Tags tags = Tags.of(MeterNames.DIRECTORY, this.directory.name(), MeterTag.TYPE.asString(), type,
				MeterTag.MOUNT.asString(), mount, MeterTag.SAFETY.asString(),
				MeterNames.value(this.requirements.options().safety()));
		this.info.register(List.of(MultiGauge.Row.of(tags, 1)), true);
	}

}
