package io.atomicwrite.test.crash;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.atomicwrite.core.AtomicFileTemplateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Runs code on a filesystem in memory, cuts the power after each of its calls, and runs
 * the start-up code on every disk that the cut may have left.
 *
 * <pre class="code">
 * CrashSimulation.of((machine) -&gt; {
 *     new SettingsStore(machine.files(), machine.directory()).save("dark");
 *     machine.acknowledge("dark");
 * }).reboot((machine) -&gt; {
 *     String found = new SettingsStore(machine.files(), machine.directory()).load();
 *     assertEquals(machine.isAcknowledged("dark") ? "dark" : found, found);
 * }).check();
 * </pre>
 *
 * <p>
 * The disks are enumerated, not drawn by lot, after the method of "All File Systems Are
 * Not Created Equal" (Pillai and others, OSDI 2014): after each call, each choice of what
 * had reached the disk by itself that a {@link CrashProfile} allows. So a verdict of
 * {@link CrashVerdict#SURVIVED} is about all of them.
 *
 * <p>
 * What it can't see: calls on other directories, on databases and over the network, and
 * reads of a path that was made from the text of another one. A call of
 * {@link java.nio.file.Files} on a path of the machine is refused and noted; a file that
 * is created by a path that was made from text is noticed after the run. The verdict is
 * {@link CrashVerdict#NOT_MEASURED} then.
 *
 * <p>
 * Both pieces of code run several times, and each time must do the same: start threads,
 * clocks and random numbers inside them with care. Instances are mutable and for one
 * thread.
 */
public final class CrashSimulation {

	private static final long LIMIT = 200_000;

	private final CrashCode running;

	private CrashCode given = (machine) -> {
	};

	private @Nullable CrashCode reboot;

	private Consumer<AtomicFileTemplateBuilder> template = (builder) -> {
	};

	private Set<CrashProfile> profiles = EnumSet.of(CrashProfile.ORDERED, CrashProfile.ADVERSARIAL);

	private boolean again;

	private long limit = LIMIT;

	private @Nullable List<CrashId> replay;

	private CrashSimulation(CrashCode running) {
		this.running = running;
	}

	/**
	 * Starts a simulation.
	 * @param running the code during which the power is cut
	 * @return the simulation, which still needs its {@link #reboot}
	 */
	public static CrashSimulation of(CrashCode running) {
		return new CrashSimulation(running);
	}

	/**
	 * Sets what was done before, and is all on the disk when the code begins.
	 * @param code the code, none unless set
	 * @return this simulation
	 */
	public CrashSimulation given(CrashCode code) {
		this.given = code;
		return this;
	}

	/**
	 * Sets what runs when the power is back: the start-up code of the application and the
	 * assertions about what it finds. It must pass on each disk, those of a cut before
	 * the first call and after the last one included.
	 * @param code the code; whatever it throws is a loss
	 * @return this simulation
	 */
	public CrashSimulation reboot(CrashCode code) {
		this.reboot = code;
		return this;
	}

	/**
	 * Sets what the filesystem does with what was not synced.
	 * @param first a profile
	 * @param more further profiles; {@link CrashProfile#ORDERED} and
	 * {@link CrashProfile#ADVERSARIAL} unless set
	 * @return this simulation
	 */
	public CrashSimulation profiles(CrashProfile first, CrashProfile... more) {
		this.profiles = EnumSet.of(first, more);
		return this;
	}

	/**
	 * Cuts the power also during the start-up code, once more: it then runs on the disks
	 * which that has left, too. For start-up code that repairs or writes.
	 * @return this simulation
	 */
	public CrashSimulation crashAgain() {
		this.again = true;
		return this;
	}

	/**
	 * Sets the options of the template of each machine.
	 * @param customizer gets the builder of each template; must leave its file
	 * operations, locks, tokens and clock alone
	 * @return this simulation
	 */
	public CrashSimulation template(Consumer<AtomicFileTemplateBuilder> customizer) {
		this.template = customizer;
		return this;
	}

	/**
	 * Sets how many disks are enumerated at most, equal ones counted each time. If there
	 * are more, the verdict is {@link CrashVerdict#NOT_MEASURED}, unless a loss was found
	 * among them. Their number grows with each call that is not followed by a sync.
	 * @param disks the limit, 200 000 unless set
	 * @return this simulation
	 */
	public CrashSimulation limit(long disks) {
		if (disks < 1) {
			throw new IllegalArgumentException("The limit of disks must be at least 1, not " + disks + ".");
		}
		this.limit = disks;
		return this;
	}

	/**
	 * Runs the start-up code on a single disk, that of an earlier failure.
	 * @param id the identifier that the failure printed
	 * @return this simulation
	 * @throws IllegalArgumentException if that is no identifier
	 */
	public CrashSimulation replay(String id) {
		this.replay = CrashId.parse(id);
		return this;
	}

	/**
	 * Runs the simulation and requires that everything survives.
	 * @return the report
	 * @throws AssertionError with the text of the report if the verdict is any other than
	 * {@link CrashVerdict#SURVIVED}
	 */
	public CrashReport check() {
		CrashReport report = run();
		if (report.verdict() != CrashVerdict.SURVIVED) {
			throw new AssertionError(report.toString(), report.failure().orElse(null));
		}
		return report;
	}

	/**
	 * Runs the simulation.
	 * @return the report, whatever its verdict
	 * @throws IllegalStateException if there is no {@link #reboot}
	 */
	public CrashReport run() {
		if (this.reboot == null) {
			throw new IllegalStateException("nothing runs after the power cut: set it by reboot(...)");
		}
		try (RealDirectory real = new RealDirectory()) {
			return new CrashSearch(this, this.reboot, real).run();
		}
	}

	CrashCode running() {
		return this.running;
	}

	CrashCode given() {
		return this.given;
	}

	Set<CrashProfile> profiles() {
		return this.profiles;
	}

	boolean again() {
		return this.again;
	}

	long limit() {
		return this.limit;
	}

	@Nullable List<CrashId> replay() {
		return this.replay;
	}

	void customize(AtomicFileTemplateBuilder builder) {
		this.template.accept(builder);
	}

}
