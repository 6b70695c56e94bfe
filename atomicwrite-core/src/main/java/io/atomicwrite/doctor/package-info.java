/**
 * Diagnosis of a directory. {@link io.atomicwrite.doctor.Doctor} inspects a directory and
 * can probe every step of a write in it; {@link io.atomicwrite.doctor.OverlapCheck} tests
 * locks between processes, mounts or hosts. <b>To add a check</b>, add a
 * {@link io.atomicwrite.doctor.Finding.Code}, implement the check in {@code Looks} if it
 * changes nothing or in {@code FileProbes} if it creates files, and describe it in {@code
 * docs/how-to/check-a-directory.md}.
 */
@NullMarked
package io.atomicwrite.doctor;

import io.atomicwrite.doctor.Finding.Code;

import org.jspecify.annotations.NullMarked;
