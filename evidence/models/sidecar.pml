/*
 * A target and its sidecar, which are two files, through crashes.
 * Followed by: io.atomicwrite.checksum.SidecarTransition and Companions (writer),
 * ChecksumVerifier (reader), CarriedSidecars (what the old content is).
 *
 * A version stands for its content and its digest alike. A write puts a sidecar that names
 * the new digest and that of the bytes which are at the target now, syncs the directory,
 * renames the new file over the target, and syncs the directory again. Up to two crashes
 * may happen, at any moment; the writer then starts anew with what it finds.
 *
 * Assumptions.
 *  - Each of the two files is whole: it is synced before its rename (write.pml).
 *  - A rename that is not synced reaches the disk at any time, or never, and the two names
 *    do so independently of each other.
 *  - One writer at a time, by the lease (lock.pml).
 *  - A reader opens the target before it reads the sidecar. If the two do not match it
 *    tries again, and in the end under the lease.
 *
 * Shown: after each crash, and for a reader at any time, the content is attested; what was
 * acknowledged is there.
 *
 * Naive: SIDECAR_AFTER, NEW_ONLY (the sidecar names the new digest alone), OLD_FROM_SIDECAR
 * (its first entry is taken for that of the old content), NO_SYNC_BETWEEN, NO_SECOND_TRY.
 */
#define VERSIONS 5 /* 0 to 4 */
#define CRASHES 2
#define TRIES 2

byte target = 0, target_on_disk = 0;
byte now = 0, now_on_disk = 0;       /* the first entry of the sidecar */
byte previous = 0, previous_on_disk = 0;
byte acknowledged = 0;
byte crashes = 0;
bool lease = false;
bool crash = false; /* is under way */

#define ATTESTED(content) (content == now || content == previous)

inline sync_directory()
{
	atomic { target_on_disk = target; now_on_disk = now; previous_on_disk = previous }
}

inline replace_sidecar()
{
	atomic {
		now = next;
#ifdef NEW_ONLY
		previous = next
#else
		previous = old
#endif
	}
}

active proctype writer()
{
	byte next = 0, old;
start:
	{ {
		do
		:: next < VERSIONS - 1 ->
			next++;
			atomic { !lease -> lease = true };
#ifdef OLD_FROM_SIDECAR
			old = now;
#else
			old = target;
#endif
#ifdef SIDECAR_AFTER
			target = next;
			sync_directory();
			replace_sidecar();
			sync_directory();
#else
			replace_sidecar();
#ifndef NO_SYNC_BETWEEN
			sync_directory();
#endif
			target = next;
			sync_directory();
#endif
			acknowledged = next;
			lease = false
		:: else -> false /* but for a crash */
		od
	} unless { crash } };
	atomic {
		target = target_on_disk;
		now = now_on_disk;
		previous = previous_on_disk;
		lease = false;
		crash = false;
		assert(ATTESTED(target));
		assert(target >= acknowledged)
	};
	goto start
}

active proctype disk()
{
end:
	do
	:: target_on_disk = target
	:: atomic { now_on_disk = now; previous_on_disk = previous }
	od
}

active proctype power()
{
end:
	do
	:: atomic { crashes < CRASHES && !crash -> crashes++; crash = true }
	od
}

/* A crash ends it like everyone else, and the next one starts. */
active proctype reader()
{
	byte content, tries;
again:
	{ {
		tries = 0;
		do
		:: tries < TRIES ->
			content = target;
			if
			:: ATTESTED(content) -> goto again
			:: else
			fi;
#ifdef NO_SECOND_TRY
			assert(crash);
#endif
			tries++
		:: else -> break
		od;
		atomic { !lease && !crash -> lease = true };
		content = target;
		assert(ATTESTED(content));
		lease = false;
		goto again
	} unless { crash } };
	!crash;
	goto again
}
