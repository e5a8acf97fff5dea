package dev.lanewise.lstm;

import dev.lanewise.kernels.WeightFormat;
import java.util.Arrays;
import java.util.HexFormat;

/** The messages of states as bytes, and of states that are taken apart and put together. */
final class StateBytesErrors {
  private static final String READ = "Predictor.readState: ";
  private static final String WRITE = "StreamState.toBytes: ";
  private static final String JOIN = "StreamState.join: ";
  private static final String LOST =
      ". Keep all that StreamState.toBytes gave; what is lost begins anew, as a new stream does";
  private static final int SHOWN = 4;

  private StateBytesErrors() {}

  // To bytes

  static IllegalStateException noOwner() {
    return new IllegalStateException(
        WRITE
            + "this state was made of tensors, so which model it belongs to is not known. What a"
            + " model gives is known: stream.restore(state), then stream.save().toBytes()");
  }

  static IllegalStateException tooLarge(long size) {
    return new IllegalStateException(
        WRITE + size + " bytes, more than an array holds. split() gives a state for each sequence");
  }

  static ArithmeticException notFiniteToWrite(StateOwner.Kept kept, int at, float number) {
    return new ArithmeticException(
        WRITE
            + notFinite(kept, at, number)
            + ". It would spoil all later steps. Was a number of the input none? Go on from a state"
            + " before it, stream.restore(state), or begin anew, stream.reset()");
  }

  private static String notFinite(StateOwner.Kept kept, int at, float number) {
    return kept.name()
        + " is "
        + number
        + " at ["
        + at / kept.width()
        + ", "
        + at % kept.width()
        + "]";
  }

  // From bytes

  static StreamStateException magic(byte[] bytes) {
    byte[] first = Arrays.copyOf(bytes, SHOWN);
    return new StreamStateException(
        READ
            + "expected the bytes of a state, which begin with 4c 57 53 54, got "
            + HexFormat.ofDelimiter(" ").formatHex(first)
            + ". StreamState.toBytes makes them");
  }

  static StreamStateException version(int version, int known) {
    return new StreamStateException(
        READ
            + "expected a state of version "
            + known
            + ", got version "
            + version
            + ": another release of the library wrote it, or it was changed. Read it with the"
            + " release that wrote it");
  }

  static StreamStateException cutOff(int length, long size) {
    return new StreamStateException(
        READ + "expected " + size + " bytes, got " + length + ": the end is missing" + LOST);
  }

  static StreamStateException trailing(int length, long size) {
    return new StreamStateException(
        READ
            + "expected "
            + size
            + " bytes, got "
            + length
            + ": something follows the state"
            + LOST);
  }

  static StreamStateException changed(int kept, int sum) {
    HexFormat hex = HexFormat.of();
    return new StreamStateException(
        READ
            + "expected the checksum "
            + hex.toHexDigits(kept)
            + ", got "
            + hex.toHexDigits(sum)
            + ": bytes were changed"
            + LOST);
  }

  static StreamStateException weights(int code) {
    return new StreamStateException(
        READ
            + "expected weights 0, 1 or 2, got "
            + code
            + ": no release of the library wrote it"
            + LOST);
  }

  static StreamStateException otherModel(Fingerprint of, Fingerprint own) {
    boolean same = of.layers() == own.layers();
    return new StreamStateException(
        READ
            + "expected a state of this model, "
            + own
            + ", got one of the model "
            + of
            + (same ? ", which has the same layers and other weights" : ", which has other layers")
            + ". Read it with a predictor whose fingerprint() is that; a sequence of this model"
            + " begins anew, as a new stream does");
  }

  static StreamStateException otherWeights(Fingerprint of, WeightFormat weights, WeightFormat own) {
    return new StreamStateException(
        READ
            + "expected a state of the model "
            + of
            + " with weights "
            + own
            + ", got one with weights "
            + weights
            + ", of which other bits come. Read it with a predictor of weights("
            + weights
            + ") in its options; a stream of "
            + own
            + " can then restore(it)");
  }

  static StreamStateException otherLayers(int ofH, int[] widths, StateOwner owner) {
    return new StreamStateException(
        READ
            + "expected h of "
            + owner.h().size()
            + " layers and units "
            + Arrays.toString(owner.widths())
            + ", got h of "
            + ofH
            + " and units "
            + Arrays.toString(widths)
            + ", under this model's fingerprint: no release of the library wrote it"
            + LOST);
  }

  static StreamStateException notFiniteToRead(StateOwner.Kept kept, int at, float number) {
    return new StreamStateException(
        READ
            + "expected finite numbers, but "
            + notFinite(kept, at, number)
            + ": StreamState.toBytes writes no such state"
            + LOST);
  }

  // Joined

  static IllegalArgumentException noParts() {
    return new IllegalArgumentException(JOIN + "no parts, expected one state or more");
  }

  static IllegalArgumentException otherPart(
      int known, StateOwner first, int index, StateOwner other) {
    return new IllegalArgumentException(
        JOIN
            + "part "
            + known
            + " is of the model "
            + first.fingerprint()
            + " with weights "
            + first.weights()
            + ", part "
            + index
            + " of "
            + other.fingerprint()
            + " with weights "
            + other.weights()
            + "; states of one model can be joined");
  }

  static IllegalArgumentException partCounts(int index, StreamState first, StreamState other) {
    return new IllegalArgumentException(
        JOIN
            + "part 0 holds h of "
            + first.h().size()
            + " layers and c of "
            + first.c().size()
            + ", part "
            + index
            + " h of "
            + other.h().size()
            + " and c of "
            + other.c().size()
            + "; states of one model can be joined");
  }
}
