package dev.lanewise.kernels;

import java.lang.foreign.MemorySegment;

/** Every message of this module, in one place. */
final class KernelErrors {

  private KernelErrors() {}

  static String vectorModuleMissing() {
    return "-D"
        + Kernels.IMPLEMENTATION_PROPERTY
        + "=vector, but the module jdk.incubator.vector is not there: add --add-modules"
        + " jdk.incubator.vector to the java command";
  }

  static String nativeAccessDenied() {
    return "-D"
        + Kernels.IMPLEMENTATION_PROPERTY
        + "=vector, but native access is denied to "
        + module()
        + ", and the vector kernels address memory without a check: add --enable-native-access="
        + module()
        + " to the java command";
  }

  /** What --enable-native-access calls this module. */
  static String module() {
    Module module = KernelErrors.class.getModule();
    return module.isNamed() ? module.getName() : "ALL-UNNAMED";
  }

  static String unknownBits(String bits) {
    return "-D" + Kernels.BITS_PROPERTY + "=" + bits + ": expected 128, 256 or 512";
  }

  static String sharedArenasAreNotHeld() {
    return "The linker of this JVM does not hold shared arenas while it asks for the room of a result, so a kernel on one"
        + " could outlive it. Use Arena.ofAuto() or Arena.ofConfined(), or -D"
        + Kernels.IMPLEMENTATION_PROPERTY
        + "=scalar";
  }

  static String unknownImplementation(String wanted) {
    return "-D" + Kernels.IMPLEMENTATION_PROPERTY + "=" + wanted + ": expected vector or scalar";
  }

  static String negative(String operation, String name, long value) {
    return operation + ": " + name + "=" + value + ", expected 0 or more";
  }

  static String notNative(String operation, String name) {
    return operation
        + ": "
        + name
        + " is a heap segment; the kernels take off-heap memory. Copy it: arena.allocateFrom(JAVA_FLOAT, array)";
  }

  static String closed(String operation, String name) {
    return operation + ": the arena of " + name + " is closed";
  }

  static String wrongThread(String operation, String name) {
    return operation
        + ": "
        + name
        + " belongs to a confined arena of another thread than "
        + Thread.currentThread().getName()
        + "; use Arena.ofShared() or Arena.ofAuto() for memory that several threads use";
  }

  static String readOnly(String operation, String name) {
    return operation + ": " + name + " is written, but its segment is read-only";
  }

  static String outOfBounds(
      String operation, String name, MemorySegment segment, long offset, long extent) {
    return operation
        + ": "
        + name
        + " takes "
        + extent
        + (extent == Long.MAX_VALUE ? " or more" : "")
        + " elements from offset "
        + offset
        + ", but its segment holds "
        + segment.byteSize() / Float.BYTES;
  }

  static String leadingDimension(
      String operation, String name, long ld, String width, long columns, String layout) {
    return operation + ": " + name + "=" + ld + " < " + width + "=" + columns + " (" + layout + ")";
  }

  static String overlap(String operation, String first, String second, String reason) {
    return operation + ": " + first + " and " + second + " overlap; " + reason;
  }

  static String packedShape(String operation, String name, PackedMatrix packed, String expected) {
    return operation + ": " + name + " is packed " + packed + ", expected " + expected;
  }

  static String notFinite(String operation, int row, int column, float weight) {
    return operation
        + ": element ("
        + row
        + ", "
        + column
        + ") of B is "
        + weight
        + "; INT8 takes finite weights, FLOAT32 and BFLOAT16 any";
  }

  static String gates(int gates) {
    return "PackedMatrix.ofGates: gates=" + gates + ", expected 3 (a GRU's) or 4 (an LSTM's)";
  }

  static String gateColumns(int n, int gates) {
    String names = gates == 4 ? "i, f, g, o" : "z, r, h";
    return "PackedMatrix.ofGates: n="
        + n
        + " is not a multiple of "
        + gates
        + " (the gates "
        + names
        + ")";
  }

  static String tooManyGates(int n, int gates, int most) {
    return "PackedMatrix.ofGates: n="
        + n
        + " is more than "
        + most
        + ", "
        + most / gates
        + " units";
  }

  static String tooLarge(String operation, int k, int n) {
    return operation
        + ": ("
        + k
        + ", "
        + n
        + ") takes more bytes than there are addresses; it is rows by columns of B";
  }

  static String tooManyUnits(String operation, int units, long most) {
    return operation + ": units=" + units + " is more than " + most;
  }

  static String gateStride(String operation, long stride, long most) {
    return operation
        + ": gateStride="
        + stride
        + " is more than "
        + most
        + ", the units and some padding";
  }

  static String step(long step) {
    return "AdamUpdate: step=" + step + ", expected 1 for the first update, then 2, 3, ..";
  }

  static String limit(float limit) {
    return "Clip: limit=" + limit + ", expected 0 or more";
  }

  static String count(long count) {
    return "ColumnMoments: count=" + count + ", expected the rows of all calls together, 1 or more";
  }

  static String part(int part, int parts) {
    return "PackedMatrix.part: no part %d of %d: parts are 0 to parts - 1".formatted(part, parts);
  }

  static String gradientOfInput(Activation activation) {
    return "Activation: the gradient of "
        + activation
        + " is computed from x, not from y: keep x and call inputGradient";
  }

  static String gradientOfOutput(Activation activation) {
    return "Activation: the gradient of "
        + activation
        + " is computed from y, not from x: call gradient with what apply gave";
  }

  static String cellNeedsInput(String cell, Activation activation) {
    return cell
        + ".backward: the gradient of "
        + activation
        + " is computed from its input, which forward overwrites; forward alone takes any activation";
  }
}
